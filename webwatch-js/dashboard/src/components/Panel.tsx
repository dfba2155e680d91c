import { useId, type ReactNode } from 'react';
import Card from 'react-bootstrap/Card';

interface PanelProps {
  title: string;
  /** A short note next to the title. */
  hint?: ReactNode;
  /** Controls on the right of the title. */
  actions?: ReactNode;
  tone?: 'plain' | 'warning';
  busy?: boolean;
  className?: string;
  children: ReactNode;
}

/** A card with a title, which is also a landmark for screen readers. */
export function Panel({ title, hint, actions, tone = 'plain', busy, className = '', children }: PanelProps) {
  const id = useId();
  return (
    <Card
      as="section"
      aria-labelledby={id}
      aria-busy={busy}
      className={`panel panel-${tone} ${busy ? 'panel-busy' : ''} ${className}`}
    >
      <div className="panel-head">
        <h2 className="panel-title" id={id}>
          {title}
        </h2>
        {hint !== undefined && <span className="panel-hint">{hint}</span>}
        {actions !== undefined && <div className="panel-actions">{actions}</div>}
      </div>
      {children}
    </Card>
  );
}
