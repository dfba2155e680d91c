import { guard } from './guard';
import { json, type JsonObject } from './json';
import { byteLength, nativeFetch, now, random, sendBeacon, startTimer, stopTimer } from './natives';
import type { View } from './view';

/** An event that waits to be sent: serialised but for its offset, so that memory and requests are bounded by true size. */
export interface Item {
  readonly view: View;
  readonly at: number;
  readonly head: string;
  tail: string;
  readonly bytes: number;
}

export interface Transport {
  /** Events lost: over the bounds of memory, or refused. */
  dropped: number;
  add(view: View, type: string, data: JsonObject): Item;
  /** Adds attributes to an event that may still be waiting. */
  amend(item: Item, data: JsonObject): void;
  /** Sends within this many milliseconds. */
  schedule(delay: number): void;
  /** Sends everything now, in a way that outlives the page. */
  leave(): void;
}

/** What a beacon and all requests that outlive the page may hold together is 64 KiB. */
const MAX_BODY = 60_000;
const MAX_QUEUE = 2 * MAX_BODY;
const MAX_BATCH = 500;
const MAX_RETRIES = 10;
const FLUSH_AFTER = 1_000;
const RETRY_WITHIN = 60_000;

/** Sends events in batches of one page view each, one request at a time while the page lives. */
export function transport(endpoint: string, context: (view: View) => JsonObject): Transport {
  let queue: Item[] = [];
  let queued = 0;
  let limit = MAX_BODY;
  let busy = false;
  let again = false;
  let failures = 0;
  let due = Infinity;
  let timer: number;

  const schedule = (delay: number) => {
    const at = now() + delay;
    if (at < due) {
      stopTimer(timer);
      due = at;
      timer = startTimer(
        guard(() => {
          due = Infinity;
          if (busy) again = true;
          else send();
        }),
        delay,
      );
    }
  };

  const enqueue = (items: Item[], front?: boolean) => {
    queue = front ? items.concat(queue) : queue.concat(items);
    for (const item of items) queued += item.bytes;
    while (queued > MAX_QUEUE || queue.length > 2 * MAX_BATCH) {
      queued -= queue.shift()!.bytes;
      self.dropped++;
    }
  };

  const settle = (items: Item[], bytes: number, status: number, retryAfter?: string | null) => {
    busy = false;
    if (status == 413 && items[1]) {
      limit = bytes / 2;
      enqueue(items, true);
      schedule(0);
    } else if (!status || status == 429 || status > 499) {
      enqueue(items, true);
      // Timers of new events must not come before the back-off.
      due = Infinity;
      stopTimer(timer);
      if (failures++ < MAX_RETRIES) {
        const asked = +retryAfter! || (Date.parse(retryAfter!) - Date.now()) / 1000 || 0;
        schedule(
          Math.max(0, Math.min(asked, 3600)) * 1000 +
            Math.min(RETRY_WITHIN, 500 * 2 ** failures) * (1 + random()),
        );
      }
    } else {
      failures = 0;
      if (status > 399) self.dropped += items.length;
      if (again) schedule(0);
    }
  };

  const send = (leaving?: boolean) => {
    // Counted beforehand: what is put back while this runs waits for the next time.
    for (let left = queue.length; left > 0 && queue[0];) {
      const view = queue[0].view;
      const items: Item[] = [];
      const start = json(context(view)).slice(0, -1) + ',"e":[';
      let bytes = byteLength(start);
      while (
        queue[0] &&
        queue[0].view == view &&
        items.length < MAX_BATCH &&
        (!items[0] || bytes + queue[0].bytes < limit)
      ) {
        const item = queue.shift()!;
        queued -= item.bytes;
        bytes += item.bytes;
        items.push(item);
      }
      left = leaving ? left - items.length : 0;
      again = !!queue[0];
      const body =
        start +
        items
          .map(
            (item) =>
              item.head + Math.max(-864e5, Math.min(0, Math.round(item.at - now()))) + item.tail,
          )
          .join() +
        ']}';
      // While sending fails a request is better than a beacon, whose answer nobody sees.
      if (!(leaving && !failures && sendBeacon && sendBeacon(endpoint, body))) {
        busy = true;
        const failed = guard(() => settle(items, bytes, 0));
        try {
          nativeFetch(endpoint, { method: 'POST', body, keepalive: true, priority: 'low' }).then(
            guard((answer) =>
              settle(items, bytes, answer.status, answer.headers.get('Retry-After')),
            ),
            failed,
          );
        } catch {
          startTimer(failed, 0);
        }
      }
    }
  };

  const self: Transport = {
    dropped: 0,
    add(view, type, data) {
      const head = json({ t: type, n: view.next++ }).slice(0, -1) + ',"o":';
      const tail = json(data).replace(/^{(.)/, (_, first) => (first == '}' ? first : ',' + first));
      const item = { view, at: now(), head, tail, bytes: byteLength(head + tail) + 60 };
      if (item.bytes > MAX_BODY - 8192) self.dropped++;
      else enqueue([item]);
      if (!failures || due == Infinity) schedule(failures ? RETRY_WITHIN : FLUSH_AFTER);
      return item;
    },
    amend(item, data) {
      item.tail = json(data).replace('{', ',').slice(0, -1) + item.tail;
    },
    schedule,
    leave: () => send(true),
  };
  return self;
}
