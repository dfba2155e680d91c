import { doc } from './natives';

/** What the script tag says. */
export interface Settings {
  readonly endpoint: string;
  readonly site: string | undefined;
  readonly route: string | undefined;
  /** Whether the fragment is part of the address. */
  readonly hash: boolean;
  /** Query parameters kept besides those of campaigns. */
  readonly params: readonly string[];
  /** Names of captures; empty means all. */
  readonly capture: readonly string[];
  /** Whether the pages of a path are measured. */
  measures(path: string): boolean;
}

const list = (value: string | undefined): string[] =>
  (value || '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item);

/** `*` stands for anything within a path segment, `**` across segments. */
const matches = (globs: string[], path: string): boolean =>
  globs.some((glob) =>
    new RegExp(
      '^' +
        glob
          .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
          .replace(/\*+/g, (stars) => (stars[1] ? '.*' : '[^/]*')) +
        '$',
    ).test(path),
  );

/** Reads the script's own tag; undefined when there is none to be found. */
export function settings(): Settings | undefined {
  const script = (doc.currentScript ||
    doc.querySelector('script[src*="ww.js"]')) as HTMLScriptElement | null;
  if (!script || !script.src) return undefined;
  const data = script.dataset;
  const include = list(data['include']);
  const exclude = list(data['exclude']);
  return {
    endpoint: new URL('events', script.src).href,
    site: data['site'],
    route: data['route'],
    hash: data['hash'] != null && data['hash'] != 'false',
    params: list(data['queryParams']),
    capture: list(data['capture']),
    measures: (path) => (!include[0] || matches(include, path)) && !matches(exclude, path),
  };
}
