import type { JsonObject } from './json';
import { record } from './tracker';

/**
 * Records a custom event with its first 32 properties. Values other than numbers and booleans are converted to strings.
 */
export const customEvent = (name: unknown, props?: unknown): unknown =>
  name &&
  record('custom', {
    nm: `${name as string}`,
    pp: Object.fromEntries(
      Object.entries(props || {})
        .slice(0, 32)
        .map(([key, value]) => [
          key,
          /be|oo/.test(typeof value) ? value : value && `${value as string}`.slice(0, 512),
        ]),
    ) as JsonObject,
  });
