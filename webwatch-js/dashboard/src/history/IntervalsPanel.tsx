import { useState } from 'react';
import { numbersOf, textsOf, type Metric, type Query, type QueryResult } from '../api/query';
import { Chart } from '../components/Chart';
import { CsvLink } from '../components/CsvLink';
import { EmptyNotice, ErrorNotice } from '../components/Notices';
import { Panel } from '../components/Panel';
import { SkeletonBlock } from '../components/Skeleton';
import type { ChartSeries } from '../components/chartOptions';
import { formatCount } from '../format/numbers';
import { formatClock, formatDay, formatLongDay } from '../format/time';
import { boundsOf, intervalOf } from './ranges';
import type { Scope } from './scope';
import { SeriesToggles } from './SeriesToggles';
import { useQuery } from './useQuery';

const HEIGHT = 280;

const SERIES = [
  { metric: 'page_views', label: 'Page views', color: '--ww-views', kind: 'bars' },
  { metric: 'visitors', label: 'Visitors', color: '--ww-visitors', kind: 'line' },
  { metric: 'sessions', label: 'Sessions', color: '--ww-sessions', kind: 'line' },
] as const satisfies readonly { metric: Metric; label: string; color: string; kind: ChartSeries['kind'] }[];

const TITLES = {
  minute: 'By minute',
  hour: 'By hour',
  day: 'By day',
  week: 'By week',
  month: 'By month',
} as const;

/** The figures per hour, day or week as a chart. */
export function IntervalsPanel({ scope }: { scope: Scope }) {
  const { range, timeZone, loading } = scope;
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const query: Query = {
    metrics: SERIES.map((one) => one.metric),
    interval: intervalOf(range),
    ...boundsOf(range),
    tz: timeZone,
  };
  const { data, error, stale, reload } = useQuery(query, loading);
  const shown = SERIES.filter((one) => !hidden.has(one.metric));
  return (
    <Panel
      title={TITLES[intervalOf(range)]}
      busy={stale}
      actions={
        <>
          <SeriesToggles series={SERIES} hidden={hidden} onChange={setHidden} />
          <CsvLink query={query} what="the chart data" />
        </>
      }
    >
      {error && data === null ? (
        <ErrorNotice title="The chart data could not be loaded" error={error} onRetry={reload} />
      ) : data === null ? (
        <SkeletonBlock label="Loading the chart" />
      ) : isEmpty(data) ? (
        <EmptyNotice icon="eye" title="No data for this period">
          Choose a longer period, or open your site in another tab.
        </EmptyNotice>
      ) : (
        <HistoryChart data={data} scope={scope} shown={shown} />
      )}
    </Panel>
  );
}

interface HistoryChartProps {
  data: QueryResult;
  scope: Scope;
  shown: readonly (typeof SERIES)[number][];
}

function HistoryChart({ data, scope, shown }: HistoryChartProps) {
  const { range, timeZone, now } = scope;
  const hourly = intervalOf(range) === 'hour';
  const longTime = (time: number) =>
    hourly ? `${formatDay(time, timeZone)}, ${formatClock(time, timeZone)}` : formatLongDay(time, timeZone);
  const times = textsOf(data, 'time').map((text) => Date.parse(text) / 1000);
  return (
    <Chart
      caption={`${shown.map((one) => one.label).join(', ')} ${TITLES[intervalOf(range)].toLowerCase()}`}
      times={times}
      series={shown.map((one) => ({
        ...one,
        key: one.metric,
        values: numbersOf(data, one.metric),
        format: formatCount,
      }))}
      formatTick={(time) => (hourly ? formatClock(time, timeZone) : formatDay(time, timeZone))}
      formatTime={longTime}
      tickPhase={0}
      inProgress={inProgressIndex(times, now.getTime() / 1000)}
      height={HEIGHT}
    />
  );
}

/** The index of the interval in progress, or -1 if all intervals are in the past. */
export function inProgressIndex(times: readonly number[], now: number): number {
  const step = (times[1] ?? 0) - (times[0] ?? 0);
  const last = times.at(-1) ?? 0;
  return last + step > now ? times.findLastIndex((time) => time <= now) : -1;
}

function isEmpty(data: QueryResult): boolean {
  return SERIES.every((one) => numbersOf(data, one.metric).every((value) => !value));
}
