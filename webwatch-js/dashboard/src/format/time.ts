import { NOTHING } from './numbers';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `now`, `12 s`, `5 min`, `3 h`, `2 d`. A time after `now` counts as now, because clocks differ. */
export function formatAge(time: number, now: number): string {
  const age = now - time;
  if (age < 2 * SECOND) {
    return 'now';
  }
  if (age < MINUTE) {
    return `${Math.floor(age / SECOND)} s`;
  }
  if (age < HOUR) {
    return `${Math.floor(age / MINUTE)} min`;
  }
  return age < DAY ? `${Math.floor(age / HOUR)} h` : `${Math.floor(age / DAY)} d`;
}

/** `0 s`, `0.9 s`, `42 s`, `2 min 5 s`, `1 h 3 min`, `4 d 2 h`. */
export function formatDuration(millis: number | null): string {
  if (millis === null || !Number.isFinite(millis)) {
    return NOTHING;
  }
  if (millis < 10 * SECOND) {
    return `${Math.round(millis / 100) / 10} s`;
  }
  const seconds = Math.round(millis / SECOND);
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return pair(minutes, 'min', seconds % 60, 's');
  }
  const hours = Math.floor(minutes / 60);
  return hours < 24
    ? pair(hours, 'h', minutes % 60, 'min')
    : pair(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** `14:05`, in the time zone of the browser by default. */
export function formatClock(time: number | Date, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', zoned({ hour: '2-digit', minute: '2-digit' }, timeZone)).format(
    time,
  );
}

/** `3 Nov`. */
export function formatDay(time: number | Date, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', zoned({ day: 'numeric', month: 'short' }, timeZone)).format(time);
}

/** `Mon, 3 Nov 2025`. */
export function formatLongDay(time: number | Date, timeZone?: string): string {
  const options = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
  return new Intl.DateTimeFormat('en-GB', zoned(options, timeZone)).format(time);
}

function zoned(options: Intl.DateTimeFormatOptions, timeZone?: string): Intl.DateTimeFormatOptions {
  return timeZone === undefined ? options : { ...options, timeZone };
}

export function browserTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}
