import { expect, test, vi } from 'vitest';
import { setVisibility, useTracker } from './tracker';

const tracker = useTracker();
const event = (name: string, props?: object) => window.webwatch!('event', name, props);
const ids = () => tracker.current.events.map(({ n, batch }) => `${batch.p} ${n}`);
const names = () => tracker.current.of('custom').map(({ nm }) => nm);

async function loaded(attributes?: { [name: string]: string }) {
  await tracker.current.load({ 'data-capture': 'events', ...attributes });
  await vi.advanceTimersByTimeAsync(1000);
  tracker.current.bodies.length = 0;
  return tracker.current;
}

test('the events of one second are sent in one batch', async () => {
  const current = await loaded();
  event('a');
  await vi.advanceTimersByTimeAsync(400);
  event('b');
  await vi.advanceTimersByTimeAsync(599);
  expect(current.bodies).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(current.batches).toMatchObject([
    {
      e: [
        { n: 1, o: -1000, nm: 'a' },
        { n: 2, o: -600, nm: 'b' },
      ],
    },
  ]);
  expect(current.fetch.mock.lastCall![1]).toMatchObject({ method: 'POST', keepalive: true });
  expect(current.fetch.mock.lastCall![1]).not.toHaveProperty('headers');
});

test('a hidden page sends queued events once, by beacon', async () => {
  const current = await loaded();
  event('a');
  setVisibility('hidden');
  window.dispatchEvent(new window.Event('pagehide'));
  await current.flush();
  expect(current.beacons).toHaveLength(1);
  expect(ids()).toHaveLength(1);
});

test('a hidden page does not repeat a pending request', async () => {
  const current = await loaded();
  current.answers.push(new Promise<Response>(() => undefined));
  event('a');
  await vi.advanceTimersByTimeAsync(1000);
  event('b');
  setVisibility('hidden');
  expect(names()).toEqual(['a', 'b']);
  expect(current.beacons).toHaveLength(1);
});

test('a hidden page sends the queued events of several views', async () => {
  const current = await loaded();
  event('a');
  history.pushState(null, '', '/cart');
  event('b');
  setVisibility('hidden');
  expect(current.beacons).toHaveLength(2);
  expect(current.events.map(({ t, batch }) => [t, new URL(batch.u).pathname])).toEqual([
    ['custom', '/products'],
    ['page_view', '/cart'],
    ['custom', '/cart'],
  ]);
});

test('a refused beacon is replaced by a request', async () => {
  const current = await loaded();
  current.acceptsBeacons = false;
  event('a');
  setVisibility('hidden');
  await current.flush();
  expect(names()).toEqual(['a']);
  expect(current.beacons).toEqual([]);
});

test('a browser without beacons uses requests', async () => {
  Reflect.deleteProperty(navigator, 'sendBeacon');
  const current = await loaded();
  event('a');
  setVisibility('hidden');
  await current.flush();
  expect(names()).toEqual(['a']);
});

test('requests are sent one at a time and in order', async () => {
  const current = await loaded();
  let answer!: (response: Response) => void;
  current.answers.push(new Promise<Response>((resolve) => (answer = resolve)));
  event('a');
  await vi.advanceTimersByTimeAsync(1000);
  event('b');
  history.pushState(null, '', '/cart');
  await vi.advanceTimersByTimeAsync(5000);
  expect(names()).toEqual(['a']);
  answer(new Response(null, { status: 204 }));
  await current.flush();
  expect(current.events.map(({ t, nm }) => nm ?? t)).toEqual(['a', 'b', 'page_view']);
});

test.each([429, 500, 502, 503, new Error('network')])(
  'the response %s is retried with the same ids',
  async (answer) => {
    const current = await loaded();
    vi.spyOn(Math, 'random').mockReturnValue(0);
    current.answers.push(answer, answer);
    event('a');
    await vi.advanceTimersByTimeAsync(1000);
    expect(current.bodies).toHaveLength(1);
    event('b');
    await vi.advanceTimersByTimeAsync(999);
    expect(current.bodies).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(current.bodies).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1999);
    expect(current.bodies).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(current.batches.map((batch) => batch.e.map(({ n, nm }) => [n, nm]))).toEqual([
      [[1, 'a']],
      [
        [1, 'a'],
        [2, 'b'],
      ],
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ]);
    expect(current.events.at(-1)!.o).toBe(-3000);
    expect(window.webwatch!.dropped).toBe(0);
  },
);

