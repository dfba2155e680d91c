import type { LiveSnapshot, RecentEvent } from '../api/live';
import type { Status } from '../api/status';

export const NOW = Date.UTC(2026, 0, 31, 12, 0, 30);

export function snapshot(change: Partial<LiveSnapshot> = {}): LiveSnapshot {
  return {
    time: NOW,
    visitors_now: 3,
    events_per_second: 1.4,
    totals: {
      page_views: 1234,
      clicks: 40,
      visitors: 30,
      sessions: 20,
      engaged_ms: 1_300_000,
      events: 2000,
    },
    page_views_per_minute: Array.from({ length: 30 }, (_, index) => ({
      time: Math.floor(NOW / 60_000 - 29 + index) * 60_000,
      page_views: index,
      visitors: 1,
    })),
    top_pages: [{ path: '/products', visitors: 2, page_views: 5 }],
    recent: [recentEvent()],
    dropped: [],
    ...change,
  };
}

export function recentEvent(change: Partial<RecentEvent> = {}): RecentEvent {
  return {
    id: 'view-1',
    type: 'page_view',
    time: NOW - 5_000,
    visitor: 'visitor-1',
    path: '/products',
    title: 'Products',
    device: 'desktop',
    browser: 'Chrome',
    country: null,
    detail: 'load',
    ...change,
  };
}

export function status(change: Partial<Status> = {}): Status {
  return {
    version: '0.1.0',
    started_at: '2026-01-31T00:00:00Z',
    path: '/webwatch',
    data_directory: '/srv/shop/webwatch-data',
    buffer: { used: 0, capacity: 65_536, used_bytes: 0, max_bytes: 16_777_216 },
    accepted: 1204,
    dropped: [],
    sinks: [
      {
        name: 'duckdb',
        state: 'running',
        last_error: null,
        position: 120,
        lag: 0,
        written: 1204,
        rejected: 0,
        retries: 0,
      },
    ],
    store: 'duckdb',
    hint: null,
    warnings: [],
    ...change,
  };
}

export function jsonResponse(body: unknown, init: ResponseInit = {}): Response {
  return new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json' }, ...init });
}

export function problemResponse(statusCode: number, problem: object): Response {
  return new Response(JSON.stringify(problem), {
    status: statusCode,
    headers: { 'Content-Type': 'application/problem+json' },
  });
}
