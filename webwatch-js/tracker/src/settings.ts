import { doc } from './natives';

/** The tracker's own tag, undefined when there is none to be found. */
export const script = (doc.currentScript || doc.querySelector('script[src*="ww.js"]')) as
  HTMLScriptElement | undefined;

const data: DOMStringMap = script?.dataset || {};

const list = (value?: string): string[] => (value || '').split(/[\s,]+/);

/** Query parameters kept besides those of campaigns. */
export const keptParams = list(data['queryParams']);

/** Whether the fragment is part of a page's address. */
export const withHash = data['hash'] != null;

export const site = data['site'];
export const route = data['route'];

export const isCaptured = (name: string): boolean =>
  data['capture'] == null || list(data['capture']).includes(name);

/** `*` stands for anything. */
const matches = (path: string, globs?: string): boolean =>
  list(globs).some((glob) =>
    RegExp('^' + glob.replace(/[^\w*]/g, '\\$&').replace(/\*+/g, '.*') + '$').test(path),
  );

/** Whether the pages of a path are measured. */
export const isMeasured = (path: string): boolean =>
  matches(path, data['include'] || '*') && !matches(path, data['exclude']);

/** Where events go: beside the script, under whatever path it was loaded from. */
export const endpoint = script ? new URL('events', script.src).href : '';
