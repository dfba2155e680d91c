import { numbersOf, type Metric, type QueryResult } from '../api/query';
import { FigureStrip } from '../components/FigureStrip';
import type { IconName } from '../components/Icon';
import type { Loaded } from '../components/useLoad';
import { formatCompact, formatRate, formatRatio } from '../format/numbers';
import { formatDuration } from '../format/time';
import { Delta } from './Delta';
import { boundsOf, daysIn, includesToday, previousBounds } from './ranges';
import type { Scope } from './scope';
import type { Period } from './usePeriod';
import { useQuery } from './useQuery';

interface TotalLook {
  metric: Metric;
  icon: IconName;
  label: string;
  format: (value: number | null) => string;
  /** Whether an increase is good, bad or neither. */
  rise: 'good' | 'bad' | 'neutral';
}

const TOTALS: readonly TotalLook[] = [
  { metric: 'page_views', icon: 'eye', label: 'Page views', format: formatCompact, rise: 'good' },
  { metric: 'visitors', icon: 'person', label: 'Visitors', format: formatCompact, rise: 'good' },
  { metric: 'sessions', icon: 'session', label: 'Sessions', format: formatCompact, rise: 'good' },
  { metric: 'engaged_time', icon: 'clock', label: 'Engaged time', format: formatDuration, rise: 'good' },
  { metric: 'pages_per_session', icon: 'form', label: 'Pages per session', format: formatRate, rise: 'good' },
  { metric: 'bounce_rate', icon: 'pointer', label: 'Bounce rate', format: formatRatio, rise: 'bad' },
];

/** Past periods do not change, but a store that was unavailable may be back. */
const RETRY_MILLIS = 300_000;
/** Keeps the height of the card until the comparison arrives. */
const BLANK = '\u00a0';
const METRICS = TOTALS.map((total) => total.metric);

/** Loads the totals on behalf of the page: if they are unavailable, so is everything else. */
export function useTotals({ range, timeZone, refreshMillis }: Period): Loaded<QueryResult> {
  return useQuery(
    { metrics: METRICS, ...boundsOf(range), tz: timeZone },
    { everyMillis: refreshMillis ?? RETRY_MILLIS },
  );
}

export function Totals({ scope, current }: { scope: Scope; current: Loaded<QueryResult> }) {
  const { range, timeZone, now } = scope;
  const before = previousBounds(range, now, timeZone);
  const previous = useQuery(
    { metrics: METRICS, ...before, tz: timeZone },
    { enabled: scope.loading.enabled },
  );
  const compared = previous.data !== null || previous.error !== null;
  return (
    <>
      <FigureStrip
        label="Totals for the period"
        loading={current.data === null}
        figures={TOTALS.map(({ metric, icon, label, format, rise }) => ({
          key: metric,
          icon,
          label,
          value: format(totalOf(current.data, metric)),
          note: compared ? (
            <Delta
              current={totalOf(current.data, metric)}
              previous={totalOf(previous.data, metric)}
              format={format}
              rise={rise}
            />
          ) : (
            BLANK
          ),
        }))}
      />
      <p className="totals-note">
        Compared with {previousWords(scope)}.
        {current.data?.notes.map((note) => (
          <span key={note}> {note}</span>
        ))}
      </p>
    </>
  );
}

function previousWords({ range, now, timeZone }: Scope): string {
  const days = daysIn(range);
  const span = days === 1 ? 'the day before' : `the ${days} days before`;
  return includesToday(range, now, timeZone) ? `${span}, up to the same time of day` : span;
}

function totalOf(result: QueryResult | null, metric: Metric): number | null {
  return result === null ? null : (numbersOf(result, metric)[0] ?? null);
}
