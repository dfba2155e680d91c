import { describe, expect, it } from 'vitest';
import {
  changeOf,
  formatBytes,
  formatCompact,
  formatCount,
  formatRate,
  formatRatio,
  plural,
} from './numbers';

describe('numbers', () => {
  it('groups thousands', () => {
    expect(formatCount(1234567)).toBe('1,234,567');
  });

  it('shows a dash for a missing value', () => {
    expect([formatCount(null), formatCompact(null), formatRate(null), formatRatio(null)]).toEqual([
      '–',
      '–',
      '–',
      '–',
    ]);
  });

  it('shortens only large counts', () => {
    expect(formatCompact(99_999)).toBe('99,999');
    expect(formatCompact(1_234_567)).toBe('1.2M');
  });

  it('keeps one digit of small rates', () => {
    expect(formatRate(1.44)).toBe('1.4');
    expect(formatRate(0)).toBe('0');
    expect(formatRate(1234.5)).toBe('1,235');
  });

  it('writes ratios as percentages', () => {
    expect(formatRatio(0.378)).toBe('37.8%');
  });

  it('writes bytes in units of 1024', () => {
    expect(formatBytes(16_777_216)).toBe('16 MB');
    expect(formatBytes(512)).toBe('512 B');
  });

  it('uses the singular for one', () => {
    expect([plural(1, 'click'), plural(0, 'click'), plural(2, 'click')]).toEqual([
      '1 click',
      '0 clicks',
      '2 clicks',
    ]);
  });
});

describe('change', () => {
  it('tells rise and fall in whole percent', () => {
    expect(changeOf(129, 100)).toEqual({ kind: 'up', text: '29%' });
    expect(changeOf(50, 100)).toEqual({ kind: 'down', text: '50%' });
  });

  it('is not infinite against zero', () => {
    expect(changeOf(5, 0)).toEqual({ kind: 'new' });
    expect(changeOf(0, 0)).toEqual({ kind: 'same' });
  });

  it('is none without both values', () => {
    expect(changeOf(null, 3)).toEqual({ kind: 'none' });
    expect(changeOf(3, null)).toEqual({ kind: 'none' });
  });

  it('turns huge rises into factors', () => {
    expect(changeOf(1200, 100)).toEqual({ kind: 'up', text: '12×' });
  });

  it('ignores less than half a percent', () => {
    expect(changeOf(1001, 1000)).toEqual({ kind: 'same' });
  });
});
