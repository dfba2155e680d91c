import { onChange } from './hooks';
import { resolve } from './link';
import { listen } from './listen';
import { record } from './tracker';

const MAX_ERRORS = 10;

/** Captures uncaught errors and rejections: each one once per page view, at most ten. */
export const errors = (): void => {
  let seen: string[] = [];

  listen<Partial<ErrorEvent & PromiseRejectionEvent> & Event>(
    'error unhandledrejection',
    ({ message, reason, filename, lineno }) => {
      const text = message || (reason && `${reason as string}`);
      // The error event of an element that failed to load has no message.
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
  onChange((ended) => {
    if (ended) seen = [];
  });
};
