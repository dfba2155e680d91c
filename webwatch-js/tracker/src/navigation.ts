import { guard } from './guard';
import { listen } from './listen';
import { win } from './natives';
import { withHash } from './settings';
import { begin } from './tracker';

let path: string;
let query: string;

/**
 * Begins a page view when the address has changed: pushed or gone back to, or replaced by one with another path. To be
 * told of one change twice does no harm.
 */
const check = (pushed?: unknown) => {
  const last = path;
  const lastQuery = query;
  path = location.pathname + (FULL && withHash ? location.hash : '');
  query = location.search;
  if (last && (path != last || (pushed && query != lastQuery))) begin('spa');
};

/** By the Navigation API, which also knows of the routers that use it alone; else by the history. */
export const watchNavigation = (): void => {
  const { navigation } = win as { navigation?: EventTarget & { readonly currentEntry?: unknown } };
  check();
  listen('popstate', check);
  // An element or a variable of the page may have the name.
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
