import { beforeAll, expect, test } from 'vitest';
import { addScript, setCurrentScript } from './tracker';

let cleanUrl: (address: string) => string;

beforeAll(async () => {
  setCurrentScript(addScript('/watch/ww.js'));
  ({ resolve: cleanUrl } = await import('../src/link'));
});

test.each([
  ['https://a.example/b?x=1#y', 'https://a.example/b'],
  ['https://user:password@a.example/', 'https://a.example/'],
  [
    'https://a.example/?utm_source=m&token=t&gclid=1&utm_custom=2&fbclid=3&msclkid=4',
    'https://a.example/?utm_source=m&gclid=1&utm_custom=2&fbclid=3&msclkid=4',
  ],
  ['https://a.example/?xutm_source=m&=2&&', 'https://a.example/'],
  ['/c?utm_source=a%26b%3Dc', 'https://shop.example/c?utm_source=a%26b%3Dc'],
  ['tel:+4912345', 'tel:'],
  ['data:text/html,secret', 'data:'],
  ['http://[', ''],
])('cleaning an address keeps only allowed parts: %s', (address, expected) => {
  expect(cleanUrl(address)).toBe(expected);
});
