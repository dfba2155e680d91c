import type { Drop, DropKind } from '../api/status';
import { formatCount } from '../format/numbers';
import { capitalized, wordsOf } from '../format/words';

/** Most serious first. */
const KINDS: readonly DropKind[] = ['lost', 'refused', 'harmless'];

/** Dropped events and requests by reason, each with the server's explanation. */
export function DropList({ dropped }: { dropped: readonly Drop[] }) {
  if (dropped.length === 0) {
    return <p className="pipeline-note pipeline-ok">Nothing dropped.</p>;
  }
  const drops = [...dropped].sort(
    (one, other) => KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind) || other.count - one.count,
  );
  return (
    <ul className="drops" aria-label="Dropped events by reason">
      {drops.map(({ reason, count, kind, explanation }) => (
        <li key={reason} data-kind={kind}>
          <span className="drop-count">{formatCount(count)}</span>
          <span>
            <strong>{wordsOf(reason)}</strong> <span className="drop-kind">{kind}</span>
            <span className="drop-why">{capitalized(explanation)}.</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
