import type { LiveSnapshot } from '../api/live';
import { Chart } from '../components/Chart';
import { EmptyNotice } from '../components/Notices';
import { Legend } from '../components/Legend';
import { Panel } from '../components/Panel';
import { SkeletonBlock } from '../components/Skeleton';
import type { ChartSeries } from '../components/chartOptions';
import { formatCount, plural } from '../format/numbers';
import { formatClock } from '../format/time';

const HEIGHT = 250;

/** The last 30 minutes; the last bar is the minute that still runs. */
export function MinutesPanel({ snapshot }: { snapshot: LiveSnapshot | null }) {
  const minutes = snapshot?.pageViewsPerMinute ?? [];
  const series: ChartSeries[] = [
    {
      key: 'pageViews',
      label: 'Page views',
      color: '--ww-views',
      kind: 'bars',
      values: minutes.map((minute) => minute.pageViews),
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
  const sum = minutes.reduce((total, minute) => total + minute.pageViews, 0);
  const everSeen = (snapshot?.totals.events ?? 0) > 0;
  return (
    <Panel
      title="Last 30 minutes"
      hint={snapshot && everSeen ? plural(sum, 'page view') : undefined}
      actions={<Legend series={series} />}
      busy={snapshot === null}
      className="minutes"
    >
      {snapshot === null ? (
        <SkeletonBlock label="Waiting for live data" />
      ) : everSeen ? (
        <Chart
          caption="Page views and visitors a minute, last 30 minutes"
          times={minutes.map((minute) => minute.time / 1000)}
          series={series}
          formatTick={(time) => formatClock(time)}
          formatTime={(time) => formatClock(time)}
          tickPhase={Math.floor((minutes[0]?.time ?? 0) / 60_000)}
          running={minutes.length - 1}
          height={HEIGHT}
        />
      ) : (
        <EmptyNotice icon="pulse" title="No page views yet">
          Open your site in another tab: its page views appear here within two seconds.
        </EmptyNotice>
      )}
    </Panel>
  );
}
