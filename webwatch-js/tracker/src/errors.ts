import { onChange } from './hooks';
import { resolve } from './link';
import { listen } from './listen';
import { record } from './tracker';

const MAX_ERRORS = 10;

/** Errors that the page's scripts did not catch: each once a page view, ten at most. */
export const errors = (): void => {
  let seen: string[] = [];

  listen<Partial<ErrorEvent & PromiseRejectionEvent> & Event>(
    'error unhandledrejection',
    ({ message, reason, filename, lineno }) => {
      const text = message || (reason && `${reason as string}`);
      // An element that does not load has none.
      if (text) {
        const me = text.replace(/\w+:\/\/\S+/g, resolve);
        const key = me + filename + lineno;
        if (!seen[MAX_ERRORS - 1] && !seen.includes(key)) {
          seen.push(key);
          record('error', { me, so: filename && resolve(filename), li: lineno });
        }
      }
    },
  );
  onChange((over) => {
    if (over) seen = [];
  });
};
