import { beforeEach, expect, test } from 'vitest';
import { selector } from '../src/selector';

beforeEach(() => {
  document.body.innerHTML = '';
});

const of = (html: string, css: string): string => {
  document.body.innerHTML = html;
  const element = document.querySelector(css)!;
  const result = selector(element);
  expect(document.querySelector(result)).toBe(element);
  return result;
};

test.each([
  ['<b data-webwatch-name="buy" id="x">', '[data-webwatch-name="buy"]'],
  ['<b id="buy-now" data-testid="t">', '#buy-now'],
  ['<b data-testid="buy &quot;it&quot;">', '[data-testid="buy \\"it\\""]'],
  ['<b id=":r1:" data-testid="t">', '[data-testid="t"]'],
  ['<b name="email">', '[name="email"]'],
  ['<b id="item-1234567">', 'html>body>b'],
  ['<b id="1st">', 'html>body>b'],
  ['<b class="css-x1y2">', 'html>body>b'],
])('a named element is selected by its name: %s', (html, expected) => {
  expect(of(html, 'b')).toBe(expected);
});

test('an unnamed element is selected by a path below a named one', () => {
  expect(of('<ul id="list"><li>1</li><li>2 <a>x</a></li></ul>', 'a')).toBe(
    '#list>li:nth-of-type(2)>a',
  );
});

test('a path has at most five steps', () => {
  document.body.innerHTML =
    '<div><div><div><div><div><div><i></i></div></div></div></div></div></div>';
  expect(selector(document.querySelector('i')!)).toBe('div>div>div>div>i');
});

test('a detached element is selected by its tag', () => {
  expect(selector(document.createElement('p'))).toBe('p');
});
