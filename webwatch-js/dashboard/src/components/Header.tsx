import Button from 'react-bootstrap/Button';
import { retryLive, useLive } from '../live/useLive';
import { ConnectionBadge } from './ConnectionBadge';
import { Logo } from './Logo';
import { Tabs, type TabName } from './Tabs';
import { ThemeToggle } from './ThemeToggle';

export function Header({ tab, site }: { tab: TabName; site: string }) {
  const { connection } = useLive();
  const waiting = connection.state === 'reconnecting' || connection.state === 'offline';
  return (
    <header className="top">
      <div className="page top-row">
        <a className="brand" href="#live">
          <Logo />
          <span>
            <span className="brand-name">WebWatch</span>
            <span className="brand-site">{site}</span>
          </span>
        </a>
        <Tabs selected={tab} />
        <div className="top-right">
          <ConnectionBadge connection={connection} />
          <ThemeToggle />
        </div>
      </div>
      {waiting && (
        <div className="connection-bar" data-state={connection.state}>
          <div className="page">
            <span>{connection.reason} The figures below may be outdated.</span>
            <Button size="sm" variant="link" onClick={retryLive}>
              Reconnect now
            </Button>
          </div>
        </div>
      )}
    </header>
  );
}
