import { guard } from './guard';
import { nav } from './natives';
import { randomId } from './random-id';
import { data } from './settings';

/** Whether anything may be sent. */
export let allowed: unknown = data['consent'] == null;

/** The stored id of the visitor, if there is one. */
export let visitor: string | null;

/** The name of the user, if the page has provided one. */
export let user: string | null;

export const identify = (name: unknown): unknown => (user = name ? `${name as string}` : null);

/** Names of the browser's privacy signals that forbid storage, from `data-storage`. */
const signals = FULL && (data['storage'] as string | undefined)?.split(/\W+/);

/** Applies the visitor's decision, and returns it. */
export const decide = (granted: unknown): unknown => {
  if (FULL) {
    visitor = null;
    guard(() => {
      const stored = localStorage['webwatch'];
      if (
        granted &&
        (signals as string[] | undefined)?.every((name) => !(nav[name as 'maxTouchPoints'] > 0))
      ) {
        visitor = localStorage['webwatch'] = /^\w{24}$/.test(stored) ? stored : randomId();
      } else delete localStorage['webwatch'];
    })();
  }
  return (allowed = granted);
};

// A stored id means that the visitor has agreed before.
if (FULL) guard(() => signals && localStorage['webwatch'] && decide(true))();
