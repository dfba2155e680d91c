import { formatCount } from '../format/numbers';
import { meaningOf, type DropKind } from './dropReasons';

const ORDER: readonly DropKind[] = ['loss', 'refused', 'intended'];

const KIND_WORDS: Record<DropKind, string> = {
  loss: 'lost',
  refused: 'refused',
  intended: 'left out on purpose',
};

/** Events that were not kept, by reason, with what each reason means for the person who runs the site. */
export function DropList({ dropped }: { dropped: Readonly<Record<string, number>> }) {
  const drops = Object.entries(dropped)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => ({ reason, count, ...meaningOf(reason) }))
    .sort((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind) || other.count - one.count);
  if (drops.length === 0) {
    return <p className="pipeline-note pipeline-ok">Nothing dropped.</p>;
  }
  return (
    <ul className="drops" aria-label="Dropped events by reason">
      {drops.map((drop) => (
        <li key={drop.reason} data-kind={drop.kind}>
          <span className="drop-count">{formatCount(drop.count)}</span>
          <span>
            <strong>{drop.label}</strong> <span className="drop-kind">{KIND_WORDS[drop.kind]}</span>
            <span className="drop-why">{drop.why}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
