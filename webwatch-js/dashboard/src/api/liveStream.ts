import { getLive, type LiveSnapshot } from './live';
import { ApiError, messageOf } from './http';

export type Connection =
  | { state: 'connecting' }
  | { state: 'live'; transport: 'stream' | 'polling' }
  | { state: 'reconnecting'; reason: string }
  | { state: 'offline'; reason: string };

export interface LiveState {
  connection: Connection;
  snapshot: LiveSnapshot | null;
  /** Server clock minus this browser's clock, milliseconds. */
  clockSkewMillis: number;
}

const POLL_MILLIS = 2_000;
const MAX_WAIT_MILLIS = 15_000;
const RETRY_STREAM_MILLIS = 30_000;
/** The stream is silent while nothing changes. After this time, a poll checks whether the server is still there. */
const QUIET_MILLIS = 30_000;
const FAILURES_UNTIL_OFFLINE = 2;

/**
 * Keeps the latest live snapshot. It uses server-sent events, and polls while the stream is unavailable (a proxy that
 * buffers, too many streams, no EventSource). It runs only while it has listeners.
 *
 * An EventSource does not report why it failed. Therefore it is closed on its first error, a poll determines the reason,
 * and this class decides when to reconnect.
 */
export class LiveFeed {
  private current: LiveState = { connection: { state: 'connecting' }, snapshot: null, clockSkewMillis: 0 };
  private readonly listeners = new Set<() => void>();
  private source: EventSource | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private abort: AbortController | null = null;
  private failures = 0;
  private streamRetryAt = 0;

  readonly state = (): LiveState => this.current;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (this.listeners.size === 1) {
      this.start();
    }
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) {
        this.stop();
      }
    };
  };

  /** Reconnects immediately instead of waiting for the next attempt. */
  readonly retry = (): void => {
    if (this.listeners.size === 0) {
      return;
    }
    this.halt();
    this.failures = 0;
    this.connect();
  };

  private start(): void {
    window.addEventListener('online', this.retry);
    window.addEventListener('offline', this.deviceOffline);
    this.connect();
  }

  private stop(): void {
    window.removeEventListener('online', this.retry);
    window.removeEventListener('offline', this.deviceOffline);
    this.halt();
  }

  private halt(): void {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
    this.abort?.abort();
    this.abort = null;
  }

  private readonly deviceOffline = (): void => {
    this.halt();
    this.publish({ connection: { state: 'offline', reason: 'This device is offline.' } });
  };

  private connect(): void {
    if (typeof EventSource === 'undefined') {
      this.streamRetryAt = Number.POSITIVE_INFINITY;
      void this.poll();
      return;
    }
    const source = new EventSource('api/live/stream');
    this.source = source;
    source.addEventListener('live', (event: MessageEvent<string>) => {
      this.receive(JSON.parse(event.data) as LiveSnapshot, 'stream');
      this.later(QUIET_MILLIS, this.checkQuietStream);
    });
    source.addEventListener('bye', () => {
      this.streamFailed('The application is stopping.', 0);
    });
    source.addEventListener('error', () => {
      this.streamFailed('The connection was lost.', Date.now() + RETRY_STREAM_MILLIS);
    });
    // A buffering proxy opens the stream but delivers no data.
    this.later(POLL_MILLIS * 2, () => {
      this.streamFailed('The stream delivers no data.', Date.now() + RETRY_STREAM_MILLIS);
    });
  }

  private streamFailed(reason: string, retryAt: number): void {
    this.halt();
    this.streamRetryAt = retryAt;
    const { connection } = this.current;
    const polling = connection.state === 'live' && connection.transport === 'polling';
    if (!polling && connection.state !== 'offline') {
      this.publish({ connection: { state: 'reconnecting', reason } });
    }
    void this.poll();
  }

  private readonly checkQuietStream = async (): Promise<void> => {
    const abort = new AbortController();
    this.abort = abort;
    try {
      const snapshot = await getLive(abort.signal);
      this.receive(snapshot, 'stream');
      this.later(QUIET_MILLIS, this.checkQuietStream);
    } catch (error) {
      if (!abort.signal.aborted) {
        this.streamFailed(messageOf(error), 0);
      }
    }
  };

  private async poll(): Promise<void> {
    const abort = new AbortController();
    this.abort = abort;
    try {
      const snapshot = await getLive(abort.signal);
      const recovered = this.failures > 0;
      this.failures = 0;
      this.receive(snapshot, 'polling');
      if (recovered || Date.now() >= this.streamRetryAt) {
        this.connect();
      } else {
        this.later(POLL_MILLIS, () => this.poll());
      }
    } catch (error) {
      if (abort.signal.aborted) {
        return;
      }
      this.pollFailed(error);
    }
  }

  private pollFailed(error: unknown): void {
    this.failures++;
    const reason = messageOf(error);
    // Waiting does not help when access is denied; it may help when there is no response.
    const refused = error instanceof ApiError && error.status >= 400 && error.status < 500;
    const offline = refused || this.failures >= FAILURES_UNTIL_OFFLINE;
    this.publish({ connection: { state: offline ? 'offline' : 'reconnecting', reason } });
    const wait = Math.min(MAX_WAIT_MILLIS, POLL_MILLIS * 2 ** (this.failures - 1));
    this.later(wait, () => this.poll());
  }

  private later(millis: number, task: () => unknown): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void task(), millis);
  }

  private receive(snapshot: LiveSnapshot, transport: 'stream' | 'polling'): void {
    this.publish({
      connection: { state: 'live', transport },
      snapshot,
      clockSkewMillis: snapshot.time - Date.now(),
    });
  }

  private publish(change: Partial<LiveState>): void {
    this.current = { ...this.current, ...change };
    for (const listener of this.listeners) {
      listener();
    }
  }
}
