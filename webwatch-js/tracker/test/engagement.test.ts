import { beforeEach, expect, test, vi } from 'vitest';
import { setFocus, setVisibility, useTracker } from './tracker';

const tracker = useTracker();
const root = document.documentElement;
let scrolled = 0;

beforeEach(() => {
  scrolled = 0;
  Object.defineProperty(root, 'scrollHeight', { get: () => 7680, configurable: true });
  Object.defineProperty(root, 'scrollTop', { get: () => scrolled, configurable: true });
  Object.defineProperty(root, 'clientHeight', { get: () => 768, configurable: true });
});

const wait = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);
const act = (type = 'keydown') => document.dispatchEvent(new window.Event(type, { bubbles: true }));
const times = () => tracker.current.of('engagement').map(({ en, vs, id, sd }) => [en, vs, id, sd]);

async function scroll(to: number) {
  scrolled = to;
  document.dispatchEvent(new window.Event('scroll', { bubbles: true }));
  await vi.advanceTimersByTimeAsync(20);
}

test('engagement counts visible and focused time', async () => {
  await tracker.current.load();
  await wait(5);
  setFocus(false);
  await wait(3);
  setFocus(true);
  await wait(2);
  setVisibility('hidden');
  await wait(100);
  setVisibility('visible');
  await wait(4);
  setVisibility('hidden');
  window.dispatchEvent(new window.Event('pagehide'));
  expect(times()).toEqual([
    [7000, 10000, 0, 10],
    [4000, 4000, 0, 10],
  ]);
});

test('engagement is idle from a minute after the last input', async () => {
  await tracker.current.load();
  await wait(50);
  act();
  await wait(100);
  act('pointermove');
  await wait(10);
  setVisibility('hidden');
  expect(times()).toEqual([[120_000, 160_000, 40_000, 10]]);
});

test('engagement is sent once when the page is left', async () => {
  await tracker.current.load();
  await wait(1);
  window.dispatchEvent(new window.Event('pagehide'));
  await wait(0.01);
  setVisibility('hidden');
  expect(times()).toEqual([[1000, 1000, 0, 10]]);
});

test('a page that never had the focus is visible but not engaged', async () => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(false);
  await tracker.current.load();
  await wait(5);
  setVisibility('hidden');
  expect(times()).toEqual([[0, 5000, 0, 10]]);
});

test('scrolling reports each new tenth with the time since the previous one', async () => {
  await tracker.current.load();
  await wait(1);
  await scroll(768);
  await scroll(800);
  await scroll(0);
  await wait(1);
  await scroll(6912);
  await tracker.current.flush();
  setVisibility('hidden');
  expect(times()).toEqual(
    [
      [1016, 1016, 0, 20],
      [1060, 1060, 0, 100],
      [3000, 3000, 0, 100],
    ].map((row) => row.map((value, index) => (index < 2 ? expect.closeTo(value, -2) : value))),
  );
});

test('the scroll depth of a page that fits the window is 100 %', async () => {
  Object.defineProperty(root, 'scrollHeight', { get: () => 500, configurable: true });
  await tracker.current.load();
  await wait(1);
  setVisibility('hidden');
  expect(times()).toEqual([[1000, 1000, 0, 100]]);
});

test('a navigation within the page ends one engagement and starts another at zero', async () => {
  await tracker.current.load();
  await wait(1);
  await scroll(3000);
  await wait(1);
  history.pushState(null, '', '/cart');
  scrolled = 0;
  await wait(3);
  setVisibility('hidden');
  const [first, second] = tracker.current.of('page_view');
  const of = (page: unknown) =>
    tracker.current.of('engagement').filter((event) => event.batch.p == page);
  expect(of(first!.batch.p).map((event) => event['sd'])).toEqual([49, 49]);
  expect(of(second!.batch.p)).toMatchObject([{ en: 3000, vs: 3000, sd: 10 }]);
});

test('time in the back/forward cache does not count', async () => {
  await tracker.current.load();
  await wait(1);
  window.dispatchEvent(new window.Event('pagehide'));
  await wait(3600);
  window.dispatchEvent(new window.PageTransitionEvent('pageshow', { persisted: true }));
  await wait(2);
  setVisibility('hidden');
  expect(times()).toEqual([
    [1000, 1000, 0, 10],
    [2000, 2000, 0, 10],
  ]);
});

test('engagement is not reported without the capture', async () => {
  await tracker.current.load({ 'data-capture': 'clicks' });
  await wait(5);
  setVisibility('hidden');
  expect(times()).toEqual([]);
});
