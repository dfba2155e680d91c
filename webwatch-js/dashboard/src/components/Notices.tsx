import type { ReactNode } from 'react';
import Button from 'react-bootstrap/Button';
import { Icon, type IconName } from './Icon';

/** An error, in the server's own words, with a button to retry. */
export function ErrorNotice({
  title,
  error,
  onRetry,
}: {
  title: string;
  error: Error;
  onRetry?: () => void;
}) {
  return (
    <div className="notice notice-error" role="alert">
      <span className="notice-icon">
        <Icon name="alert" size={20} />
      </span>
      <div className="notice-body">
        <p className="notice-title">{title}</p>
        <p className="notice-text">{error.message}</p>
        {onRetry && (
          <Button size="sm" variant="outline-secondary" onClick={onRetry}>
            Retry
          </Button>
        )}
      </div>
    </div>
  );
}

export function EmptyNotice({
  icon,
  title,
  children,
}: {
  icon: IconName;
  title: string;
  children?: ReactNode;
}) {
  return (
    <div className="notice notice-empty">
      <span className="notice-icon">
        <Icon name={icon} size={20} />
      </span>
      <p className="notice-title">{title}</p>
      {children !== undefined && <p className="notice-text">{children}</p>}
    </div>
  );
}
