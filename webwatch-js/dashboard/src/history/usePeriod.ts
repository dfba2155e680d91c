import { useState } from 'react';
import { useNow } from '../components/useNow';
import { browserTimeZone } from '../format/time';
import { dayOf, includesToday, presetRange, type DayRange } from './ranges';

const REFRESH_MILLIS = 60_000;

export interface Period {
  range: DayRange;
  timeZone: string;
  now: Date;
  /** Undefined if the figures of the period no longer change. */
  refreshMillis: number | undefined;
}

/** The period that the history shows: the last 30 days until another one is chosen. */
export function usePeriod(): { period: Period; today: string; choose: (range: DayRange) => void } {
  const timeZone = browserTimeZone();
  const now = new Date(useNow(REFRESH_MILLIS));
  const [chosen, choose] = useState<DayRange>(() => presetRange('30d', now, timeZone));
  // If the page stays open past midnight, "30 days" moves on by a day.
  const range = chosen.name === 'custom' ? chosen : presetRange(chosen.name, now, timeZone);
  const refreshMillis = includesToday(range, now, timeZone) ? REFRESH_MILLIS : undefined;
  return { period: { range, timeZone, now, refreshMillis }, today: dayOf(now, timeZone), choose };
}
