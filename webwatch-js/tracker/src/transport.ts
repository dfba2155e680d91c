import { api } from './api';
import { guard } from './guard';
import { later } from './later';
import { json, type Json } from './json';
import { doc, max, min, nativeFetch, nav, now, sendBeacon, win } from './natives';
import { allowed, user, visitor } from './privacy';
import { endpoint } from './settings';
import type { View } from './view';

/** An event that waits; until it is sent, `o` is the moment in which it happened. */
export type Event = { [key: string]: Json } & { readonly o: number };

interface Item {
  readonly _view: View;
  readonly _event: Event;
  /** In characters. */
  readonly _size: number;
}

/**
 * What one batch may hold beside its context, in characters of at most three bytes: a beacon, and all requests that
 * outlive the page, share 64 KiB.
 */
const MAX_SIZE = 2e4;
const MAX_QUEUE = 1e5;
/** What an event counts beside its text: so that no batch has more of them than the 500 of the protocol. */
const OVERHEAD = 40;
const MAX_RETRIES = 10;
const FLUSH_AFTER = 1e3;
const RETRY_WITHIN = 6e4;
const FOLLOW_AFTER = 200;

let queue: Item[] = [];
/** Less than that, where the collector or a proxy has refused a batch for its size. */
let maxSize = MAX_SIZE;
let busy: unknown;
let failures = 0;
let timer = 0;

const sizeOf = (items: Item[]) => items.reduce((size, item) => size + item._size, 0);

const enqueue = (items: Item[]) => {
  queue = items;
  while (sizeOf(queue) > MAX_QUEUE) {
    queue.shift();
    api.dropped++;
  }
};

/** Sends after so many milliseconds, unless that is due before. */
const schedule = (delay: number) => {
  timer ||= later(() => {
    timer = 0;
    send();
  }, delay);
};

/** Sends the next batch, one at a time; or, when the page is left, all of them in a way that outlives it. */
export const send = (leaving?: boolean): void => {
  if (!allowed) queue = [];
  // WebKit leaves what is under way unanswered when the page comes back from the cache.
  if (leaving) busy = 0;
  if (!queue[0] || busy) return;
  const items: Item[] = [];
  const view = queue[0]._view;
  do {
    items.push(queue.shift()!);
  } while (queue[0]?._view == view && sizeOf(items) + queue[0]._size < maxSize);

  const body = json({
    // Read now: layout is done, and a title that is set late is there.
    t: doc.title,
    l: nav.language,
    // The one loads nothing, where the other takes tens of milliseconds the first time.
    z: win.Temporal?.Now.timeZoneId() || Intl.DateTimeFormat().resolvedOptions().timeZone,
    sc: [screen.width, screen.height],
    vp: [innerWidth, innerHeight],
    // Some devices say 256.
    tp: min(255, nav.maxTouchPoints),
    ...(FULL && { ui: user, vi: visitor }),
    ...view._page,
    e: items.map(({ _event }) => ({ ..._event, o: _event.o - now() })),
  });
  // While sending fails, a request is better than a beacon, whose answer nobody sees.
  if (!leaving || failures || !sendBeacon?.call(nav, endpoint, body)) {
    // A network that fails answers with an error, which has no status.
    const settle = guard((answer: Partial<Response>) => {
      const status = answer.status || 500;
      const failed = status == 429 || status > 499;
      const tooLarge = status == 413 && items[1];
      busy = 0;
      if (failed || tooLarge) enqueue(items.concat(queue));
      else if (status > 399) api.dropped += items.length;
      if (tooLarge) maxSize = sizeOf(items) / 2;
      if (!failed) {
        failures = 0;
        if (queue[0]) schedule(FOLLOW_AFTER);
      } else if (failures++ < MAX_RETRIES) {
        // Never before the collector wants it, and not all visitors at once. A date is no number and counts as none.
        const asked = answer.headers?.get('Retry-After') as unknown as number;
        schedule(min(60, max(2 ** failures / 2, asked | 0)) * (1e3 + Math.random() * 1e3));
      }
    });
    busy = nativeFetch(endpoint, { method: 'POST', body, keepalive: true }).then(settle, settle);
  }
  if (leaving) send(leaving);
};

/** Takes an event to be sent soon. */
export const put = (_view: View, _event: Event, _size = json(_event).length + OVERHEAD): void => {
  if (_size > MAX_SIZE) api.dropped++;
  else enqueue(queue.concat({ _view, _event, _size }));
  // What is under way decides when the next may go.
  if (!busy) schedule(failures ? RETRY_WITHIN : FLUSH_AFTER + _event.o - now());
};
