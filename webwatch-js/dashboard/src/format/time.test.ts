import { describe, expect, it } from 'vitest';
import { formatAge, formatClock, formatDay, formatDuration, formatLongDay } from './time';

describe('age', () => {
  it.each([
    [0, 'now'],
    [1_999, 'now'],
    [-5_000, 'now'],
    [12_400, '12 s'],
    [59_999, '59 s'],
    [300_000, '5 min'],
    [7_200_000, '2 h'],
    [200_000_000, '2 d'],
  ])('of %i ms is %s', (age, words) => {
    expect(formatAge(1_000_000_000_000 - age, 1_000_000_000_000)).toBe(words);
  });
});

describe('duration', () => {
  it.each([
    [0, '0 s'],
    [850, '0.9 s'],
    [42_000, '42 s'],
    [59_700, '1 min'],
    [125_000, '2 min 5 s'],
    [3_780_000, '1 h 3 min'],
    [352_800_000, '4 d 2 h'],
  ])('of %i ms is %s', (millis, words) => {
    expect(formatDuration(millis)).toBe(words);
  });

  it('without a value is a dash', () => {
    expect(formatDuration(null)).toBe('–');
    expect(formatDuration(Number.NaN)).toBe('–');
  });
});

describe('dates and times', () => {
  it('are in the requested time zone', () => {
    const time = Date.UTC(2026, 0, 31, 23, 30);
    expect(formatClock(time, 'Europe/Berlin')).toBe('00:30');
    expect(formatDay(time, 'Europe/Berlin')).toBe('1 Feb');
    expect(formatLongDay(time, 'America/New_York')).toBe('Sat, 31 Jan 2026');
  });
});
