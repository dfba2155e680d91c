import { expect, test } from 'vitest';
import { json } from '../src/json';

test.each([
  ['text "\\ \u0000 \u2028 😀'],
  [{ a: 1.5, b: true, c: false, d: '', e: [0, -1, ['x']], f: { g: {} } }],
  [[]],
])('JSON.parse reads what json writes: %j', (value) => {
  expect(JSON.parse(json(value))).toEqual(value);
});

test('json omits absent properties', () => {
  expect(json({ a: undefined, b: null, c: 0 })).toBe('{"c":0}');
});

test('json writes null for numbers that are not finite', () => {
  expect(json([NaN, Infinity])).toBe('[null,null]');
});
