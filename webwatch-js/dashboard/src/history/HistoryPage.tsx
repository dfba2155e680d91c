import { useState } from 'react';
import Col from 'react-bootstrap/Col';
import Row from 'react-bootstrap/Row';
import type { Status } from '../api/status';
import { ErrorNotice } from '../components/Notices';
import { Panel } from '../components/Panel';
import { SkeletonLines } from '../components/Skeleton';
import { useNow } from '../components/useNow';
import type { Loaded } from '../components/useLoad';
import { browserTimeZone } from '../format/time';
import { BreakdownPanel } from './BreakdownPanel';
import { CUSTOM_EVENTS, DEVICES, PAGES, SOURCES } from './breakdowns';
import { DaysPanel } from './DaysPanel';
import { NoStoreHint } from './NoStoreHint';
import { RangePicker } from './RangePicker';
import { dayOf, includesToday, presetRange, type DayRange } from './ranges';
import { Totals, useTotals } from './Totals';

const REFRESH_MILLIS = 60_000;

export function HistoryPage({ status }: { status: Loaded<Status> }) {
  if (status.data === null) {
    return status.error ? (
      <Panel title="History">
        <ErrorNotice title="The history cannot be read" error={status.error} onRetry={status.reload} />
      </Panel>
    ) : (
      <Panel title="History" busy>
        <SkeletonLines />
      </Panel>
    );
  }
  return status.data.store === null ? <NoStoreHint hint={status.data.hint} /> : <HistoryOfStore />;
}

function HistoryOfStore() {
  const timeZone = browserTimeZone();
  const now = new Date(useNow(REFRESH_MILLIS));
  const today = dayOf(now, timeZone);
  const [chosen, setChosen] = useState<DayRange>(() => presetRange('30d', now, timeZone));
  // A page that stays open over midnight moves its "last 30 days" along.
  const range = chosen.name === 'custom' ? chosen : presetRange(chosen.name, now, timeZone);
  const scope = {
    range,
    timeZone,
    now,
    refreshMillis: includesToday(range, now, timeZone) ? REFRESH_MILLIS : undefined,
  };
  const totals = useTotals(scope);
  const picker = <RangePicker range={range} today={today} timeZone={timeZone} onChange={setChosen} />;

  if (totals.error && totals.data === null) {
    return (
      <>
        {picker}
        <Panel title="History">
          <ErrorNotice title="The history cannot be read" error={totals.error} onRetry={totals.reload} />
        </Panel>
      </>
    );
  }
  return (
    <>
      {picker}
      <Row className="g-3">
        <Col xs={12}>
          <Totals scope={scope} current={totals} />
        </Col>
        <Col xs={12}>
          <DaysPanel scope={scope} />
        </Col>
        {[PAGES, SOURCES, DEVICES, CUSTOM_EVENTS].map((breakdown) => (
          <Col lg={6} key={breakdown.title}>
            <BreakdownPanel breakdown={breakdown} scope={scope} />
          </Col>
        ))}
      </Row>
    </>
  );
}
