import type { LiveSnapshot } from '../api/live';
import { Panel } from '../components/Panel';
import { SkeletonLines } from '../components/Skeleton';
import { formatCount, formatRate } from '../format/numbers';

export function NowPanel({ snapshot }: { snapshot: LiveSnapshot | null }) {
  return (
    <Panel title="Right now" className="now" busy={snapshot === null}>
      {snapshot === null ? (
        <SkeletonLines count={4} label="Waiting for live data" />
      ) : (
        <dl className="now-list">
          <div className="now-main">
            <dd>
              {formatCount(snapshot.visitorsNow)}
              {snapshot.visitorsNow > 0 && <span className="now-pulse" aria-hidden="true" />}
            </dd>
            <dt>
              {snapshot.visitorsNow === 1 ? 'visitor' : 'visitors'} <span>in the last 5 minutes</span>
            </dt>
          </div>
          <div className="now-side">
            <dd>{formatRate(snapshot.eventsPerSecond)}</dd>
            <dt>events a second</dt>
          </div>
          <div className="now-side">
            <dd>{formatCount(snapshot.pageViewsPerMinute.at(-1)?.pageViews ?? 0)}</dd>
            <dt>views this minute</dt>
          </div>
        </dl>
      )}
    </Panel>
  );
}