test('the back-off has jitter', async () => {
  const delays = [];
  for (const random of [0, 0.99]) {
    Reflect.deleteProperty(window, 'webwatch');
    const current = await loaded();
    vi.spyOn(Math, 'random').mockReturnValue(random);
    current.answers.push(503);
    event('a');
    await vi.advanceTimersByTimeAsync(1000);
    const before = performance.now();
    while (current.bodies.length < 2) await vi.advanceTimersByTimeAsync(10);
    delays.push(performance.now() - before);
  }
  expect(delays).toEqual([1000, 1990]);
});

test('the number of retries is limited', async () => {
  const current = await loaded();
  current.answers.push(...Array<number>(100).fill(503));
  event('a');
  await vi.advanceTimersByTimeAsync(3600_000);
  expect(current.bodies).toHaveLength(11);
  current.answers.length = 0;
  event('b');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(current.batches.at(-1)!.e.map(({ nm }) => nm)).toEqual(['a', 'b']);
});

test('while sending fails, a hidden page sends a request and keeps the events', async () => {
  const current = await loaded();
  current.answers.push(503, 503);
  event('a');
  await vi.advanceTimersByTimeAsync(1000);
  setVisibility('hidden');
  await vi.advanceTimersByTimeAsync(0);
  expect(current.beacons).toEqual([]);
  expect(current.bodies).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(current.bodies).toHaveLength(3);
});

const unavailable = (after: string) =>
  new Response(null, { status: 503, headers: { 'Retry-After': after } });
/** Returns the time from a rejected request to the next one. */
const retriedAfter = async (answer: Response) => {
  const current = await loaded();
  current.answers.push(answer);
  event('a');
  await vi.advanceTimersByTimeAsync(1000);
  const before = performance.now();
  while (current.bodies.length < 2) await vi.advanceTimersByTimeAsync(10);
  return performance.now() - before;
};

test.each([
  // In seconds: the value of the header, but at least the back-off and at most its upper bound.
  ['7', 0, 7000],
  ['7', 0.5, 10_500],
  ['0', 0, 1000],
  ['86400', 0, 60_000],
  ['Wed, 21 Oct 2099 07:28:00 GMT', 0, 1000],
  ['-5', 0, 1000],
])('Retry-After: %s with jitter %s is respected', async (after, random, delay) => {
  vi.spyOn(Math, 'random').mockReturnValue(random);
  expect(await retriedAfter(unavailable(after))).toBe(delay);
  expect(names()).toEqual(['a', 'a']);
  expect(new Set(ids()).size).toBe(1);
});

test('Retry-After does not delay retries of later failures', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
  const current = await loaded();
  current.answers.push(unavailable('30'), 503);
  event('a');
  await vi.advanceTimersByTimeAsync(31_000);
  expect(current.bodies).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(2000);
  expect(current.bodies).toHaveLength(3);
});

test('the response 413 splits the batch', async () => {
  const current = await loaded();
  current.answers.push(413);
  for (const name of ['a', 'b', 'c', 'd']) event(name);
  await current.flush();
  const batches = current.batches.map((batch) => batch.e.map(({ nm }) => nm));
  expect(batches[0]).toEqual(['a', 'b', 'c', 'd']);
  expect(batches.slice(1).flat()).toEqual(['a', 'b', 'c', 'd']);
  expect(Math.max(...batches.slice(1).map((batch) => batch.length))).toBeLessThanOrEqual(2);
  expect(window.webwatch!.dropped).toBe(0);
});

test('after a response 413 batches stay small', async () => {
  const current = await loaded();
  current.answers.push(413);
  for (const name of ['a', 'b', 'c', 'd']) event(name);
  await current.flush();
  current.bodies.length = 0;
  for (const name of ['e', 'f', 'g', 'h']) event(name);
  setVisibility('hidden');
  expect(current.beacons.length).toBeGreaterThan(1);
  expect(names()).toEqual(['e', 'f', 'g', 'h']);
});

