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
              {formatCount(snapshot.visitors_now)}
              {snapshot.visitors_now > 0 && <span className="now-pulse" aria-hidden="true" />}
            </dd>
            <dt>
              {snapshot.visitors_now === 1 ? 'visitor' : 'visitors'} <span>in the last 5 minutes</span>
            </dt>
          </div>
          <div className="now-side">
            <dd>{formatRate(snapshot.events_per_second)}</dd>
            <dt>events per second</dt>
          </div>
          <div className="now-side">
            <dd>{formatCount(snapshot.page_views_per_minute.at(-1)?.page_views ?? 0)}</dd>
            <dt>views this minute</dt>
          </div>
        </dl>
      )}
    </Panel>
  );
}
