import { doc } from './natives';

const script = doc.currentScript as HTMLScriptElement;

/** What the tag's `data-` attributes say. Without a tag this throws, and nothing is measured. */
export const data = OPTIONS || (script.dataset as { readonly [name: string]: unknown });

/** Of a comma list of names, in which `*` stands for anything. */
export const matcher = (names: unknown): RegExp =>
  RegExp(
    '^(' +
      `${names as string}`.replace(
        /\W/g,
        (sign) => ({ '*': '.*', ',': '|', ' ': '' })[sign] ?? '\\' + sign,
      ) +
      ')$',
  );

/** Where events go: beside the script, under whatever path it was loaded from. */
export const endpoint = (data['endpoint'] as string) || new URL('events', script.src).href;

/** Whether the fragment is part of a page's address. */
export const withHash = FULL && 'hash' in data;
