import type { SinkStatus, Status } from '../api/status';
import { plural } from '../format/numbers';

/** Summarises each problem that needs attention in a few words. Harmless drops are not problems. */
export function troublesOf(status: Status): string[] {
  const dropped = status.dropped
    .filter((drop) => drop.kind !== 'harmless')
    .reduce((sum, drop) => sum + drop.count, 0);
  return [
    ...(dropped > 0 ? [`${plural(dropped, 'event')} dropped`] : []),
    ...status.sinks.flatMap(troubleOf),
    ...(status.journal?.last_error ? ['journal failing'] : []),
    ...(status.warnings.length > 0 ? [plural(status.warnings.length, 'warning')] : []),
  ];
}

function troubleOf(sink: SinkStatus): string[] {
  if (sink.state === 'retrying') {
    return [`${sink.name} retrying`];
  }
  return sink.rejected > 0 ? [`${sink.name} rejected ${plural(sink.rejected, 'event')}`] : [];
}
