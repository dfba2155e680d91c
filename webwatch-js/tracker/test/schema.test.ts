// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { validateBatch, vectors, type Vector } from './tracker';

const withBody = vectors.filter((vector) => 'body' in vector);
const of = (verdict: Vector['verdict']) => withBody.filter((vector) => vector.verdict === verdict);

describe('schema', () => {
  test('there are vectors of both kinds', () => {
    expect(of('accepted').length).toBeGreaterThan(10);
    expect(of('malformed').length).toBeGreaterThan(5);
  });

  test.each(of('accepted').filter((vector) => !vector.invalid))('accepts $name', ({ body }) => {
    expect(validateBatch(body), JSON.stringify(validateBatch.errors)).toBe(true);
  });

  test.each(of('malformed'))('rejects $name', ({ body }) => {
    expect(validateBatch(body)).toBe(false);
  });
});
