import { getJson } from './http';

export type Metric =
  | 'events'
  | 'page_views'
  | 'visitors'
  | 'sessions'
  | 'clicks'
  | 'engaged_time'
  | 'session_duration'
  | 'bounce_rate'
  | 'pages_per_session';

export type Dimension =
  | 'path'
  | 'channel'
  | 'referrer'
  | 'utm_campaign'
  | 'device'
  | 'browser'
  | 'os'
  | 'country'
  | 'language'
  | 'name';

export type Interval = 'minute' | 'hour' | 'day' | 'week' | 'month';

/** A query to the history store. `from` (inclusive) and `to` (exclusive) are dates or date-times in `tz`. */
export interface Query {
  metrics: readonly Metric[];
  dimensions?: readonly Dimension[];
  filters?: readonly string[];
  interval?: Interval;
  from: string;
  to: string;
  tz: string;
  limit?: number;
  order?: Metric | 'time';
}

export interface Column {
  name: string;
  kind: 'time' | 'dimension' | 'metric';
  unit?: string;
}

export type Cell = string | number | null;

export interface QueryResult {
  columns: Column[];
  rows: Cell[][];
  from: string;
  to: string;
  time_zone: string;
  truncated: boolean;
  notes: string[];
  elapsed_ms: number;
}

export function getQuery(query: Query, signal?: AbortSignal): Promise<QueryResult> {
  return getJson<QueryResult>(queryAddress(query), signal);
}

/** The relative address of the answer to `query`; also used for CSV downloads. */
export function queryAddress(query: Query, format: 'json' | 'csv' = 'json'): string {
  const parameters = new URLSearchParams({ metrics: query.metrics.join(',') });
  if (query.dimensions?.length) {
    parameters.set('dimensions', query.dimensions.join(','));
  }
  for (const filter of query.filters ?? []) {
    parameters.append('filter', filter);
  }
  if (query.interval) {
    parameters.set('interval', query.interval);
  }
  parameters.set('from', query.from);
  parameters.set('to', query.to);
  parameters.set('tz', query.tz);
  if (query.limit !== undefined) {
    parameters.set('limit', String(query.limit));
  }
  if (query.order) {
    parameters.set('order', query.order);
  }
  if (format === 'csv') {
    parameters.set('format', 'csv');
  }
  return `api/query?${parameters.toString()}`;
}

/** The numbers in a column, in row order; null where there is none. */
export function numbersOf(result: QueryResult, column: string): (number | null)[] {
  const index = indexOf(result, column);
  return result.rows.map((row) => {
    const cell = row[index];
    return typeof cell === 'number' ? cell : null;
  });
}

/** The cells of a column as strings, in row order; empty where there is no value. */
export function textsOf(result: QueryResult, column: string): string[] {
  const index = indexOf(result, column);
  return result.rows.map((row) => {
    const cell = row[index];
    return cell === null || cell === undefined ? '' : String(cell);
  });
}

function indexOf(result: QueryResult, column: string): number {
  return result.columns.findIndex((candidate) => candidate.name === column);
}
