import type { LoadOptions } from '../components/useLoad';
import type { DayRange } from './ranges';

/** What all panels of the history share: the period, and when to load. */
export interface Scope {
  range: DayRange;
  timeZone: string;
  now: Date;
  /** The panels wait for the totals: if those cannot be read, the page reports it once instead of in every panel. */
  loading: Required<LoadOptions>;
}
