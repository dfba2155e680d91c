import type { LiveSnapshot, MinuteCount } from '../api/live';
import { Chart } from '../components/Chart';
import { EmptyNotice } from '../components/Notices';
import { Legend } from '../components/Legend';
import { Panel } from '../components/Panel';
import { SkeletonBlock } from '../components/Skeleton';
import type { ChartSeries } from '../components/chartOptions';
import { formatCount, plural } from '../format/numbers';
import { formatClock } from '../format/time';

const HEIGHT = 250;

/** The last 30 minutes. The last bar is the minute in progress. */
export function MinutesPanel({ snapshot }: { snapshot: LiveSnapshot | null }) {
  const minutes = snapshot?.page_views_per_minute ?? [];
  const series = seriesOf(minutes);
  const sum = minutes.reduce((total, minute) => total + minute.page_views, 0);
  const everSeen = (snapshot?.totals.events ?? 0) > 0;
  return (
    <Panel
      title="Last 30 minutes"
      hint={everSeen ? plural(sum, 'page view') : undefined}
      actions={<Legend series={series} />}
      busy={snapshot === null}
      className="minutes"
    >
      {snapshot === null ? (
        <SkeletonBlock label="Waiting for live data" />
      ) : everSeen ? (
        <MinutesChart minutes={minutes} series={series} />
      ) : (
        <EmptyNotice icon="pulse" title="No page views yet">
          Open your site in another tab. Its page views appear here within two seconds.
        </EmptyNotice>
      )}
    </Panel>
  );
}

interface MinutesChartProps {
  minutes: readonly MinuteCount[];
  series: readonly ChartSeries[];
}

function MinutesChart({ minutes, series }: MinutesChartProps) {
  return (
    <Chart
      caption="Page views and visitors per minute, last 30 minutes"
      times={minutes.map((minute) => minute.time / 1000)}
      series={series}
      formatTick={(time) => formatClock(time)}
      formatTime={(time) => formatClock(time)}
      tickPhase={Math.floor((minutes[0]?.time ?? 0) / 60_000)}
      inProgress={minutes.length - 1}
      height={HEIGHT}
    />
  );
}

function seriesOf(minutes: readonly MinuteCount[]): ChartSeries[] {
  return [
    {
      key: 'page_views',
      label: 'Page views',
      color: '--ww-views',
      kind: 'bars',
      values: minutes.map((minute) => minute.page_views),
      format: formatCount,
    },
    {
      key: 'visitors',
      label: 'Visitors',
      color: '--ww-visitors',
      kind: 'line',
      values: minutes.map((minute) => minute.visitors),
      format: formatCount,
    },
  ];
}
