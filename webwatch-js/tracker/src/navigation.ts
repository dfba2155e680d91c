import { guard } from './guard';
import { listen } from './listen';
import { win } from './natives';
import { withHash } from './settings';
import { begin } from './tracker';

let path: string;
let query: string;

/**
 * Begins a page view if the address has changed: by a push, by going back or forward, or by a replacement with another path.
 * Calling it twice for one change does no harm.
 */
const check = (pushed?: unknown) => {
  const last = path;
  const lastQuery = query;
  path = location.pathname + (FULL && withHash ? location.hash : '');
  query = location.search;
  if (last && (path != last || (pushed && query != lastQuery))) begin('spa');
};

/**
 * Begins a page view for each navigation within the document. Uses the Navigation API if there is one, since it also covers
 * routers that do not use the history; otherwise wraps the functions of the history.
 */
export const watchNavigation = (): void => {
  const { navigation } = win as { navigation?: EventTarget & { readonly currentEntry?: unknown } };
  check();
  listen('popstate', check);
  // An element or a variable of the page may have the same name.
  if (navigation?.currentEntry) {
    listen<Event & { readonly navigationType?: string }>(
      'currententrychange',
      (event) => check(event.navigationType != 'replace'),
      navigation,
    );
  } else {
    (['pushState', 'replaceState'] as const).forEach(
      guard((method) => {
        const native = history[method];
        history[method] = (...args) => {
          native.apply(history, args);
          guard(check)(method == 'pushState');
        };
      }),
    );
  }
};
