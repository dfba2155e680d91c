import type { LiveSnapshot } from '../api/live';
import { FigureStrip } from '../components/FigureStrip';
import { formatClock, formatDay, formatDuration } from '../format/time';
import { formatCompact, formatRate } from '../format/numbers';

interface SinceStartProps {
  snapshot: LiveSnapshot | null;
  /** ISO instant. */
  startedAt: string | null;
}

export function SinceStart({ snapshot, startedAt }: SinceStartProps) {
  const totals = snapshot?.totals;
  const sessions = totals?.sessions ?? 0;
  const perSession = (value: number) => (sessions === 0 ? null : value / sessions);
  const mean = (value: number, words: string) =>
    sessions === 0 ? 'none yet' : `${formatRate(value / sessions)} ${words}`;
  return (
    <FigureStrip
      label="Since the application started"
      loading={snapshot === null}
      figures={[
        {
          key: 'views',
          icon: 'eye',
          label: 'Page views',
          value: formatCompact(totals?.pageViews ?? 0),
          note: startedAt === null ? 'since start' : `since ${startOf(startedAt)}`,
        },
        {
          key: 'clicks',
          icon: 'pointer',
          label: 'Clicks',
          value: formatCompact(totals?.clicks ?? 0),
          note: mean(totals?.clicks ?? 0, 'a session'),
        },
        {
          key: 'visitors',
          icon: 'person',
          label: 'Visitors',
          value: formatCompact(totals?.visitors ?? 0),
          note: 'distinct, since start',
        },
        {
          key: 'sessions',
          icon: 'session',
          label: 'Sessions',
          value: formatCompact(sessions),
          note: mean(totals?.pageViews ?? 0, 'pages a session'),
        },
        {
          key: 'engaged',
          icon: 'clock',
          label: 'Engaged time',
          value: formatDuration(perSession(totals?.engagedMillis ?? 0)),
          note: 'mean a session',
        },
      ]}
    />
  );
}

function startOf(startedAt: string): string {
  const start = new Date(startedAt);
  const today = new Date().toDateString() === start.toDateString();
  return today ? formatClock(start) : `${formatDay(start)}, ${formatClock(start)}`;
}
