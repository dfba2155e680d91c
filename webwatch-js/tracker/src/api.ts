import { guard } from './guard';
import { win } from './natives';

type Call = ArrayLike<unknown>;

export interface Api {
  (...call: unknown[]): void;
  /** Calls of the queueing stub that a page may define before the tracker is loaded. */
  q?: Call[];
  /** Events lost: over the bounds of memory, or refused. */
  dropped?: number;
}

declare global {
  interface Window {
    webwatch?: Api;
  }
}

const stub = win.webwatch;
const calls = stub?.q || ([] as Call[]);

/** `window.webwatch`: keeps calls until there is someone to take them. */
export const api: Api & { dropped: number } = Object.assign(
  guard((...call: unknown[]) => calls.push(call)),
  // Who has kept the stub goes on to put into its queue.
  { dropped: 0, q: calls },
);

/** A second copy of the script stays away. */
export const isFirst = stub?.dropped == null;

export const serve = (handler: (call: Call) => unknown): void => {
  calls.push = handler as typeof calls.push;
  calls.forEach(guard(handler));
};
