import { cleanUrl } from './clean-url';
import type { JsonObject } from './json';
import { doc, nav, win } from './natives';
import { randomId } from './random-id';
import { route, site } from './settings';

/** One page view: what its batches say of it, and the next sequence number. */
export interface View {
  readonly page: { readonly u: string; t?: string } & JsonObject;
  next: number;
}

const landing = location.pathname;

export function newView(referrer: string): View {
  return {
    page: {
      v: 1,
      p: randomId(),
      u: cleanUrl(location.href, true),
      r: /^http/.test(referrer) ? cleanUrl(referrer) : '',
      s: site,
      rt: location.pathname == landing ? route : null,
    },
    next: 0,
  };
}

/** A view that ends keeps its title: the document's is then another's. */
export function endView(view: View): void {
  view.page.t = doc.title.slice(0, 512);
}

/** The batch's keys but for its events. Read when a batch is sent: layout is then done, and a title set late is there. */
export const context = (view: View): JsonObject => ({
  t: doc.title.slice(0, 512),
  l: nav.language,
  z: Intl.DateTimeFormat().resolvedOptions().timeZone,
  sc: [screen.width, screen.height],
  vp: [win.innerWidth, win.innerHeight],
  // Some devices say 256.
  tp: Math.min(255, nav.maxTouchPoints | 0),
  ...view.page,
});
