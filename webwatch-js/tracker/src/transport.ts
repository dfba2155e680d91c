import { api } from './api';
import { guard } from './guard';
import { later } from './later';
import { json, type Json } from './json';
import { doc, max, min, nativeFetch, nav, now, sendBeacon, win } from './natives';
import { allowed, user, visitor } from './privacy';
import { endpoint } from './settings';
import type { View } from './view';

/**
 * A queued event. Until it is sent, `o` is the time at which it happened; on the wire it is relative to the sending.
 */
export type Event = { [key: string]: Json } & { readonly o: number };

interface Item {
  readonly _view: View;
  readonly _event: Event;
  /** In characters. */
  readonly _size: number;
}

/**
 * Maximum size of the events of a batch, in characters of at most three bytes each. All beacons and requests that
 * outlive the page share 64 KiB.
 */
const MAX_SIZE = 2e4;
const MAX_QUEUE = 1e5;
/** Added to the size of each event, so that no batch exceeds the protocol's maximum of 500 events. */
const OVERHEAD = 40;
const MAX_RETRIES = 10;
const FLUSH_AFTER = 1e3;
const RETRY_WITHIN = 6e4;
const FOLLOW_AFTER = 200;

let queue: Item[] = [];
/** Lower than `MAX_SIZE` once the collector or a proxy has rejected a batch as too large. */
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

/** Sends after a delay in milliseconds, unless a timer is already running. */
const schedule = (delay: number) => {
  timer ||= later(() => {
    timer = 0;
    send();
  }, delay);
};

/**
 * Sends the next batch unless a request is pending; if the page is left, sends all batches in a way that outlives it.
 */
export const send = (leaving?: boolean): void => {
  if (!allowed) queue = [];
  // In WebKit a pending request is never settled if the page is restored from the back/forward cache.
  if (leaving) busy = 0;
  if (!queue[0] || busy) return;
  const items: Item[] = [];
  const view = queue[0]._view;
  do {
    items.push(queue.shift()!);
  } while (queue[0]?._view == view && sizeOf(items) + queue[0]._size < maxSize);

  const body = json({
    // Reading these late avoids forcing a layout, and finds a title that was set after the load.
    t: doc.title,
    l: nav.language,
    // The first use of Intl takes tens of milliseconds; Temporal has nothing to load.
    z: win.Temporal?.Now.timeZoneId() || Intl.DateTimeFormat().resolvedOptions().timeZone,
    sc: [screen.width, screen.height],
    vp: [innerWidth, innerHeight],
    // Some devices report 256.
    tp: min(255, nav.maxTouchPoints),
    ...(FULL && { ui: user, vi: visitor }),
    ...view._page,
    e: items.map(({ _event }) => ({ ..._event, o: _event.o - now() })),
  });
  // While sending fails, prefer a request: the response to a beacon is not accessible.
  if (!leaving || failures || !sendBeacon?.call(nav, endpoint, body)) {
    // A network failure is an error, which has no status.
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
        // Respects Retry-After, in which a date counts as 0, and spreads the retries of different visitors.
        const retryAfter = answer.headers?.get('Retry-After') as unknown as number;
        schedule(min(60, max(2 ** failures / 2, retryAfter | 0)) * (1e3 + Math.random() * 1e3));
      }
    });
    busy = nativeFetch(endpoint, { method: 'POST', body, keepalive: true }).then(settle, settle);
  }
  if (leaving) send(leaving);
};

/** Queues an event and schedules the sending. */
export const put = (_view: View, _event: Event, _size = json(_event).length + OVERHEAD): void => {
  if (_size > MAX_SIZE) api.dropped++;
  else enqueue(queue.concat({ _view, _event, _size }));
  // A pending request schedules the next one when it is settled.
  if (!busy) schedule(failures ? RETRY_WITHIN : FLUSH_AFTER + _event.o - now());
};
