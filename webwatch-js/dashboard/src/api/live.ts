import { getJson } from './http';

export interface LiveTotals {
  pageViews: number;
  clicks: number;
  visitors: number;
  sessions: number;
  engagedMillis: number;
  events: number;
}

export interface MinuteCount {
  /** Start of the minute, epoch milliseconds. */
  time: number;
  pageViews: number;
  visitors: number;
}

export interface TopPage {
  path: string;
  visitors: number;
  pageViews: number;
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

/** What happens now: `GET api/live`, and the `live` events of the stream. */
export interface LiveSnapshot {
  /** The server's clock, epoch milliseconds. */
  time: number;
  visitorsNow: number;
  eventsPerSecond: number;
  totals: LiveTotals;
  pageViewsPerMinute: MinuteCount[];
  topPages: TopPage[];
  /** Newest first. */
  recent: RecentEvent[];
  dropped: Record<string, number>;
}

export function getLive(signal?: AbortSignal): Promise<LiveSnapshot> {
  return getJson<LiveSnapshot>('api/live', signal);
}
