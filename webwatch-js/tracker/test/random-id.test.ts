import { expect, test } from 'vitest';

test('random ids have the length and the characters of the protocol', async () => {
  const { randomId } = await import('../src/random-id');
  const ids = new Set(Array.from({ length: 1000 }, randomId));
  expect(ids.size).toBe(1000);
  for (const id of ids) expect(id).toMatch(/^[0-9a-v]{24}$/);
});
