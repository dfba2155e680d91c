import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon';

export interface Figure {
  key: string;
  icon: IconName;
  label: string;
  value: string;
  note?: ReactNode;
}

/** Several figures in one card. */
export function FigureStrip({
  label,
  figures,
  loading,
}: {
  label: string;
  figures: Figure[];
  loading: boolean;
}) {
  return (
    <section className="card strip" aria-label={label} aria-busy={loading}>
      <dl className="strip-list">
        {figures.map((figure) => (
          <div className="strip-figure" key={figure.key}>
            <dt>
              <Icon name={figure.icon} size={15} />
              {figure.label}
            </dt>
            <dd className="strip-value">
              {loading ? <span className="placeholder-glow strip-wait" /> : figure.value}
            </dd>
            {figure.note !== undefined && <dd className="strip-note">{figure.note}</dd>}
          </div>
        ))}
      </dl>
    </section>
  );
}
