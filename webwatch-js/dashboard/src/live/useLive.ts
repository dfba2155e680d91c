import { useSyncExternalStore } from 'react';
import { LiveFeed, type LiveState } from '../api/liveStream';

// One connection for the whole page, shared by all components.
const feed = new LiveFeed();

export function useLive(): LiveState {
  return useSyncExternalStore(feed.subscribe, feed.state);
}

export const retryLive = feed.retry;
