import Table from 'react-bootstrap/Table';
import type { SinkStatus } from '../api/status';
import { Icon } from '../components/Icon';
import { formatCompact } from '../format/numbers';

export function SinkList({ sinks }: { sinks: readonly SinkStatus[] }) {
  if (sinks.length === 0) {
    return (
      <p className="pipeline-note">
        <Icon name="plug" size={15} /> No sink is configured. Events are shown live but not stored.
      </p>
    );
  }
  return (
    <Table className="sinks" borderless size="sm">
      <caption className="visually-hidden">Sinks</caption>
      <thead>
        <tr>
          <th scope="col">Sink</th>
          <th scope="col">State</th>
          <th scope="col" className="number">
            Written
          </th>
          <th scope="col" className="number" title="Batches not written yet">
            Lag
          </th>
        </tr>
      </thead>
      <tbody>
        {sinks.map((sink) => (
          <SinkRows key={sink.name} sink={sink} />
        ))}
      </tbody>
    </Table>
  );
}

function SinkRows({ sink }: { sink: SinkStatus }) {
  return (
    <>
      <tr>
        <th scope="row">{sink.name}</th>
        <td>
          <span className="sink-state" data-state={sink.state}>
            {sink.state}
          </span>
        </td>
        <td className="number">{formatCompact(sink.written)}</td>
        <td className="number">{formatCompact(sink.lag)}</td>
      </tr>
      {sink.last_error !== null && (
        <tr className="sink-error">
          <td colSpan={4}>{sink.last_error}</td>
        </tr>
      )}
    </>
  );
}
