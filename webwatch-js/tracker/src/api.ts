import { guard } from './guard';
import { win } from './natives';

type Call = ArrayLike<unknown>;

export interface Api {
  (...call: unknown[]): void;
  /** Calls queued by the stub that a page may define before the tracker has loaded. */
  q?: Call[];
  /** Number of events lost: too large, dropped from a full queue, or rejected by the collector. */
  dropped?: number;
}

declare global {
  interface Window {
    webwatch?: Api;
  }
}

const stub = win.webwatch;
const calls = stub?.q || ([] as Call[]);

/** `window.webwatch`: queues calls until `handleCalls` provides a handler. */
export const api: Api & { dropped: number } = Object.assign(
  guard((...call: unknown[]) => calls.push(call)),
  // Code that has kept a reference to the stub still pushes to its queue.
  { dropped: 0, q: calls },
);

/** Whether this is the first copy of the script on the page; later copies do not start. */
export const isFirst = stub?.dropped == null;

/** Passes the queued calls and all later ones to the handler. */
export const handleCalls = (handler: (call: Call) => unknown): void => {
  calls.push = handler as typeof calls.push;
  calls.forEach(guard(handler));
};
