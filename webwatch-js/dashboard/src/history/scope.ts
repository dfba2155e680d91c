import type { DayRange } from './ranges';

/** What every panel of the history shares: the days it speaks of, and how often they change. */
export interface Scope {
  range: DayRange;
  timeZone: string;
  now: Date;
  refreshMillis: number | undefined;
}
