import { expect, test } from 'vitest';
import { body, one, useTracker } from './tracker';

const tracker = useTracker();
const events = () => tracker.current.of('custom').map(({ nm, pp }) => [nm, pp]);

test('a call with properties sends a custom event', async () => {
  await tracker.current.load();
  window.webwatch!('event', 'order', { total: 12.5, first: true, currency: 'EUR' });
  window.webwatch!('event', 'plain');
  await tracker.current.flush();
  expect(events()).toEqual([
    ['order', { total: 12.5, first: true, currency: 'EUR' }],
    ['plain', {}],
  ]);
});

test('calls before the script has loaded are kept', async () => {
  const queue: unknown[] = [];
  window.webwatch = Object.assign((...call: unknown[]) => void queue.push(call), {
    q: queue as unknown[][],
  });
  window.webwatch('event', 'early', { a: 1 });
  await tracker.current.load();
  window.webwatch('event', 'late');
  await tracker.current.flush();
  expect(tracker.current.events.map(({ t, n }) => [t, n])).toEqual([
    ['page_view', 0],
    ['custom', 1],
    ['custom', 2],
  ]);
  expect(events()).toEqual([
    ['early', { a: 1 }],
    ['late', {}],
  ]);
});

test('properties that are not plain values are sent as strings', async () => {
  await tracker.current.load();
  window.webwatch!('event', 7, {
    none: null,
    missing: undefined,
    nan: NaN,
    infinite: -Infinity,
    list: [1, 2],
    big: BigInt(10),
    object: {},
    date: { toString: () => 'then' },
  });
  await tracker.current.flush();
  expect(events()).toEqual([
    [
      '7',
      {
        // JSON supports neither; the server omits null.
        nan: null,
        infinite: null,
        list: '1,2',
        big: '10',
        object: '[object Object]',
        date: 'then',
      },
    ],
  ]);
});

test('properties beyond the limits are cut off', async () => {
  await tracker.current.load();
  const many = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => [`key${i}`, 'v'.repeat(999)]),
  );
  window.webwatch!('event', 'name', many);
  await tracker.current.flush();
  const [[, props]] = events() as [[string, { [key: string]: string }]];
  expect(Object.keys(props)).toHaveLength(32);
  expect(Object.values(props)[0]).toHaveLength(512);
});

test.each([[[]], [['event']], [['event', '']], [['event', null]], [['nonsense', 1]], [[{}]]])(
  'an invalid call has no effect: %j',
  async (call) => {
    await tracker.current.load();
    expect(() => window.webwatch!(...call)).not.toThrow();
    await tracker.current.flush();
    expect(tracker.current.events).toHaveLength(1);
  },
);

test('an event whose property throws does not affect others', async () => {
  await tracker.current.load();
  const hostile = {
    get a(): string {
      throw new Error('no');
    },
  };
  expect(() => window.webwatch!('event', 'bad', hostile)).not.toThrow();
  expect(() => window.webwatch!('event', 'bad', { s: Symbol('s') })).not.toThrow();
  window.webwatch!('event', 'good', 'not an object');
  await tracker.current.flush();
  expect(events().map(([name]) => name)).toEqual(['good']);
});

test('a click on an element with an event sends its attributes as properties', async () => {
  await tracker.current.load({ 'data-capture': 'events' });
  body(
    '<div data-webwatch-event="buy" data-webwatch-plan-type="pro" data-webwatch-size="3" data-other="x"><b>b</b></div>',
  );
  one('b').click();
  await tracker.current.flush();
  expect(events()).toEqual([['buy', { 'plan-type': 'pro', size: '3' }]]);
  expect(tracker.current.of('click')).toEqual([]);
});

test('a click sends the event of the innermost element only', async () => {
  await tracker.current.load();
  body('<div data-webwatch-event="outer"><b data-webwatch-event="inner"></b></div>');
  one('b').click();
  await tracker.current.flush();
  expect(events()).toEqual([['inner', {}]]);
  expect(tracker.current.of('click')).toHaveLength(1);
});
