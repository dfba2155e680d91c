import { getJson } from './http';
import type { Drop } from './status';

export interface LiveTotals {
  page_views: number;
  clicks: number;
  visitors: number;
  sessions: number;
  engaged_ms: number;
  events: number;
}

export interface MinuteCount {
  /** Start of the minute, epoch milliseconds. */
  time: number;
  page_views: number;
  visitors: number;
}

export interface TopPage {
  path: string;
  /** Visitors whose latest page this is. */
  visitors: number;
  /** Page views in the last five minutes. */
  page_views: number;
}

export interface RecentEvent {
  id: string;
  type: string;
  /** Epoch milliseconds. */
  time: number;
  visitor: string | null;
  path: string | null;
  title: string | null;
  device: string | null;
  browser: string | null;
  country: string | null;
  detail: string | null;
}

/** Current activity: `GET api/live`, and the `live` events of the stream. */
export interface LiveSnapshot {
  /** The server's clock, epoch milliseconds. */
  time: number;
  visitors_now: number;
  events_per_second: number;
  totals: LiveTotals;
  page_views_per_minute: MinuteCount[];
  top_pages: TopPage[];
  /** Newest first. */
  recent: RecentEvent[];
  dropped: Drop[];
}

export function getLive(signal?: AbortSignal): Promise<LiveSnapshot> {
  return getJson<LiveSnapshot>('api/live', signal);
}
