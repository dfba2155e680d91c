import Placeholder from 'react-bootstrap/Placeholder';

const WIDTHS = [9, 7, 8, 5, 6, 4, 7, 5] as const;

/** Grey lines in place of text that is still loading. */
export function SkeletonLines({ count = 5, label = 'Loading' }: { count?: number; label?: string }) {
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: count }, (_, line) => (
        <Placeholder key={line} as="div" animation="wave" aria-hidden="true">
          <Placeholder xs={WIDTHS[line % WIDTHS.length] ?? 6} />
        </Placeholder>
      ))}
    </div>
  );
}

export function SkeletonBlock({ label = 'Loading' }: { label?: string }) {
  return (
    <div className="skeleton-block placeholder-wave" role="status">
      <span className="visually-hidden">{label}</span>
    </div>
  );
}
