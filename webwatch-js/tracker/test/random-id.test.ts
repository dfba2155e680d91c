import { expect, test } from 'vitest';

test('randomId_isAsLongAndPlainAsTheProtocolAsks', async () => {
  const { randomId } = await import('../src/random-id');
  const ids = new Set(Array.from({ length: 1000 }, randomId));
  expect(ids.size).toBe(1000);
  for (const id of ids) expect(id).toMatch(/^[0-9a-v]{24}$/);
});
