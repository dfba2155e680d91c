import type { Status } from '../api/status';
import { formatBytes } from '../format/numbers';

/** What WebWatch keeps on disk for sinks: nothing is said while there is nothing. */
export function DiskNotes({ status }: { status: Status }) {
  const { journal, deadLetterBytes = 0 } = status;
  return (
    <>
      {journal && journal.bytes > 0 && (
        <p className="pipeline-note">
          Journal: {formatBytes(journal.bytes)} of {formatBytes(journal.maxBytes)}
        </p>
      )}
      {journal?.lastError && <p className="pipeline-note">Journal: {journal.lastError}</p>}
      {deadLetterBytes > 0 && (
        <p className="pipeline-note">
          Dead letters: {formatBytes(deadLetterBytes)}, refused by sinks for good
        </p>
      )}
    </>
  );
}
