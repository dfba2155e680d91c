import type { Status } from '../api/status';
import { ErrorNotice } from '../components/Notices';
import { Panel } from '../components/Panel';
import { SkeletonLines } from '../components/Skeleton';
import type { Loaded } from '../components/useLoad';
import { DiskNotes } from './DiskNotes';
import { DropList } from './DropList';
import { PipelineFlow } from './PipelineFlow';
import { SinkList } from './SinkList';
import { troublesOf } from './troubles';

/** The path of events through the application. It only draws attention when events are lost or do not get through. */
export function PipelinePanel({ status }: { status: Loaded<Status> }) {
  const { data, error, reload } = status;
  const troubles = data ? troublesOf(data) : [];
  return (
    <Panel
      title="Pipeline"
      tone={troubles.length > 0 ? 'warning' : 'plain'}
      busy={data === null && error === null}
      className="pipeline"
      actions={data && !error && <Health troubles={troubles} />}
    >
      {error && <ErrorNotice title="The pipeline status is unavailable" error={error} onRetry={reload} />}
      {data ? (
        <>
          <PipelineFlow status={data} />
          <SinkList sinks={data.sinks} />
          <DiskNotes status={data} />
          <DropList dropped={data.dropped} />
          <Warnings warnings={data.warnings} />
        </>
      ) : (
        !error && <SkeletonLines count={4} label="Loading the pipeline status" />
      )}
    </Panel>
  );
}

function Health({ troubles }: { troubles: readonly string[] }) {
  const healthy = troubles.length === 0;
  return (
    <span className="health" data-ok={healthy}>
      {healthy ? 'Healthy' : troubles.join(', ')}
    </span>
  );
}

function Warnings({ warnings }: { warnings: readonly string[] }) {
  return warnings.length === 0 ? null : (
    <ul className="pipeline-warnings" aria-label="Warnings">
      {warnings.map((warning) => (
        <li key={warning}>{warning}</li>
      ))}
    </ul>
  );
}
