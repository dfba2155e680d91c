import { describe, expect, it } from 'vitest';
import { capitalized, wordsOf } from './words';

describe('words', () => {
  it('turns an identifier into a label', () => {
    expect(wordsOf('buffer_full')).toBe('Buffer full');
    expect(wordsOf('session')).toBe('Session');
  });

  it('leaves an empty string empty', () => {
    expect(capitalized('')).toBe('');
  });
});
