import { describe, expect, it } from 'vitest';
import {
  addDays,
  boundsOf,
  customRange,
  dayOf,
  daysIn,
  intervalOf,
  presetRange,
  previousBounds,
} from './ranges';

const NOON = new Date('2026-03-31T10:15:00Z');

describe('range', () => {
  it('ends with the local date in the time zone', () => {
    const lateEvening = new Date('2026-03-31T23:30:00Z');
    expect(dayOf(lateEvening, 'UTC')).toBe('2026-03-31');
    expect(dayOf(lateEvening, 'Asia/Tokyo')).toBe('2026-04-01');
  });

  it('of seven days includes today', () => {
    const range = presetRange('7d', NOON, 'UTC');
    expect(range).toEqual({ name: '7d', first: '2026-03-25', last: '2026-03-31' });
    expect(daysIn(range)).toBe(7);
    expect(boundsOf(range)).toEqual({ from: '2026-03-25', to: '2026-04-01' });
  });

  it('counts a day with a clock change as one day', () => {
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
    expect(daysIn({ name: 'custom', first: '2026-03-28', last: '2026-03-30' })).toBe(3);
  });

  it('rejects dates that are missing or in the wrong order', () => {
    expect(customRange('2026-02-01', '2026-01-01')).toBeNull();
    expect(customRange('', '2026-01-01')).toBeNull();
    expect(customRange('2026-13-01', '2026-14-01')).toBeNull();
    expect(customRange('2026-01-01', '2026-01-01')).not.toBeNull();
  });

  it('is shown by hour, day or week, depending on its length', () => {
    expect(intervalOf(presetRange('today', NOON, 'UTC'))).toBe('hour');
    expect(intervalOf(presetRange('90d', NOON, 'UTC'))).toBe('day');
    expect(intervalOf({ name: 'custom', first: '2025-01-01', last: '2025-12-31' })).toBe('week');
  });
});

describe('previous range', () => {
  it('ends at the same time of day if the range includes today', () => {
    const range = presetRange('7d', NOON, 'Europe/Berlin');
    expect(previousBounds(range, NOON, 'Europe/Berlin')).toEqual({
      from: '2026-03-18',
      to: '2026-03-24T12:15',
    });
  });

  it('consists of whole days if the range is in the past', () => {
    const range = { name: 'custom', first: '2026-01-10', last: '2026-01-12' } as const;
    expect(previousBounds(range, NOON, 'UTC')).toEqual({ from: '2026-01-07', to: '2026-01-10' });
  });

  it('formats midnight as 00, not 24', () => {
    const midnight = new Date('2026-03-31T00:00:00Z');
    expect(previousBounds(presetRange('today', midnight, 'UTC'), midnight, 'UTC').to).toBe(
      '2026-03-30T00:00',
    );
  });
});
