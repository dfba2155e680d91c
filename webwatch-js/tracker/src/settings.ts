import { doc } from './natives';

const script = doc.currentScript as HTMLScriptElement;

/** What the tag's `data-` attributes say. Without a tag this throws, and nothing is measured. */
export const data = OPTIONS || (script.dataset as { readonly [name: string]: unknown });

/** Whether one of a comma list of names, in which `*` stands for anything, is this one. */
export const matches = (names: unknown, name: string): boolean =>
  RegExp(
    '^(' +
      `${names as string}`.replace(
        /\W/g,
        (sign) => ({ '*': '.*', ',': '|', ' ': '' })[sign] ?? '\\' + sign,
      ) +
      ')$',
  ).test(name);

/** Where events go: beside the script, under whatever path it was loaded from; `fetch` resolves the dots. */
export const endpoint = (data['endpoint'] as string) || script.src.split('?')[0]! + '/../events';

/** Whether the fragment is part of a page's address. */
export const withHash = FULL && 'hash' in data;
