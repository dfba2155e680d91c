import type { Status } from '../api/status';
import { formatBytes } from '../format/numbers';

/** What WebWatch keeps on disk for sinks. Empty while there is nothing. */
export function DiskNotes({ status }: { status: Status }) {
  const { journal, dead_letter_bytes = 0 } = status;
  return (
    <>
      {journal && journal.bytes > 0 && (
        <p className="pipeline-note">
          Journal: {formatBytes(journal.bytes)} of {formatBytes(journal.max_bytes)}
        </p>
      )}
      {journal?.last_error && <p className="pipeline-note">Journal: {journal.last_error}</p>}
      {dead_letter_bytes > 0 && (
        <p className="pipeline-note">
          Dead letters: {formatBytes(dead_letter_bytes)}, rejected by sinks permanently
        </p>
      )}
    </>
  );
}
