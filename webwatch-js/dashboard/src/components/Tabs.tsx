import Nav from 'react-bootstrap/Nav';
import { useSyncExternalStore } from 'react';

export const TABS = { live: 'Live', history: 'History' } as const;

export type TabName = keyof typeof TABS;

/** The views are ordinary links to `#name`, so that back, forward and bookmarks work without a router. */
export function Tabs({ selected }: { selected: TabName }) {
  return (
    <Nav as="nav" variant="pills" className="tabs" aria-label="Views" activeKey={selected}>
      {Object.entries(TABS).map(([name, title]) => (
        <Nav.Item key={name}>
          <Nav.Link
            href={`#${name}`}
            active={name === selected}
            aria-current={name === selected ? 'page' : undefined}
          >
            {title}
          </Nav.Link>
        </Nav.Item>
      ))}
    </Nav>
  );
}

export function useTab(): TabName {
  return useSyncExternalStore(onHashChange, tabOfHash);
}

function onHashChange(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => {
    window.removeEventListener('hashchange', listener);
  };
}

function tabOfHash(): TabName {
  const name = window.location.hash.slice(1);
  return Object.hasOwn(TABS, name) ? (name as TabName) : 'live';
}
