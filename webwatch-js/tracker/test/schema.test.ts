// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { readJson, validateBatch } from './tracker';

interface Vector {
  readonly name: string;
  readonly verdict: 'accepted' | 'malformed';
  readonly body?: unknown;
  readonly invalid?: number;
}

const { vectors } = readJson(
  'webwatch-core/src/main/resources/META-INF/webwatch/protocol/vectors.json',
) as { vectors: Vector[] };
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
