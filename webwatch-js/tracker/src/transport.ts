import { api } from './api';
import { guard } from './guard';
import { json, type JsonObject } from './json';
import { byteLength, nativeFetch, now, sendBeacon, startTimer, stopTimer } from './natives';
import { endpoint } from './settings';
import { context, type View } from './view';

/** An event that waits: serialised but for its offset, so that memory and requests are bounded by true size. */
interface Item {
  readonly view: View;
  readonly at: number;
  /** JSON without the closing brace. */
  text: string;
  readonly bytes: number;
}

/** What one batch may hold beside its context: a beacon, and all requests that outlive the page, share 64 KiB. */
const MAX_BATCH_BYTES = 56_000;
const MAX_QUEUE_BYTES = 2 * MAX_BATCH_BYTES;
/** As many as one batch may hold, too. */
const MAX_QUEUE = 500;
const MAX_RETRIES = 10;
const FLUSH_AFTER = 1_000;
const RETRY_WITHIN = 60_000;
const FOLLOW_AFTER = 200;

let queue: Item[] = [];
let limit = MAX_BATCH_BYTES;
let busy = false;
let failures = 0;
let due = Infinity;
let timer: number;

const sum = (items: Item[]) => items.reduce((bytes, item) => bytes + item.bytes, 0);

function enqueue(items: Item[]): void {
  queue = items;
  while (queue[MAX_QUEUE] || sum(queue) > MAX_QUEUE_BYTES) {
    queue.shift();
    api.dropped++;
  }
}

/** Sends within this many milliseconds, one request at a time. */
export function schedule(delay: number): void {
  if (now() + delay < due) {
    due = now() + delay;
    stopTimer(timer);
    timer = startTimer(
      guard(() => {
        due = Infinity;
        if (!busy) send();
      }),
      delay,
    );
  }
}

function settle(items: Item[], answer?: Response): void {
  const status = answer ? answer.status : 500;
  busy = false;
  if (status == 413 && items[1]) {
    limit = sum(items) / 2;
    enqueue(items.concat(queue));
    schedule(0);
  } else if (status == 429 || status > 499) {
    enqueue(items.concat(queue));
    // The timers of new events must not come before the back-off.
    due = Infinity;
    stopTimer(timer);
    if (failures++ < MAX_RETRIES) {
      const seconds = Number(answer?.headers.get('Retry-After')) || 0;
      schedule(
        Math.min(3600, seconds) * 1000 +
          Math.min(RETRY_WITHIN, 500 * 2 ** failures) * (1 + Math.random()),
      );
    }
  } else {
    failures = 0;
    if (status > 399) api.dropped += items.length;
    if (queue[0]) schedule(FOLLOW_AFTER);
  }
}

/** Sends the next batch; or, when the page is left, all of them in a way that outlives it. */
export function send(leaving?: boolean): void {
  const items = queue.splice(0, 1);
  if (!items[0]) return;
  const view = items[0].view;
  while (queue[0]?.view == view && sum(items) + queue[0].bytes < limit) items.push(queue.shift()!);

  const body =
    json(context(view)).slice(0, -1) +
    ',"e":[' +
    items.map(
      (item) => item.text + ',"o":' + Math.max(-864e5, Math.min(0, item.at - now())) + '}',
    ) +
    ']}';
  // While sending fails, a request is better than a beacon, whose answer nobody sees.
  if (!leaving || failures || !sendBeacon?.(endpoint, body)) {
    busy = true;
    nativeFetch(endpoint, { method: 'POST', body, keepalive: true, priority: 'low' }).then(
      guard((answer) => settle(items, answer)),
      guard(() => settle(items)),
    );
  }
  if (leaving) send(leaving);
}

/** Adds an event to be sent within so many milliseconds. */
export function add(view: View, type: string, data: JsonObject, within = FLUSH_AFTER): Item {
  const text = json({ t: type, n: view.next++, ...data }).slice(0, -1);
  const item = { view, at: now(), text, bytes: byteLength(text) + 20 };
  if (item.bytes > MAX_BATCH_BYTES) api.dropped++;
  else enqueue(queue.concat(item));
  if (!failures || due == Infinity) schedule(failures ? RETRY_WITHIN : within);
  return item;
}
