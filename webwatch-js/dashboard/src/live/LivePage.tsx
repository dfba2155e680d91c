import Col from 'react-bootstrap/Col';
import Row from 'react-bootstrap/Row';
import type { Status } from '../api/status';
import type { Loaded } from '../components/useLoad';
import { EventStream } from './EventStream';
import { MinutesPanel } from './MinutesPanel';
import { NowPanel } from './NowPanel';
import { Announcer } from './Announcer';
import { PipelinePanel } from './PipelinePanel';
import { SinceStart } from './SinceStart';
import { TopPagesPanel } from './TopPagesPanel';
import { useLive } from './useLive';

export function LivePage({ status }: { status: Loaded<Status> }) {
  const { connection, snapshot, clockSkewMillis } = useLive();
  return (
    <div className="live" data-fresh={connection.state === 'live'}>
      <Announcer snapshot={snapshot} />
      <Row className="g-3">
        <Col lg={3}>
          <NowPanel snapshot={snapshot} />
        </Col>
        <Col lg={9}>
          <MinutesPanel snapshot={snapshot} />
        </Col>
        <Col xs={12}>
          <SinceStart snapshot={snapshot} startedAt={status.data?.started_at ?? null} />
        </Col>
      </Row>
      <div className="live-lower">
        <TopPagesPanel snapshot={snapshot} />
        <EventStream recent={snapshot?.recent ?? null} clockSkewMillis={clockSkewMillis} />
        <PipelinePanel status={status} />
      </div>
    </div>
  );
}
