import { afterEach, expect, test, vi } from 'vitest';
import { setVisibility, useTracker } from './tracker';

const tracker = useTracker();
const undo: (() => void)[] = [];
afterEach(() => undo.splice(0).forEach((run) => run()));

function replace<T extends object>(target: T, key: keyof T | 'toJSON', value: unknown): void {
  const before = Object.getOwnPropertyDescriptor(target, key);
  undo.push(() =>
    before ? Object.defineProperty(target, key, before) : Reflect.deleteProperty(target, key),
  );
  Object.defineProperty(target, key, { value, configurable: true, writable: true });
}
const broken = () => {
  throw new Error('broken by the page');
};

test('a page that redefines native functions later is still measured', async () => {
  const { current } = tracker;
  await current.load();
  replace(window, 'fetch', broken);
  replace(navigator, 'sendBeacon', broken);
  replace(JSON, 'stringify', broken);
  replace(history, 'pushState', history.pushState);
  replace(window, 'TextEncoder' as never, broken);
  replace(performance, 'now', broken);
  window.webwatch!('event', 'a');
  await current.flush();
  window.webwatch!('event', 'b');
  setVisibility('hidden');
  undo.splice(0).forEach((run) => run());
  expect(current.events.map(({ t, nm }) => nm ?? t)).toEqual(['page_view', 'a', 'b', 'engagement']);
});

test('a page that redefines Promise is still measured', async () => {
  const { current } = tracker;
  await current.load();
  replace(window, 'Promise' as never, function Broken() {
    broken();
  });
  window.webwatch!('event', 'a');
  vi.advanceTimersByTime(1000);
  undo.splice(0).forEach((run) => run());
  await current.flush();
  window.webwatch!('event', 'b');
  await current.flush();
  expect(current.of('custom').map(({ nm }) => nm)).toEqual(['a', 'b']);
});

test('toJSON on prototypes has no effect', async () => {
  const { current } = tracker;
  await current.load();
  replace(Array.prototype, 'toJSON', () => 'array');
  replace(Object.prototype, 'toJSON', () => 'object');
  replace(String.prototype, 'toJSON', () => 'string');
  window.webwatch!('event', 'a', { b: 1 });
  await current.flush();
  undo.splice(0).forEach((run) => run());
  expect(current.of('custom')).toMatchObject([{ nm: 'a', pp: { b: 1 } }]);
});

test('enumerable properties on prototypes are not sent', async () => {
  const { current } = tracker;
  Object.defineProperty(Object.prototype, 'polluted', {
    value: 'x',
    writable: true,
    enumerable: true,
    configurable: true,
  });
  undo.push(() => Reflect.deleteProperty(Object.prototype, 'polluted'));
  await current.load();
  window.webwatch!('event', 'a', { b: 1 });
  await current.flush();
  expect(current.bodies.join()).not.toContain('polluted');
  expect(current.events).toHaveLength(2);
});

test('a history that cannot be wrapped does not break the page', async () => {
  const { current } = tracker;
  for (const method of ['pushState', 'replaceState'] as const) {
    Object.defineProperty(history, method, {
      value: history[method],
      configurable: true,
      writable: false,
    });
    undo.push(() => Reflect.deleteProperty(history, method));
  }
  await current.load();
  expect(() => history.pushState(null, '', '/cart')).not.toThrow();
  await current.flush();
  expect(current.of('page_view')).toHaveLength(1);
});

test('the wrapped history keeps its results and errors', async () => {
  await tracker.current.load();
  history.pushState({ a: 1 }, '', '/cart');
  expect(history.state).toEqual({ a: 1 });
  expect(() => history.pushState(null, '', 'https://elsewhere.example/')).toThrow(
    /pushState|SecurityError/,
  );
});

test('a document that throws causes no error in the page', async () => {
  const errors = vi.fn();
  window.addEventListener('error', errors);
  await tracker.current.load();
  vi.spyOn(document, 'title', 'get').mockImplementation(broken);
  vi.spyOn(document, 'hasFocus').mockImplementation(broken);
  vi.spyOn(Element.prototype, 'matches').mockImplementation(broken);
  document.body.click();
  history.pushState(null, '', '/cart');
  window.webwatch!('page');
  window.webwatch!('event', 'a');
  setVisibility('hidden');
  window.dispatchEvent(new window.Event('pagehide'));
  await tracker.current.flush();
  expect(errors).not.toHaveBeenCalled();
});

test('an element named webwatch is not mistaken for the stub', async () => {
  document.body.innerHTML = '<form id="webwatch"><input name="q"></form>';
  await tracker.current.load();
  window.webwatch!('event', 'a');
  await tracker.current.flush();
  expect(tracker.current.of('custom')).toHaveLength(1);
});

test('failing requests leave no unhandled rejection', async () => {
  const rejections = vi.fn();
  process.on('unhandledRejection', rejections);
  await tracker.current.load();
  tracker.current.answers.push(new Error('network'), 400);
  await vi.advanceTimersByTimeAsync(60_000);
  process.off('unhandledRejection', rejections);
  expect(rejections).not.toHaveBeenCalled();
});
