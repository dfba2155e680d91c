import { guard } from './guard';
import { listen } from './listen';
import { withHash } from './settings';
import { begin } from './tracker';

let path: string;
let query: string;

/** Begins a page view when the address has changed: pushed or gone back to, or replaced by one with another path. */
const check = (pushed?: unknown) => {
  const last = path;
  const lastQuery = query;
  path = location.pathname + (withHash ? location.hash : '');
  query = location.search;
  if (last && (path != last || (pushed && query != lastQuery))) begin('spa');
};

export const watchNavigation = (): void => {
  check();
  listen('popstate', check);
  (['pushState', 'replaceState'] as const).forEach(
    guard((method) => {
      const native = history[method];
      history[method] = (...args) => {
        native.apply(history, args);
        guard(check)(method == 'pushState');
      };
    }),
  );
};
