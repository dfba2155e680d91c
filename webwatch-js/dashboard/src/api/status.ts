import { getJson } from './http';

export type SinkState = 'starting' | 'running' | 'retrying' | 'closed';

export interface SinkStatus {
  name: string;
  state: SinkState;
  lastError: string | null;
  position: number;
  /** Batches that the sink has still to write. */
  lag: number;
  written: number;
  rejected: number;
  retries: number;
}

export interface BufferStatus {
  used: number;
  capacity: number;
  usedBytes: number;
  maxBytes: number;
}

export interface JournalStatus {
  open: boolean;
  bytes: number;
  maxBytes: number;
  segments: number;
  lastError: string | null;
}

/** State of the pipeline: `GET api/status`. */
export interface Status {
  version: string;
  /** ISO instant. */
  startedAt: string;
  path: string;
  dataDirectory: string | null;
  buffer: BufferStatus;
  accepted: number;
  dropped: Record<string, number>;
  sinks: SinkStatus[];
  /** What sinks have not taken yet and that is kept on disk. */
  journal?: JournalStatus;
  /** Size of the files of events that sinks refused for good. */
  deadLetterBytes?: number;
  /** Name of the query store, or null when there is no history. */
  store: string | null;
  /** Which dependency to add when `store` is null. */
  hint: string | null;
  warnings: string[];
}

export function getStatus(signal?: AbortSignal): Promise<Status> {
  return getJson<Status>('api/status', signal);
}
