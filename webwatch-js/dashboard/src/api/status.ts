import { getJson } from './http';

export type SinkState = 'starting' | 'running' | 'retrying' | 'closed';

export interface SinkStatus {
  name: string;
  state: SinkState;
  last_error: string | null;
  position: number;
  /** Number of batches that the sink has not written yet. */
  lag: number;
  written: number;
  rejected: number;
  retries: number;
}

export interface BufferStatus {
  used: number;
  capacity: number;
  used_bytes: number;
  max_bytes: number;
}

export interface JournalStatus {
  open: boolean;
  bytes: number;
  max_bytes: number;
  segments: number;
  last_error: string | null;
}

/**
 * - `lost`: an event that should have been kept is gone, unless the client sends it again.
 * - `refused`: a client sent something that the collector must not accept.
 * - `harmless`: nothing is missing, or the configuration asks for the drop.
 */
export type DropKind = 'lost' | 'refused' | 'harmless';

export interface Drop {
  reason: string;
  count: number;
  kind: DropKind;
  /** A clause without a full stop. */
  explanation: string;
}

/** State of the pipeline: `GET api/status`. */
export interface Status {
  version: string;
  /** ISO instant. */
  started_at: string;
  path: string;
  data_directory: string | null;
  buffer: BufferStatus;
  accepted: number;
  /** Only reasons with a count above zero. */
  dropped: Drop[];
  sinks: SinkStatus[];
  /** Events on disk that at least one sink has not accepted yet. */
  journal?: JournalStatus;
  /** Size of the files with the events that sinks rejected permanently. */
  dead_letter_bytes?: number;
  /** Name of the query store, or null when there is no history. */
  store: string | null;
  /** Which dependency to add when `store` is null. */
  hint: string | null;
  warnings: string[];
}

export function getStatus(signal?: AbortSignal): Promise<Status> {
  return getJson<Status>('api/status', signal);
}
