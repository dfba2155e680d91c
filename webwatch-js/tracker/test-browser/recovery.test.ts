// Recovery from responses of the collector, and pages and media that are difficult to capture; only in Chromium.
import type { HTTPRequest } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { chromium, type Driven } from './puppeteer';
import { duplicates, Site, tone } from './site';

let engine: Driven;
let site: Site;
let seen: { status: number; at: number }[] = [];
const errors: unknown[] = [];

beforeAll(async () => {
  [site, engine] = await Promise.all([Site.start(), chromium()]);
});
afterAll(async () => {
  await engine?.quit();
  await site?.stop();
});
beforeEach(() => {
  seen = [];
  engine.page.on('pageerror', (error) => errors.push(error));
  engine.page.on('response', (response) => {
    if (response.url().endsWith('/webwatch/events')) {
      seen.push({ status: response.status(), at: Date.now() });
    }
  });
});
afterEach(async () => {
  await engine.closeTab();
  expect(errors).toEqual([]);
});

test('a collector with a lower limit gets smaller batches and each event once', async () => {
  const small = await Site.start('webwatch.collector.max-body-size=2KB');
  try {
    await engine.open(await small.page('/smaller', 'home'));
    await small.until('/smaller', 'page_view', 1);
    await engine.page.evaluate(() => {
      for (let i = 0; i < 40; i++) window.webwatch!('event', 'e' + i, { text: 'x'.repeat(80) });
    });
    const events = await small.until('/smaller', 'custom', 40);
    expect(new Set(events.map((event) => event['name'])).size).toBe(40);
    expect(duplicates(events)).toEqual([]);
    expect(await engine.page.evaluate(() => window.webwatch!.dropped)).toBe(0);
    expect(seen.map(({ status }) => status)).toContain(413);
  } finally {
    await small.stop();
  }
}, 30_000);

test('a busy collector is not called before Retry-After', async () => {
  await engine.open(await site.page('/busy', 'home'));
  await site.until('/busy', 'page_view', 1);
  let busy = true;
  const answer = (request: HTTPRequest) => {
    const refused = busy && request.url().endsWith('/webwatch/events');
    if (refused) busy = false;
    void (refused
      ? request.respond({ status: 503, headers: { 'Retry-After': '4' } })
      : request.continue());
  };
  engine.page.on('request', answer);
  await engine.page.setRequestInterception(true);
  await engine.evaluate("webwatch('event', 'late')");
  const [late] = await site.until('/busy', 'custom', 1);
  expect(late).toMatchObject({ name: 'late' });
  // The driver may report a response after the event has arrived.
  await expect.poll(() => seen.map(({ status }) => status)).toEqual([204, 503, 204]);
  // The jitter at most doubles the delay.
  expect(seen[2]!.at - seen[1]!.at).toBeGreaterThanOrEqual(3950);
  expect(seen[2]!.at - seen[1]!.at).toBeLessThan(9500);
}, 30_000);

test('each navigation through the Navigation API counts once', async () => {
  await engine.open(await site.page('/router', 'app'));
  await site.until('/router', 'page_view', 1);
  await engine.page.evaluate(async () => {
    interface Navigate extends Event {
      readonly canIntercept: boolean;
      intercept(options: { handler(): Promise<void> }): void;
    }
    const { navigation } = window as unknown as {
      navigation: EventTarget & {
        navigate(address: string, options?: object): { finished: Promise<unknown> };
        back(): { finished: Promise<unknown> };
      };
    };
    navigation.addEventListener('navigate', (event) =>
      (event as Navigate).intercept({
        handler: async () => {
          document.title = location.pathname;
        },
      }),
    );
    await navigation.navigate('/router/one').finished;
    await navigation.navigate('/router/two').finished;
    await navigation.back().finished;
    await navigation.navigate('/router/three', { history: 'replace' }).finished;
    history.pushState(null, '', '/router/four');
    await navigation.navigate('/router/four#part').finished;
  });
  await site.until('/router', 'page_view', 6);
  await engine.closeTab();
  await site.until('/router', 'engagement', 1);
  expect(
    (await site.events('/router', 'page_view')).map((event) => [event['kind'], event.path]),
  ).toEqual([
    ['load', '/router'],
    ['spa', '/router/one'],
    ['spa', '/router/two'],
    ['spa', '/router/one'],
    ['spa', '/router/three'],
    ['spa', '/router/four'],
  ]);
});

test('a link handled by an intercepting router is a page view', async () => {
  await engine.open(
    await site.page(
      '/links',
      `<a id="a" href="/links/one">one</a>
       <script>navigation.addEventListener('navigate', (event) => event.intercept({ handler: async () => {} }))</script>`,
    ),
  );
  await site.until('/links', 'page_view', 1);
  await engine.click('#a');
  const [, one] = await site.until('/links', 'page_view', 2);
  expect(one).toMatchObject({ kind: 'spa', path: '/links/one' });
});

test('a stream is identified by its selector', async () => {
  await engine.open(
    await site.page('/stream', '<video id="camera" muted playsinline></video><canvas id="c">'),
  );
  await engine.page.evaluate(async () => {
    const canvas = document.getElementById('c') as HTMLCanvasElement;
    const context = canvas.getContext('2d')!;
    setInterval(() => context.fillRect(Math.random() * 99, 0, 9, 9), 30);
    const video = document.getElementById('camera') as HTMLVideoElement;
    video.srcObject = canvas.captureStream(20);
    await video.play();
    await new Promise((done) => setTimeout(done, 700));
    video.pause();
  });
  const [pause] = await site.until('/stream', 'video_pause', 1);
  expect(pause).toMatchObject({ media: '#camera', provider: 'html5' });
  expect(pause!['watched_ms']).toBeGreaterThan(300);
  expect(await site.events('/stream', 'video_play')).toHaveLength(1);
});

test('audio in a shadow tree is captured once the pointer was there', async () => {
  await site.file('/tone.wav', 'audio/wav', tone(2));
  await engine.open(
    await site.page(
      '/shadow',
      `<my-player id="p"></my-player><script>
         const root = document.getElementById('p').attachShadow({ mode: 'open' });
         root.innerHTML = '<button>play</button><audio src="/tone.wav"></audio>';
         root.firstChild.onclick = () => root.lastChild.play();
       </script>`,
    ),
  );
  await site.until('/shadow', 'page_view', 1);
  await engine.page.click('#p >>> button');
  const [complete] = await site.until('/shadow', 'audio_complete', 1);
  expect(complete).toMatchObject({ media: `${site.origin}/tone.wav`, duration_ms: 2000 });
  expect((await site.events('/shadow', 'audio_progress')).map((event) => event['percent'])).toEqual(
    [25, 50, 75],
  );
});
