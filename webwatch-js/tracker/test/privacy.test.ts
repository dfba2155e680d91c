import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setVisibility, useTracker } from './tracker';

const tracker = useTracker();
const types = () => tracker.current.events.map((event) => event.t);

beforeEach(() => localStorage.clear());
afterEach(() => {
  localStorage.clear();
  Reflect.deleteProperty(navigator, 'globalPrivacyControl');
});

const wish = (name: string, value: unknown) =>
  Object.defineProperty(navigator, name, { value, configurable: true });

test('with required consent nothing is sent before it, and one page view after', async () => {
  const { current } = tracker;
  await current.load({ 'data-consent': 'required' });
  window.webwatch!('event', 'early');
  document.body.click();
  history.pushState(null, '', '/cart');
  setVisibility('hidden');
  setVisibility('visible');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(current.bodies).toEqual([]);
  window.webwatch!('consent', true);
  window.webwatch!('consent', true);
  window.webwatch!('event', 'agreed');
  await current.flush();
  expect(types()).toEqual(['page_view', 'custom']);
  expect(current.of('custom')).toMatchObject([{ nm: 'agreed' }]);
});

test('after a refusal nothing is sent', async () => {
  const { current } = tracker;
  await current.load();
  await current.flush();
  window.webwatch!('event', 'waiting');
  window.webwatch!('consent', false);
  window.webwatch!('event', 'late');
  history.pushState(null, '', '/cart');
  setVisibility('hidden');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(types()).toEqual(['page_view']);
});

test('after a refusal a failed request is not repeated', async () => {
  const { current } = tracker;
  current.answers.push(503);
  await current.load();
  await vi.advanceTimersByTimeAsync(1000);
  window.webwatch!('consent', false);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(current.bodies).toHaveLength(1);
});

test('without consent the storage is not used', async () => {
  const { current } = tracker;
  await current.load({ 'data-storage': '' });
  await current.flush();
  expect(current.batches[0]).not.toHaveProperty('vi');
  expect(localStorage).toHaveLength(0);
});

test('consent stores an id, and its withdrawal removes it', async () => {
  const { current } = tracker;
  await current.load({ 'data-storage': 'globalPrivacyControl', 'data-consent': 'required' });
  window.webwatch!('consent', true);
  await current.flush();
  const id = localStorage['webwatch'] as string;
  expect(id).toMatch(/^\w{24}$/);
  expect(current.batches[0]).toMatchObject({ vi: id });
  window.webwatch!('consent', false);
  expect(localStorage).toHaveLength(0);
});

test('a stored id implies consent', async () => {
  const { current } = tracker;
  localStorage['webwatch'] = 'a'.repeat(24);
  await current.load({ 'data-storage': '', 'data-consent': 'required' });
  await current.flush();
  expect(current.batches[0]).toMatchObject({ vi: 'a'.repeat(24) });
});

test.each([
  ['globalPrivacyControl', true],
  ['doNotTrack', '1'],
])('%s prevents an id if the tag names it', async (name, value) => {
  const { current } = tracker;
  wish(name, value);
  localStorage['webwatch'] = 'a'.repeat(24);
  await current.load({ 'data-storage': 'globalPrivacyControl,doNotTrack' });
  await current.flush();
  expect(current.batches[0]).not.toHaveProperty('vi');
  expect(localStorage).toHaveLength(0);
  wish(name, undefined);
});

test('privacy signals that are not named or not set do not prevent an id', async () => {
  const { current } = tracker;
  wish('doNotTrack', '1');
  wish('globalPrivacyControl', false);
  await current.load({ 'data-storage': 'globalPrivacyControl' });
  window.webwatch!('consent', true);
  await current.flush();
  expect(current.batches[0]).toHaveProperty('vi');
  wish('doNotTrack', null);
});

test.each(['{"a":1}', 'true', '"'.repeat(24), 'x'.repeat(99_999)])(
  'a corrupt id is replaced: %#',
  async (corrupt) => {
    const { current } = tracker;
    localStorage['webwatch'] = corrupt;
    await current.load({ 'data-storage': '' });
    await current.flush();
    expect(current.batches[0]!['vi']).toMatch(/^\w{24}$/);
  },
);

test('blocked storage does no harm', async () => {
  const { current } = tracker;
  const get = vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
    throw new DOMException('blocked', 'SecurityError');
  });
  await current.load({ 'data-storage': '', 'data-consent': 'required' });
  window.webwatch!('consent', true);
  await current.flush();
  expect(types()).toEqual(['page_view']);
  get.mockRestore();
});

test('identify names the user until it is revoked', async () => {
  const { current } = tracker;
  await current.load();
  window.webwatch!('identify', 4711);
  await current.flush();
  window.webwatch!('identify', null);
  window.webwatch!('event', 'a');
  await current.flush();
  expect(current.batches.map((batch) => batch['ui'])).toEqual(['4711', undefined]);
});

test('the frame of the dashboard sends nothing', async () => {
  window.name = 'webwatch-frame';
  await tracker.current.load();
  await tracker.current.flush();
  window.name = '';
  expect(tracker.current.bodies).toEqual([]);
});
