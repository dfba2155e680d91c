import { guard } from './guard';
import { nav } from './natives';
import { randomId } from './random-id';
import { data } from './settings';

/** Whether anything may be sent. */
export let allowed: unknown = data['consent'] == null;

/** The stored id by which the visitor is known, if by any. */
export let visitor: string | null;

/** The visitor as the page names them. */
export let user: string | null;

export const identify = (name: unknown): unknown => (user = name ? `${name as string}` : null);

/** What `data-storage` holds are the names of those wishes of the browser that forbid it. */
const signals = FULL && (data['storage'] as string | undefined)?.split(/\W+/);

/** Takes note of the visitor's decision. */
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

// An id that is stored tells of a consent given before.
if (FULL) guard(() => signals && localStorage['webwatch'] && decide(true))();
