import Col from 'react-bootstrap/Col';
import Row from 'react-bootstrap/Row';
import type { Status } from '../api/status';
import { ErrorNotice } from '../components/Notices';
import { Panel } from '../components/Panel';
import { SkeletonLines } from '../components/Skeleton';
import type { Loaded } from '../components/useLoad';
import { BreakdownPanel } from './BreakdownPanel';
import { CUSTOM_EVENTS, DEVICES, PAGES, SOURCES } from './breakdowns';
import { IntervalsPanel } from './IntervalsPanel';
import { NoStoreHint } from './NoStoreHint';
import { RangePicker } from './RangePicker';
import { Totals, useTotals } from './Totals';
import { usePeriod } from './usePeriod';

export function HistoryPage({ status }: { status: Loaded<Status> }) {
  if (status.data === null) {
    return status.error ? (
      <Unavailable error={status.error} onRetry={status.reload} />
    ) : (
      <Panel title="History" busy>
        <SkeletonLines label="Loading the history" />
      </Panel>
    );
  }
  return status.data.store === null ? <NoStoreHint hint={status.data.hint} /> : <StoredHistory />;
}

function StoredHistory() {
  const { period, today, choose } = usePeriod();
  const totals = useTotals(period);
  const { data, stale, reload } = totals;
  const error = stale ? null : totals.error;
  const scope = {
    ...period,
    loading: { everyMillis: period.refreshMillis, enabled: data !== null && !stale },
  };
  return (
    <>
      <RangePicker range={period.range} today={today} timeZone={period.timeZone} onChange={choose} />
      {error && <Unavailable error={error} onRetry={reload} outdated={data !== null} />}
      {(data !== null || !error) && (
        <Row className="g-3">
          <Col xs={12}>
            <Totals scope={scope} current={totals} />
          </Col>
          <Col xs={12}>
            <IntervalsPanel scope={scope} />
          </Col>
          {[PAGES, SOURCES, DEVICES, CUSTOM_EVENTS].map((breakdown) => (
            <Col lg={6} key={breakdown.title}>
              <BreakdownPanel breakdown={breakdown} scope={scope} />
            </Col>
          ))}
        </Row>
      )}
    </>
  );
}

interface UnavailableProps {
  error: Error;
  onRetry: () => void;
  /** Whether earlier figures are still shown. */
  outdated?: boolean;
}

function Unavailable({ error, onRetry, outdated = false }: UnavailableProps) {
  const title = outdated ? 'The history could not be refreshed' : 'The history is unavailable';
  return (
    <Panel title="History" className="unavailable">
      <ErrorNotice title={title} error={error} onRetry={onRetry} />
    </Panel>
  );
}
