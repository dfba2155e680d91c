import type { Connection } from '../api/liveStream';

const WORDS = {
  connecting: 'Connecting',
  live: 'Live',
  reconnecting: 'Reconnecting',
  offline: 'Offline',
} as const;

export function ConnectionBadge({ connection }: { connection: Connection }) {
  const { state } = connection;
  const title =
    state === 'live'
      ? connection.transport === 'stream'
        ? 'Updates arrive as they happen'
        : 'Updates are fetched every two seconds: the stream is not available'
      : state === 'connecting'
        ? 'Waiting for the first data'
        : connection.reason;
  return (
    <span className="connection" data-state={state} role="status" title={title}>
      <span className="connection-dot" aria-hidden="true" />
      {WORDS[state]}
      <span className="visually-hidden">: {title}</span>
    </span>
  );
}
