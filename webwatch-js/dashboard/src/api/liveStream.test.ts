import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { jsonResponse, problemResponse, snapshot } from '../test/fixtures';
import { LiveFeed } from './liveStream';

class FakeEventSource extends EventTarget {
  static opened: FakeEventSource[] = [];
  closed = false;

  constructor(readonly url: string) {
    super();
    FakeEventSource.opened.push(this);
  }

  close() {
    this.closed = true;
  }

  send(visitors_now: number) {
    const data = JSON.stringify(snapshot({ visitors_now, time: Date.now() + 5_000 }));
    this.dispatchEvent(new MessageEvent('live', { data }));
  }

  fail() {
    this.dispatchEvent(new Event('error'));
  }
}

const fetchFake = vi.fn<typeof fetch>();
let feed: LiveFeed;
let leave: () => void;

const streams = () => FakeEventSource.opened;
const newestStream = () => {
  const stream = streams().at(-1);
  if (!stream) {
    throw new Error('No stream was opened.');
  }
  return stream;
};
const passTime = (millis: number) => vi.advanceTimersByTimeAsync(millis);
const pollsAnswer = (visitors_now: number) =>
  fetchFake.mockImplementation(() => Promise.resolve(jsonResponse(snapshot({ visitors_now }))));
const serverIsDown = () =>
  fetchFake.mockImplementation(() => Promise.reject(new TypeError('Failed to fetch')));

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', FakeEventSource);
  vi.stubGlobal('fetch', fetchFake);
  fetchFake.mockReset();
  FakeEventSource.opened = [];
  feed = new LiveFeed();
  leave = feed.subscribe(() => undefined);
});

afterEach(() => {
  leave();
  vi.useRealTimers();
});

describe('live feed', () => {
  it('shows what the stream delivers, without polling', () => {
    expect(feed.state().connection.state).toBe('connecting');
    newestStream().send(7);
    expect(newestStream().url).toBe('api/live/stream');
    expect(feed.state()).toMatchObject({
      connection: { state: 'live', transport: 'stream' },
      clockSkewMillis: 5_000,
    });
    expect(feed.state().snapshot?.visitors_now).toBe(7);
    expect(fetchFake).not.toHaveBeenCalled();
  });

  it('falls back to polling when the stream fails', async () => {
    pollsAnswer(4);
    newestStream().fail();
    expect(feed.state().connection.state).toBe('reconnecting');
    await passTime(0);
    expect(feed.state()).toMatchObject({ connection: { state: 'live', transport: 'polling' } });
    expect(feed.state().snapshot?.visitors_now).toBe(4);
    expect(newestStream().closed).toBe(true);
    pollsAnswer(5);
    await passTime(2_000);
    expect(feed.state().snapshot?.visitors_now).toBe(5);
  });

  it('returns to the stream after polling for a while, without flickering', async () => {
    pollsAnswer(4);
    newestStream().fail();
    await passTime(33_000);
    expect(streams()).toHaveLength(2);
    expect(feed.state().connection.state).toBe('live');
    newestStream().send(9);
    expect(feed.state().connection).toEqual({ state: 'live', transport: 'stream' });
  });

  it('polls when the stream opens but delivers nothing', async () => {
    pollsAnswer(4);
    await passTime(4_000);
    expect(feed.state().connection).toEqual({ state: 'live', transport: 'polling' });
  });

  it('polls when the browser has no EventSource', async () => {
    leave();
    vi.stubGlobal('EventSource', undefined);
    pollsAnswer(2);
    feed = new LiveFeed();
    leave = feed.subscribe(() => undefined);
    await passTime(0);
    expect(feed.state().connection).toEqual({ state: 'live', transport: 'polling' });
  });

  it('is offline with a reason after two failed polls, and keeps the last figures', async () => {
    newestStream().send(7);
    serverIsDown();
    newestStream().fail();
    await passTime(0);
    expect(feed.state().connection.state).toBe('reconnecting');
    await passTime(2_000);
    expect(feed.state().connection).toEqual({ state: 'offline', reason: 'The server cannot be reached.' });
    expect(feed.state().snapshot?.visitors_now).toBe(7);
  });

  it('opens a new stream as soon as the server is back', async () => {
    serverIsDown();
    newestStream().fail();
    await passTime(2_000);
    pollsAnswer(3);
    await passTime(4_000);
    expect(streams()).toHaveLength(2);
    expect(feed.state().connection.state).toBe('live');
  });

  it('waits longer after each attempt, up to 15 seconds', async () => {
    serverIsDown();
    newestStream().fail();
    await passTime(2_000 + 4_000 + 8_000);
    expect(fetchFake).toHaveBeenCalledTimes(4);
    await passTime(15_000);
    expect(fetchFake).toHaveBeenCalledTimes(5);
    await passTime(15_000);
    expect(fetchFake).toHaveBeenCalledTimes(6);
  });

  it('is offline immediately when the server denies access', async () => {
    const refusal = { detail: 'The role is not set: webwatch.dashboard.role.' };
    fetchFake.mockImplementation(() => Promise.resolve(problemResponse(403, refusal)));
    newestStream().fail();
    await passTime(0);
    expect(feed.state().connection).toEqual({ state: 'offline', reason: refusal.detail });
  });

  it('reconnects after the server ends the stream', async () => {
    pollsAnswer(1);
    newestStream().send(7);
    newestStream().dispatchEvent(new Event('bye'));
    expect(feed.state().connection).toEqual({
      state: 'reconnecting',
      reason: 'The application is stopping.',
    });
    await passTime(0);
    expect(streams()).toHaveLength(2);
  });

  it('checks a stream after a long silence, and keeps it open if the server responds', async () => {
    newestStream().send(7);
    pollsAnswer(6);
    await passTime(30_000);
    expect(fetchFake).toHaveBeenCalledTimes(1);
    expect(streams()).toHaveLength(1);
    expect(feed.state().connection).toEqual({ state: 'live', transport: 'stream' });
    expect(feed.state().snapshot?.visitors_now).toBe(6);
  });

  it('detects that a silent stream is dead', async () => {
    newestStream().send(7);
    serverIsDown();
    await passTime(30_000);
    await passTime(2_000);
    expect(feed.state().connection.state).toBe('offline');
    expect(newestStream().closed).toBe(true);
  });

  it('reports that the device is offline, and reconnects as soon as it is online again', () => {
    newestStream().send(7);
    window.dispatchEvent(new Event('offline'));
    expect(feed.state().connection).toEqual({ state: 'offline', reason: 'This device is offline.' });
    window.dispatchEvent(new Event('online'));
    expect(streams()).toHaveLength(2);
  });

  it('shares one stream among all listeners and closes it when the last one leaves', () => {
    const leaveSecond = feed.subscribe(() => undefined);
    expect(streams()).toHaveLength(1);
    leaveSecond();
    expect(newestStream().closed).toBe(false);
    leave();
    expect(newestStream().closed).toBe(true);
  });

  it('does nothing after the last listener has left', async () => {
    serverIsDown();
    newestStream().fail();
    leave();
    const calls = fetchFake.mock.calls.length;
    await passTime(60_000);
    expect(fetchFake).toHaveBeenCalledTimes(calls);
    expect(streams()).toHaveLength(1);
  });
});
