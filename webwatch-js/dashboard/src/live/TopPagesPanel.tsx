import type { LiveSnapshot } from '../api/live';
import { BarTable } from '../components/BarTable';
import { EmptyNotice } from '../components/Notices';
import { Panel } from '../components/Panel';
import { SkeletonLines } from '../components/Skeleton';
import { formatCount } from '../format/numbers';

const MOST_ROWS = 8;

export function TopPagesPanel({ snapshot }: { snapshot: LiveSnapshot | null }) {
  const pages = snapshot?.topPages.slice(0, MOST_ROWS) ?? [];
  return (
    <Panel title="Top pages now" hint="last 5 minutes" busy={snapshot === null}>
      {snapshot === null ? (
        <SkeletonLines label="Waiting for live data" />
      ) : pages.length === 0 ? (
        <EmptyNotice icon="eye" title="Nobody is on a page">
          Pages that are visited now are listed here.
        </EmptyNotice>
      ) : (
        <BarTable
          caption="Pages visited in the last five minutes"
          labelHead="Page"
          valueHeads={['Visitors', 'Views']}
          rows={pages.map((page) => ({
            key: page.path,
            label: page.path,
            values: [page.visitors, page.pageViews],
          }))}
          format={formatCount}
        />
      )}
    </Panel>
  );
}
