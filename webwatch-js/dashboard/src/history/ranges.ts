import type { Interval } from '../api/query';

export type RangeName = 'today' | '7d' | '30d' | '90d' | 'custom';

/** Calendar days in a time zone, both included. */
export interface DayRange {
  name: RangeName;
  /** ISO dates, `2026-01-31`. */
  first: string;
  last: string;
}

/** Half open bounds as the query endpoint takes them. */
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

/** Null when the dates are missing or in the wrong order. */
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
 * The same number of days just before. When `range` includes the running day, the earlier one ends at the same time of
 * day, so that a morning is not compared with a whole day.
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

/** A single day is drawn by hour, half a year by day, more by week. */
export function intervalOf(range: DayRange): Interval {
  const days = daysIn(range);
  if (days <= 2) {
    return 'hour';
  }
  return days <= 186 ? 'day' : 'week';
}

/** The date that a clock on the wall of `timeZone` shows. */
export function dayOf(time: Date, timeZone: string): string {
  const { year, month, day } = wallClock(time, timeZone);
  return `${year}-${month}-${day}`;
}

function minuteOf(time: Date, timeZone: string): string {
  const { hour, minute } = wallClock(time, timeZone);
  return `${hour}:${minute}`;
}

/** Days are counted on the calendar, not in milliseconds: a day of a clock change is one day. */
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
