import type { LiveSnapshot, LiveTotals } from '../api/live';
import { FigureStrip, type Figure } from '../components/FigureStrip';
import { formatCompact, formatRate } from '../format/numbers';
import { formatClock, formatDay, formatDuration } from '../format/time';

interface SinceStartProps {
  snapshot: LiveSnapshot | null;
  /** ISO instant. */
  startedAt: string | null;
}

const NO_TOTALS: LiveTotals = {
  page_views: 0,
  clicks: 0,
  visitors: 0,
  sessions: 0,
  engaged_ms: 0,
  events: 0,
};

export function SinceStart({ snapshot, startedAt }: SinceStartProps) {
  return (
    <FigureStrip
      label="Since the application started"
      loading={snapshot === null}
      figures={figuresOf(snapshot?.totals ?? NO_TOTALS, startedAt)}
    />
  );
}

function figuresOf(totals: LiveTotals, startedAt: string | null): Figure[] {
  const { page_views, clicks, visitors, sessions, engaged_ms } = totals;
  const perSession = (value: number, unit: string) =>
    sessions === 0 ? 'no sessions yet' : `${formatRate(value / sessions)} ${unit} per session`;
  return [
    {
      key: 'views',
      icon: 'eye',
      label: 'Page views',
      value: formatCompact(page_views),
      note: startedAt === null ? 'since start' : `since ${startOf(startedAt)}`,
    },
    {
      key: 'clicks',
      icon: 'pointer',
      label: 'Clicks',
      value: formatCompact(clicks),
      note: perSession(clicks, 'clicks'),
    },
    {
      key: 'visitors',
      icon: 'person',
      label: 'Visitors',
      value: formatCompact(visitors),
      note: 'unique, since start',
    },
    {
      key: 'sessions',
      icon: 'session',
      label: 'Sessions',
      value: formatCompact(sessions),
      note: perSession(page_views, 'pages'),
    },
    {
      key: 'engaged',
      icon: 'clock',
      label: 'Engaged time',
      value: formatDuration(sessions === 0 ? null : engaged_ms / sessions),
      note: 'average per session',
    },
  ];
}

function startOf(startedAt: string): string {
  const start = new Date(startedAt);
  const today = new Date().toDateString() === start.toDateString();
  return today ? formatClock(start) : `${formatDay(start)}, ${formatClock(start)}`;
}
