import { guard } from './guard';
import { listen } from './listen';
import { win } from './natives';
import { withHash } from './settings';
import { beginView } from './tracker';

let path: string;
let query: string;

/**
 * Begins a page view if the address has changed: by a push, by going back or forward, or by a replacement with another
 * path. Calling it twice for one change does no harm.
 */
const checkAddress = (pushed?: unknown) => {
  const lastPath = path;
  const lastQuery = query;
  path = location.pathname + (FULL && withHash ? location.hash : '');
  query = location.search;
  if (lastPath && (path != lastPath || (pushed && query != lastQuery))) beginView('spa');
};

/**
 * Begins a page view for each navigation within the document. Uses the Navigation API if there is one, since it also
 * covers routers that do not use the history; otherwise wraps the functions of the history.
 */
export const watchNavigation = (): void => {
  const { navigation } = win as { navigation?: EventTarget & { readonly currentEntry?: unknown } };
  checkAddress();
  listen('popstate', checkAddress);
  // An element or a variable of the page may have the same name.
  if (navigation?.currentEntry) {
    listen<Event & { readonly navigationType?: string }>(
      'currententrychange',
      (event) => checkAddress(event.navigationType != 'replace'),
      navigation,
    );
  } else {
    (['pushState', 'replaceState'] as const).forEach(
      guard((method) => {
        const native = history[method];
        history[method] = (...args) => {
          native.apply(history, args);
          guard(checkAddress)(method == 'pushState');
        };
      }),
    );
  }
};
