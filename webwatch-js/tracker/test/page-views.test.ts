import { expect, test, vi } from 'vitest';
import { setVisibility, useTracker } from './tracker';

const tracker = useTracker();
const kinds = () => tracker.current.of('page_view').map((event) => [event['k'], event.batch.u]);

test('a load is a page view with the context of the page', async () => {
  const { current } = tracker;
  document.title = 'Products';
  await current.load({ 'data-site': 'shop', 'data-route': '/products' });
  await current.flush();
  expect(new URL(current.fetch.mock.calls[0]![0] as string).href).toBe(
    'https://shop.example/watch/events',
  );
  expect(current.batches).toHaveLength(1);
  expect(current.batches[0]).toMatchObject({
    v: 1,
    u: 'https://shop.example/products?utm_source=mail',
    r: '',
    t: 'Products',
    s: 'shop',
    rt: '/products',
    l: 'en-US',
    z: Intl.DateTimeFormat().resolvedOptions().timeZone,
    vp: [1024, 768],
    e: [{ t: 'page_view', n: 0, k: 'load' }],
  });
});

test('a page view after the load event is sent after a second', async () => {
  await tracker.current.load();
  await vi.advanceTimersByTimeAsync(999);
  expect(tracker.current.bodies).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(tracker.current.bodies).toHaveLength(1);
  expect(tracker.current.of('page_view')[0]).not.toHaveProperty('lm');
});

test('a page view does not wait longer than a second for the load event', async () => {
  const { current } = tracker;
  const state = vi.spyOn(document, 'readyState', 'get').mockReturnValue('interactive');
  performance.getEntriesByType = () => [];
  await current.load();
  await vi.advanceTimersByTimeAsync(999);
  expect(current.bodies).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(current.bodies).toHaveLength(1);
  expect(current.of('page_view')[0]).not.toHaveProperty('lm');
  window.dispatchEvent(new window.Event('load'));
  await current.flush();
  expect(current.bodies).toHaveLength(1);
  state.mockRestore();
});

test('the load event sends the page view with the load time', async () => {
  const { current } = tracker;
  const start = performance.now();
  await current.load();
  await vi.advanceTimersByTimeAsync(321);
  window.dispatchEvent(new window.Event('load'));
  expect(current.of('page_view')).toMatchObject([{ lm: Math.floor(start + 321) }]);
});

test('the load time of a prerendered page counts from its activation', async () => {
  const { current } = tracker;
  Object.defineProperty(document, 'prerendering', { value: true, configurable: true });
  await current.load();
  await vi.advanceTimersByTimeAsync(5000);
  document.dispatchEvent(new window.Event('prerenderingchange'));
  await vi.advanceTimersByTimeAsync(200);
  window.dispatchEvent(new window.Event('load'));
  expect(current.of('page_view')).toMatchObject([{ lm: 200 }]);
});

test('pushing and replacing another path are page views', async () => {
  const { current } = tracker;
  await current.load({ 'data-route': '/products' });
  history.pushState(null, '', '/cart');
  document.title = 'Cart';
  await current.flush();
  history.replaceState(null, '', '/checkout');
  await current.flush();
  history.replaceState({ scroll: 3 }, '', '/checkout?step=2');
  history.pushState(null, '', '/checkout?step=2');
  history.pushState(null, '', '/checkout?step=2#address');
  await current.flush();
  window.dispatchEvent(new window.PopStateEvent('popstate'));
  await current.flush();
  expect(kinds()).toEqual([
    ['load', 'https://shop.example/products?utm_source=mail'],
    ['spa', 'https://shop.example/cart'],
    ['spa', 'https://shop.example/checkout'],
  ]);
  const [load, cart, checkout] = current.of('page_view');
  expect(cart!.batch).toMatchObject({ t: 'Cart', r: load!.batch.u });
  expect(cart!.batch).not.toHaveProperty('rt');
  expect(checkout!.batch).toMatchObject({ r: cart!.batch.u });
  expect(new Set(current.batches.map((batch) => batch.p)).size).toBe(3);
});

test('pushing another query is a page view', async () => {
  await tracker.current.load();
  history.pushState(null, '', '/products?id=8');
  await tracker.current.flush();
  expect(kinds()[1]).toEqual(['spa', 'https://shop.example/products']);
});

test('going back within the page is a page view', async () => {
  const { current } = tracker;
  await current.load();
  history.pushState(null, '', '/cart');
  const popped = new Promise((resolve) =>
    window.addEventListener('popstate', resolve, { once: true }),
  );
  vi.useRealTimers();
  history.back();
  await popped;
  setVisibility('hidden');
  expect(kinds().map(([kind]) => kind)).toEqual(['load', 'spa', 'spa']);
});

/** The part of the Navigation API that reports changes of the address. */
class Navigation extends window.EventTarget {
  readonly currentEntry = {};
  to(address: string, navigationType: string | null): void {
    window.History.prototype.replaceState.call(history, null, '', address);
    this.dispatchEvent(Object.assign(new window.Event('currententrychange'), { navigationType }));
  }
}
const useNavigation = () => {
  const navigation = new Navigation();
  Object.defineProperty(window, 'navigation', { value: navigation, configurable: true });
  return navigation;
};

test('each navigation through the Navigation API is a page view', async () => {
  const { current } = tracker;
  const navigation = useNavigation();
  await current.load();
  navigation.to('/cart', 'push');
  navigation.to('/cart?step=2', 'push');
  navigation.to('/products?id=7', 'traverse');
  navigation.to('/products?id=8', 'traverse');
  navigation.to('/sale', 'replace');
  await current.flush();
  expect(kinds().map(([kind, address]) => [kind, new URL(address as string).pathname])).toEqual([
    ['load', '/products'],
    ['spa', '/cart'],
    ['spa', '/cart'],
    ['spa', '/products'],
    ['spa', '/products'],
    ['spa', '/sale'],
  ]);
});

