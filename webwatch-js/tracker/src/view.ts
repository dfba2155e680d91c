import { cleanUrl } from './clean-url';
import { cut } from './cut';
import type { JsonObject } from './json';
import { doc, nav, win } from './natives';
import { randomId } from './random-id';
import type { Settings } from './settings';

/** One page view: the identity and context of its events. */
export interface View {
  readonly id: string;
  readonly url: string;
  readonly referrer: string;
  readonly route: string | undefined;
  /** Set when the view ends, because the document's title is then another's. */
  title?: string;
  /** The next sequence number. */
  next: number;
}

export function newView(settings: Settings, referrer: string, route: string | undefined): View {
  return {
    id: randomId(),
    url: cleanUrl(location.href, settings.params, settings.hash),
    referrer: cleanUrl(referrer, settings.params).replace(/^[^/]*:$/, ''),
    route,
    next: 0,
  };
}

/** The batch's keys but for its events. Read when a batch is sent: layout is then done, and a title set late is there. */
export function context(view: View, settings: Settings): JsonObject {
  return {
    v: 1,
    p: view.id,
    u: view.url,
    r: view.referrer,
    t: cut(view.title ?? doc.title, 512),
    s: settings.site,
    l: nav.language,
    z: Intl.DateTimeFormat().resolvedOptions().timeZone,
    sc: [screen.width, screen.height],
    vp: [win.innerWidth, win.innerHeight],
    tp: nav.maxTouchPoints,
    rt: view.route,
  };
}
