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

  it('abbreviates only large counts', () => {
    expect(formatCompact(99_999)).toBe('99,999');
    expect(formatCompact(1_234_567)).toBe('1.2M');
  });

  it('shows one decimal of small rates', () => {
    expect(formatRate(1.44)).toBe('1.4');
    expect(formatRate(0)).toBe('0');
    expect(formatRate(1234.5)).toBe('1,235');
  });

  it('shows ratios as percentages', () => {
    expect(formatRatio(0.378)).toBe('37.8%');
  });

  it('shows bytes in multiples of 1024', () => {
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
  it('is in whole percent', () => {
    expect(changeOf(129, 100)).toEqual({ kind: 'up', text: '29%' });
    expect(changeOf(50, 100)).toEqual({ kind: 'down', text: '50%' });
  });

  it('is not infinite when the previous value is zero', () => {
    expect(changeOf(5, 0)).toEqual({ kind: 'new' });
    expect(changeOf(0, 0)).toEqual({ kind: 'same' });
  });

  it('is unknown unless both values exist', () => {
    expect(changeOf(null, 3)).toEqual({ kind: 'none' });
    expect(changeOf(3, null)).toEqual({ kind: 'none' });
  });

  it('is a factor from 1000% upwards', () => {
    expect(changeOf(1200, 100)).toEqual({ kind: 'up', text: '12×' });
  });

  it('ignores changes below half a percent', () => {
    expect(changeOf(1001, 1000)).toEqual({ kind: 'same' });
  });
});
