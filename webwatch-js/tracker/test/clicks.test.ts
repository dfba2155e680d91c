import { expect, test } from 'vitest';
import { body, one, useTracker } from './tracker';

const tracker = useTracker();

async function clicked(html: string, css: string, init?: MouseEventInit, type = 'click') {
  const { current } = tracker;
  await current.load();
  body(html);
  one(css).dispatchEvent(
    new window.MouseEvent(type, { bubbles: true, composed: true, cancelable: true, ...init }),
  );
  await current.flush();
  return current.of('click');
}

test('a click reports the actionable element around its target', async () => {
  const clicks = await clicked(
    '<nav id="menu"><a href="/cart?token=secret#x" role="menuitem"><b>Secret text</b></a></nav>',
    'b',
    { clientX: 256, clientY: 100, detail: 1 },
  );
  expect(clicks).toMatchObject([
    { el: '#menu>a', tg: 'a', ro: 'menuitem', hr: 'https://shop.example/cart', bx: [0, 0, 0, 0] },
  ]);
  expect(clicks[0]).not.toHaveProperty('ou');
  expect(tracker.current.bodies.join()).not.toMatch(/secret/i);
});

test('a click reports its position in the document in per mille', async () => {
  const root = document.documentElement;
  Object.defineProperty(root, 'scrollWidth', { value: 1000, configurable: true });
  Object.defineProperty(root, 'scrollHeight', { value: 4000, configurable: true });
  Object.defineProperty(window, 'scrollY', { value: 1000, configurable: true });
  Object.defineProperty(window.MouseEvent.prototype, 'pageY', {
    get: () => 1500,
    configurable: true,
  });
  const clicks = await clicked('<p>p', 'p', { clientX: 250, clientY: 500, detail: 1 });
  Reflect.deleteProperty(window.MouseEvent.prototype, 'pageY');
  expect(clicks).toMatchObject([
    { el: 'html>body>p', tg: 'p', x: 250, y: 375, bx: [0, 1000, 0, 0] },
  ]);
  Reflect.deleteProperty(root, 'scrollWidth');
  Reflect.deleteProperty(root, 'scrollHeight');
  Object.defineProperty(window, 'scrollY', { value: 0, configurable: true });
});

test('a click by keyboard has no position', async () => {
  const [click] = await clicked('<button id="b">', 'button');
  expect(click).toMatchObject({ el: '#b' });
  expect(click).not.toHaveProperty('x');
  expect(click).not.toHaveProperty('y');
});

test('a click on a link to another host is outbound', async () => {
  const clicks = await clicked('<a href="https://user:pw@other.example/a?b=1">', 'a');
  expect(clicks).toMatchObject([{ hr: 'https://other.example/a', ou: true }]);
});

test.each([
  ['mailto:someone@shop.example', 'mailto:'],
  ['javascript:void(secret)', 'javascript:'],
])('a click on a link that leads to no page reports only the scheme: %s', async (href, hr) => {
  const [click] = await clicked(`<a href="${href}">`, 'a');
  expect(click).toMatchObject({ hr });
  expect(click).not.toHaveProperty('ou');
});

test('a click on a link with an invalid address is still reported', async () => {
  expect(await clicked('<a href="http://[">', 'a')).toMatchObject([{ tg: 'a' }]);
});

test('clicks with the middle button or a modifier key are reported', async () => {
  expect(await clicked('<a href="/x">', 'a', { button: 1 }, 'auxclick')).toHaveLength(1);
  expect(await clicked('<a href="/x">', 'a', { ctrlKey: true })).toHaveLength(2);
});

test('a click with the right button is not reported', async () => {
  expect(await clicked('<a href="/x">', 'a', { button: 2 }, 'auxclick')).toEqual([]);
});

test('a click in an ignored subtree is not reported', async () => {
  const html = '<div data-webwatch-ignore><button data-webwatch-event="buy">x</button></div>';
  expect(await clicked(html, 'button')).toEqual([]);
  expect(tracker.current.of('custom')).toEqual([]);
});

test('a click in an open shadow tree reports the element inside', async () => {
  const { current } = tracker;
  await current.load();
  body('<my-card id="card"></my-card>');
  const root = one('#card').attachShadow({ mode: 'open' });
  root.innerHTML = '<div><button><i></i></button></div>';
  root
    .querySelector('i')!
    .dispatchEvent(new window.MouseEvent('click', { bubbles: true, composed: true }));
  await current.flush();
  expect(current.of('click')).toMatchObject([{ el: '#card>>>div>button', tg: 'button' }]);
});

test('a click whose propagation the page stops is reported', async () => {
  body('<button id="b">');
  one('#b').addEventListener('click', (event) => event.stopImmediatePropagation());
  await tracker.current.load();
  one('#b').click();
  await tracker.current.flush();
  expect(tracker.current.of('click')).toHaveLength(1);
});

test('a click on a label is reported once', async () => {
  await tracker.current.load();
  body('<label id="l" for="c">Agree</label><input id="c" type="checkbox">');
  one('#l').click();
  await tracker.current.flush();
  one('#c').click();
  await tracker.current.flush();
  expect(tracker.current.of('click').map((event) => event['el'])).toEqual(['#l', '#c']);
});

test('a click never contains text or values', async () => {
  const html =
    '<form><textarea>Secret</textarea><select><option>Secret</option></select><input value="Secret" title="Secret" placeholder="Secret" aria-label="Secret"></form>';
  for (const css of ['textarea', 'select', 'input']) await clicked(html, css);
  expect(tracker.current.of('click')).toHaveLength(3);
  expect(tracker.current.bodies.join()).not.toMatch(/secret/i);
});

test('a click reports the label that the page provides', async () => {
  expect(await clicked('<button data-webwatch-label="Buy now">', 'button')).toMatchObject([
    { lb: 'Buy now' },
  ]);
});

test('clicks are not reported without the capture', async () => {
  await tracker.current.load({ 'data-capture': 'engagement, events' });
  document.body.click();
  await tracker.current.flush();
  expect(tracker.current.events.map((event) => event.t)).toEqual(['page_view']);
});
