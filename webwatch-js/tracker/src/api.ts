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
const calls = stub?.q || [];
let handle = (call: Call): unknown => calls.push(call);

/** `window.webwatch`: keeps calls until there is someone to take them. */
export const api: Api & { dropped: number } = Object.assign(
  guard((...call: unknown[]) => handle(call)),
  { dropped: 0 },
);

/** A second copy of the script stays away. */
export const isFirst = stub?.dropped == null;

export const serve = (handler: (call: Call) => unknown): void => {
  handle = handler;
  calls.forEach(guard(handler));
};