test('the response 413 to a single event drops only that event', async () => {
  const current = await loaded();
  current.fetch.mockImplementation(async (_, { body }) => {
    current.bodies.push(body);
    return new Response(null, { status: body.includes('huge') ? 413 : 204 });
  });
  for (const name of ['a', 'b', 'huge', 'c', 'd']) event(name);
  await vi.advanceTimersByTimeAsync(10_000);
  const taken = current.batches.filter((batch) => !batch.e.some(({ nm }) => nm == 'huge'));
  expect(taken.flatMap((batch) => batch.e.map(({ nm }) => nm))).toEqual(['a', 'b', 'c', 'd']);
  expect(current.batches.at(-1)!.e.map(({ nm }) => nm)).not.toContain('huge');
  expect(window.webwatch!.dropped).toBe(1);
});

test('repeated responses 413 end with all events dropped and counted', async () => {
  const current = await loaded();
  current.answers.push(...Array<number>(100).fill(413));
  for (let i = 0; i < 8; i++) event('e' + i);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(window.webwatch!.dropped).toBe(8);
  expect(current.bodies.length).toBeLessThanOrEqual(15);
});

test.each([400, 403, 415])(
  'the response %s drops the batch and counts its events',
  async (status) => {
    const current = await loaded();
    current.answers.push(status);
    event('a');
    event('b');
    await vi.advanceTimersByTimeAsync(120_000);
    expect(current.bodies).toHaveLength(1);
    expect(window.webwatch!.dropped).toBe(2);
    event('c');
    await current.flush();
    expect(names()).toEqual(['a', 'b', 'c']);
  },
);

test('batches stay below the limit in bytes', async () => {
  const current = await loaded();
  for (let i = 0; i < 60; i++) event('e' + i, { text: '雪'.repeat(512) });
  await vi.advanceTimersByTimeAsync(10_000);
  const sizes = current.bodies.map((body) => new TextEncoder().encode(body).length);
  expect(Math.max(...sizes)).toBeLessThan(62_000);
  expect(sizes).toHaveLength(2);
  expect(names()).toHaveLength(60);
});

test('the queue is bounded, and the oldest events are dropped', async () => {
  const current = await loaded();
  current.answers.push(new Error('network'));
  for (let i = 0; i < 300; i++) event('e' + i, { text: '雪'.repeat(512) });
  const kept = 300 - window.webwatch!.dropped!;
  expect(kept).toBeGreaterThan(150);
  expect(kept).toBeLessThan(190);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(names().at(-1)).toBe('e299');
  expect(new Set(names()).size).toBe(kept);
});

test('batches have no more events than the protocol allows', async () => {
  const current = await loaded();
  for (let i = 0; i < 2000; i++) event('e');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(window.webwatch!.dropped).toBeGreaterThan(500);
  expect(current.events).toHaveLength(2000 - window.webwatch!.dropped!);
  expect(Math.max(...current.batches.map((batch) => batch.e.length))).toBeLessThan(500);
});

test('a huge event is dropped without affecting others', async () => {
  const current = await loaded();
  const huge = Object.fromEntries(
    Array.from({ length: 32 }, (_, i) => ['\u0001'.repeat(32) + String(i), '\u0001'.repeat(512)]),
  );
  event('huge', huge);
  event('small');
  await current.flush();
  expect(names()).toEqual(['small']);
  expect(window.webwatch!.dropped).toBe(1);
});

test('hostile text arrives unchanged', async () => {
  const current = await loaded();
  const text = '"\\</script>\r\n\u0000\u2028😀';
  event(text, { [text]: text });
  await current.flush();
  expect(current.of('custom')).toMatchObject([{ nm: text, pp: { [text]: text } }]);
});

test('the endpoint is next to the script', async () => {
  await tracker.current.load({}, 'https://cdn.example/ctx/watch/ww.js?v=abc');
  await tracker.current.flush();
  expect(new URL(tracker.current.fetch.mock.calls[0]![0] as string).href).toBe(
    'https://cdn.example/ctx/watch/events',
  );
});
