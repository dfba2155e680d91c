import type { Interval } from '../api/query';

export type RangeName = 'today' | '7d' | '30d' | '90d' | 'custom';

/** Calendar days in a time zone, including the first and the last. */
export interface DayRange {
  name: RangeName;
  /** ISO dates, `2026-01-31`. */
  first: string;
  last: string;
}

/** Bounds as the query endpoint expects them: `from` is inclusive, `to` is exclusive. */
export interface Bounds {
  from: string;
  to: string;
}

export const PRESETS: readonly { name: Exclude<RangeName, 'custom'>; label: string; days: number }[] = [
  { name: 'today', label: 'Today', days: 1 },
  { name: '7d', label: '7 days', days: 7 },
  { name: '30d', label: '30 days', days: 30 },
  { name: '90d', label: '90 days', days: 90 },
];

const DAY_MILLIS = 86_400_000;

export function presetRange(name: Exclude<RangeName, 'custom'>, now: Date, timeZone: string): DayRange {
  const days = PRESETS.find((preset) => preset.name === name)?.days ?? 1;
  const last = dayOf(now, timeZone);
  return { name, first: addDays(last, 1 - days), last };
}

/** Returns null if a date is missing or if they are in the wrong order. */
export function customRange(first: string, last: string): DayRange | null {
  return isDay(first) && isDay(last) && first <= last ? { name: 'custom', first, last } : null;
}

export function daysIn(range: DayRange): number {
  return Math.round((Date.parse(range.last) - Date.parse(range.first)) / DAY_MILLIS) + 1;
}

export function boundsOf(range: DayRange): Bounds {
  return { from: range.first, to: addDays(range.last, 1) };
}

/**
 * The same number of days before the range. If the range includes today, its predecessor ends at the same time of day, so
 * that part of a day is not compared with a whole day.
 */
export function previousBounds(range: DayRange, now: Date, timeZone: string): Bounds {
  const days = daysIn(range);
  const from = addDays(range.first, -days);
  if (includesToday(range, now, timeZone)) {
    return { from, to: `${addDays(dayOf(now, timeZone), -days)}T${minuteOf(now, timeZone)}` };
  }
  return { from, to: range.first };
}

export function includesToday(range: DayRange, now: Date, timeZone: string): boolean {
  const today = dayOf(now, timeZone);
  return range.first <= today && today <= range.last;
}

/** Up to two days are shown by hour, up to half a year by day, and longer ranges by week. */
export function intervalOf(range: DayRange): Interval {
  const days = daysIn(range);
  if (days <= 2) {
    return 'hour';
  }
  return days <= 186 ? 'day' : 'week';
}

/** The local date in `timeZone`. */
export function dayOf(time: Date, timeZone: string): string {
  const { year, month, day } = wallClock(time, timeZone);
  return `${year}-${month}-${day}`;
}

function minuteOf(time: Date, timeZone: string): string {
  const { hour, minute } = wallClock(time, timeZone);
  return `${hour}:${minute}`;
}

/** Counts calendar days, so that a day with a clock change is still one day. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MILLIS).toISOString().slice(0, 10);
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}

function wallClock(time: Date, timeZone: string) {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(time)) {
    parts[type] = value;
  }
  const part = (name: string, width: number) => (parts[name] ?? '').padStart(width, '0');
  return {
    year: part('year', 4),
    month: part('month', 2),
    day: part('day', 2),
    hour: part('hour', 2),
    minute: part('minute', 2),
  };
}
