import { useEffect } from 'react';
import { getStatus } from './api/status';
import { ErrorBoundary } from './components/ErrorBoundary';
import { Header } from './components/Header';
import { TABS, useTab } from './components/Tabs';
import { useLoad } from './components/useLoad';
import { HistoryPage } from './history/HistoryPage';
import { LivePage } from './live/LivePage';

const STATUS_LOAD = { everyMillis: 5_000 };

export function App() {
  const tab = useTab();
  const status = useLoad(getStatus, STATUS_LOAD);
  const site = window.location.host;

  useEffect(() => {
    document.title = `${TABS[tab]} · ${site} · WebWatch`;
  }, [tab, site]);

  return (
    <>
      <button
        type="button"
        className="skip-link"
        onClick={() => {
          document.getElementById('main')?.focus();
        }}
      >
        Skip to main content
      </button>
      <Header tab={tab} site={site} />
      <main className="page" id="main" tabIndex={-1}>
        <h1 className="visually-hidden">
          {TABS[tab]} analytics for {site}
        </h1>
        <ErrorBoundary key={tab} title={TABS[tab]}>
          {tab === 'live' ? <LivePage status={status} /> : <HistoryPage status={status} />}
        </ErrorBoundary>
      </main>
      <footer className="page foot">
        {status.data ? `WebWatch ${status.data.version}` : 'WebWatch'}
        <a href="assets/licenses.txt">Licences</a>
      </footer>
    </>
  );
}
