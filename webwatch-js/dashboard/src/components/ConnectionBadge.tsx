import type { Connection } from '../api/liveStream';

const WORDS = {
  connecting: 'Connecting',
  live: 'Live',
  reconnecting: 'Reconnecting',
  offline: 'Offline',
} as const;

export function ConnectionBadge({ connection }: { connection: Connection }) {
  const { state } = connection;
  const title = explanationOf(connection);
  return (
    <span className="connection" data-state={state} role="status" title={title}>
      <span className="connection-dot" aria-hidden="true" />
      {WORDS[state]}
      <span className="visually-hidden">: {title}</span>
    </span>
  );
}

function explanationOf(connection: Connection): string {
  switch (connection.state) {
    case 'connecting':
      return 'Waiting for the first data';
    case 'live':
      return connection.transport === 'stream'
        ? 'Receiving updates as they happen'
        : 'Fetching updates every two seconds because the stream is unavailable';
    default:
      return connection.reason;
  }
}
