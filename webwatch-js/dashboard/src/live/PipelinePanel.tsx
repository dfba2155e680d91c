import type { Status } from '../api/status';
import { ErrorNotice } from '../components/Notices';
import { Panel } from '../components/Panel';
import { SkeletonLines } from '../components/Skeleton';
import type { Loaded } from '../components/useLoad';
import { plural } from '../format/numbers';
import { DiskNotes } from './DiskNotes';
import { DropList } from './DropList';
import { meaningOf } from './dropReasons';
import { PipelineFlow } from './PipelineFlow';
import { SinkList } from './SinkList';

/** The way of the events through the application: quiet while all is well, a warning when something is lost or stuck. */
export function PipelinePanel({ status }: { status: Loaded<Status> }) {
  const { data, error, reload } = status;
  const troubles = data ? troublesOf(data) : [];
  return (
    <Panel
      title="Pipeline"
      tone={troubles.length > 0 ? 'warning' : 'plain'}
      busy={data === null && error === null}
      className="pipeline"
      actions={
        data &&
        !error && (
          <span className="health" data-ok={troubles.length === 0}>
            {troubles.length === 0 ? 'All well' : troubles.join(', ')}
          </span>
        )
      }
    >
      {error && <ErrorNotice title="The state of the pipeline is unknown" error={error} onRetry={reload} />}
      {data === null && error === null && (
        <SkeletonLines count={4} label="Loading the state of the pipeline" />
      )}
      {data && (
        <>
          <PipelineFlow status={data} />
          <SinkList sinks={data.sinks} />
          <DiskNotes status={data} />
          <DropList dropped={data.dropped} />
          {data.warnings.length > 0 && (
            <ul className="pipeline-warnings" aria-label="Warnings">
              {data.warnings.map((warning) => (
                <li key={warning}>{warning}</li>
              ))}
            </ul>
          )}
        </>
      )}
    </Panel>
  );
}

/** What deserves a warning. Events that were left out on purpose (bots, privacy signals, copies) do not. */
export function troublesOf(status: Status): string[] {
  const troubles: string[] = [];
  const unintended = Object.entries(status.dropped).reduce(
    (sum, [reason, count]) => (meaningOf(reason).kind === 'intended' ? sum : sum + count),
    0,
  );
  if (unintended > 0) {
    troubles.push(`${plural(unintended, 'event')} dropped`);
  }
  for (const sink of status.sinks) {
    if (sink.state === 'retrying') {
      troubles.push(`${sink.name} retries`);
    } else if (sink.rejected > 0) {
      troubles.push(`${sink.name} rejected ${plural(sink.rejected, 'event')}`);
    }
  }
  if (status.journal?.lastError) {
    troubles.push('journal fails');
  }
  if (status.warnings.length > 0) {
    troubles.push(plural(status.warnings.length, 'warning'));
  }
  return troubles;
}
