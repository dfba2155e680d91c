import { changeOf } from '../format/numbers';

interface DeltaProps {
  current: number | null;
  previous: number | null;
  format: (value: number | null) => string;
  rise: 'good' | 'bad' | 'neutral';
}

/** The change from the previous period. The previous value is in the tooltip, and announced by screen readers. */
export function Delta({ current, previous, format, rise }: DeltaProps) {
  const change = changeOf(current, previous);
  const was = `was ${format(previous)}`;
  switch (change.kind) {
    case 'none':
      return <span className="delta">no previous value</span>;
    case 'new':
      return <span className="delta">previously none</span>;
    case 'same':
      return (
        <span className="delta" title={was}>
          unchanged
        </span>
      );
    default: {
      const mood =
        rise === 'neutral' ? 'neutral' : (change.kind === 'up') === (rise === 'good') ? 'good' : 'bad';
      return (
        <span className="delta" data-mood={mood} title={was}>
          <span aria-hidden="true">{change.kind === 'up' ? '↑' : '↓'}</span>
          <span className="visually-hidden">{change.kind === 'up' ? 'up ' : 'down '}</span> {change.text}
          <span className="visually-hidden">, {was}</span>
        </span>
      );
    }
  }
}
