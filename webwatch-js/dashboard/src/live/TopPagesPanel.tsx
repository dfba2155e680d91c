import type { LiveSnapshot } from '../api/live';
import { BarTable } from '../components/BarTable';
import { EmptyNotice } from '../components/Notices';
import { Panel } from '../components/Panel';
import { SkeletonLines } from '../components/Skeleton';
import { formatCount } from '../format/numbers';

const MAX_ROWS = 8;

/** The pages that visitors are on now. The server also lists pages that all visitors have left. */
export function TopPagesPanel({ snapshot }: { snapshot: LiveSnapshot | null }) {
  const pages = snapshot?.top_pages.filter((page) => page.visitors > 0).slice(0, MAX_ROWS) ?? [];
  return (
    <Panel title="Top pages now" hint="last 5 minutes" busy={snapshot === null}>
      {snapshot === null ? (
        <SkeletonLines label="Waiting for live data" />
      ) : pages.length === 0 ? (
        <EmptyNotice icon="eye" title="No active visitors">
          The pages that visitors are on appear here.
        </EmptyNotice>
      ) : (
        <BarTable
          caption="Pages with active visitors, last five minutes"
          labelHead="Page"
          valueHeads={['Visitors', 'Views']}
          rows={pages.map((page) => ({
            key: page.path,
            label: page.path,
            values: [page.visitors, page.page_views],
          }))}
          format={formatCount}
        />
      )}
    </Panel>
  );
}
