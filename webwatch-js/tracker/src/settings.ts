import { doc } from './natives';

const script = doc.currentScript as HTMLScriptElement;

/** The `data-` attributes of the tag. Without a tag this throws, and the tracker does not start. */
export const data = OPTIONS || (script.dataset as { readonly [name: string]: unknown });

/** Returns whether a name matches a comma-separated list of patterns, in which `*` matches any characters. */
export const matches = (names: unknown, name: string): boolean =>
  RegExp(
    '^(' +
      `${names as string}`.replace(
        /\W/g,
        (sign) => ({ '*': '.*', ',': '|', ' ': '' })[sign] ?? '\\' + sign,
      ) +
      ')$',
  ).test(name);

/** Where events are sent; by default `events` next to the script. `fetch` resolves the dots. */
export const endpoint = (data['endpoint'] as string) || script.src.split('?')[0]! + '/../events';

/** Whether the fragment is part of a page's address. */
export const withHash = FULL && 'hash' in data;
