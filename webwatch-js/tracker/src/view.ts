import { cleanUrl } from './clean-url';
import type { JsonObject } from './json';
import { randomId } from './random-id';
import { data } from './settings';

/** A page view: the context sent with its batches, and the sequence number of its next event. */
export interface View {
  readonly _page: { readonly u: string; t?: string } & JsonObject;
  _next: number;
}

const landing = location.pathname;

export const newView = (referrer: string): View => ({
  _page: {
    v: 1,
    p: randomId(),
    u: cleanUrl(location),
    r: referrer && cleanUrl(new URL(referrer)),
    rt: location.pathname == landing ? (data['route'] as string) : null,
    s: data['site'] as string,
  },
  _next: 0,
});