test('changes of query, fragment or state through the Navigation API are not page views', async () => {
  const { current } = tracker;
  const navigation = useNavigation();
  await current.load();
  navigation.to('/products?id=8', 'replace');
  navigation.to('/products?id=8#reviews', 'push');
  navigation.to('/products?id=8#reviews', null);
  navigation.to('/products?id=8#reviews', 'reload');
  await current.flush();
  expect(kinds()).toHaveLength(1);
});

test.each([
  ['an element', () => (document.body.innerHTML = '<nav id="navigation"></nav>')],
  ['a variable', () => Object.assign(window, { navigation: { open: true } })],
])('%s of the page named navigation is not mistaken for the API', async (_, define) => {
  define();
  await tracker.current.load();
  history.pushState(null, '', '/cart');
  await tracker.current.flush();
  expect(kinds().map(([kind]) => kind)).toEqual(['load', 'spa']);
});

test('a navigation that both the API and the history report counts once', async () => {
  const { current } = tracker;
  const navigation = useNavigation();
  const { pushState } = history;
  await current.load();
  // The API also reports changes through the history, so the history is not wrapped.
  expect(history.pushState).toBe(pushState);
  navigation.to('/cart', 'traverse');
  window.dispatchEvent(new window.PopStateEvent('popstate'));
  await current.flush();
  expect(kinds()).toHaveLength(2);
});

test('with data-hash a changed fragment is a page view', async () => {
  const { current } = tracker;
  await current.load({ 'data-hash': '' });
  history.pushState(null, '', '#/cart?token=secret');
  await current.flush();
  expect(kinds()[1]).toEqual(['spa', 'https://shop.example/products?utm_source=mail#/cart']);
});

test('a page restored from the back/forward cache is another page view', async () => {
  const { current } = tracker;
  await current.load();
  window.dispatchEvent(new window.Event('pagehide'));
  window.dispatchEvent(new window.PageTransitionEvent('pageshow', { persisted: false }));
  window.dispatchEvent(new window.PageTransitionEvent('pageshow', { persisted: true }));
  await current.flush();
  const [load, restore] = current.of('page_view');
  expect(restore).toMatchObject({ k: 'restore', n: 0 });
  expect(restore!.batch.p).not.toBe(load!.batch.p);
});

test('a prerendered page sends nothing until its activation', async () => {
  const { current } = tracker;
  Object.defineProperty(document, 'prerendering', { value: true, configurable: true });
  await current.load();
  window.webwatch!('event', 'early');
  document.body.click();
  setVisibility('hidden');
  await current.flush();
  expect(current.batches).toEqual([]);
  document.dispatchEvent(new window.Event('prerenderingchange'));
  await current.flush();
  expect(current.events.map((event) => event.t)).toEqual(['page_view', 'custom']);
});

test('a page opened in the background is a page view without engagement', async () => {
  const { current } = tracker;
  Object.defineProperty(document, 'hidden', { value: true, configurable: true });
  await current.load();
  await current.flush();
  window.dispatchEvent(new window.Event('pagehide'));
  expect(current.events.map((event) => event.t)).toEqual(['page_view']);
});

test('excluded and included paths decide what is measured', async () => {
  const { current } = tracker;
  await current.load({
    'data-include': '/products,/admin/*',
    'data-exclude': '/admin/*/secret, /admin/users',
  });
  const paths = [
    '/admin/users',
    '/admin/a.b/c',
    '/admin/a/b/secret',
    '/productsx',
    '/x/admin/',
    '/admin/',
  ];
  for (const path of paths) {
    history.pushState(null, '', path);
    window.webwatch!('event', 'seen', { path });
    await current.flush();
  }
  expect(kinds().map(([, url]) => new URL(url as string).pathname)).toEqual([
    '/products',
    '/admin/a.b/c',
    '/admin/',
  ]);
  expect(current.of('custom').map((event) => event['pp'])).toEqual([
    { path: '/admin/a.b/c' },
    { path: '/admin/' },
  ]);
});

test('an empty list of captures leaves only page views', async () => {
  const { current } = tracker;
  await current.load({ 'data-capture': '' });
  document.body.click();
  setVisibility('hidden');
  expect(current.events.map((event) => event.t)).toEqual(['page_view']);
});

test('touch points are limited to the maximum of the protocol', async () => {
  const { current } = tracker;
  Object.defineProperty(navigator, 'maxTouchPoints', { value: 256, configurable: true });
  await current.load();
  await current.flush();
  Reflect.deleteProperty(navigator, 'maxTouchPoints');
  expect(current.batches[0]).toMatchObject({ tp: 255 });
});

test('a call of page is a page view', async () => {
  await tracker.current.load();
  window.webwatch!('page');
  await tracker.current.flush();
  expect(kinds().map(([kind]) => kind)).toEqual(['load', 'spa']);
});

test('a second copy of the script has no effect', async () => {
  const { current } = tracker;
  await current.load();
  await current.load();
  window.webwatch!('event', 'once');
  document.body.click();
  await current.flush();
  expect(current.events.map((event) => event.t)).toEqual(['page_view', 'custom', 'click']);
});

test('without the script tag the tracker does not start', async () => {
  vi.resetModules();
  await import('../src/full').catch(() => undefined);
  await tracker.current.flush();
  expect(window.webwatch).toBeUndefined();
  expect(tracker.current.bodies).toEqual([]);
});
