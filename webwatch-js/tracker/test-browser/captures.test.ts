import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launch } from './chromium';
import { Site, tone } from './site';

let site: Site;
let browser: Browser;
let context: BrowserContext;
let page: Page;

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

beforeAll(async () => {
  [site, browser] = await Promise.all([Site.start(), launch()]);
  await site.file('/a.gif', 'image/gif', PIXEL);
  await site.file('/b.gif', 'image/gif', PIXEL);
  await site.file('/tone.wav', 'audio/wav', tone(2));
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 800, height: 600 } });
  page = await context.newPage();
});
afterEach(() => context.close());

test('clicks_rageAndDead', async () => {
  await page.goto(
    await site.page(
      '/clicks',
      `<p id="dead">dead</p><button id="live" onclick="this.textContent='x'">live</button>
       <my-card id="card"></my-card>
       <svg width="50" height="50"><a id="svg" href="/clicks/svg"><rect width="50" height="50"/></a></svg>
       <script>
         const root = document.getElementById('card').attachShadow({ mode: 'open' });
         root.innerHTML = '<button id="in">in</button>';
         root.firstChild.onclick = (event) => (event.target.textContent = 'done');
       </script>`,
    ),
  );
  await site.until('/clicks', 'page_view', 1);
  await page.click('#live');
  await page.click('#in');
  for (let i = 0; i < 3; i++) await page.click('#dead', { delay: 0 });
  await site.until('/clicks', 'click', 5);
  await page.click('#svg', { modifiers: ['Control'] });
  const clicks = await site.until('/clicks', 'click', 6);
  const facts = clicks.map((event) => [event['element'], event['rage'], event['dead']]);
  expect(facts).toContainEqual(['#live', false, false]);
  expect(facts).toContainEqual(['#card>>>#in', false, false]);
  expect(facts.filter(([element]) => element === '#dead')).toEqual([
    ['#dead', false, true],
    ['#dead', false, true],
    ['#dead', true, true],
  ]);
  expect(clicks.at(-1)).toMatchObject({ element: '#svg', href: `${site.origin}/clicks/svg` });
});

test('downloads_byExtensionAndByAttribute', async () => {
  await page.goto(
    await site.page(
      '/downloads',
      `<a id="pdf" href="/files/Report.PDF?token=secret">Report</a><a id="page" href="#x">x</a>
       <a id="named" href="/files/raw?id=7" download="data.bin">Raw</a>`,
    ),
  );
  await page.evaluate(() => document.addEventListener('click', (event) => event.preventDefault()));
  for (const id of ['pdf', 'page', 'named']) await page.click('#' + id);
  const downloads = await site.until('/downloads', 'download', 2);
  expect(downloads).toMatchObject([
    { file: 'Report.PDF', extension: 'pdf', url: `${site.origin}/files/Report.PDF` },
    { file: 'data.bin', url: `${site.origin}/files/raw` },
  ]);
});

test('forms_startSubmitInvalidAndAbandon_withoutAnyValue', async () => {
  await page.goto(
    await site.page(
      '/forms',
      `<form id="one" onsubmit="event.preventDefault()"><input name="email" type="email" required>
         <input name="pass" type="password"><select name="size"><option>s<option>m</select><button>Go</button></form>
       <form id="two"><input name="q"><textarea name="text"></textarea></form>`,
    ),
  );
  await page.fill('[name=pass]', 'hunter2');
  await page.selectOption('[name=size]', 'm');
  await page.click('#one button');
  await page.fill('[name=email]', 'someone@shop.example');
  await page.press('[name=email]', 'Enter');
  await page.fill('[name=text]', 'secret thoughts');
  await page.goto(await site.page('/elsewhere', 'x'));
  const [abandon] = await site.until('/forms', 'form_abandon', 1);
  expect(abandon).toMatchObject({ form: '#two', last_field: 'text' });
  expect((await site.events('/forms', 'form_start')).map((event) => event['form'])).toEqual([
    '#one',
    '#two',
  ]);
  expect(await site.events('/forms', 'form_invalid')).toMatchObject([
    { form: '#one', last_field: 'email' },
  ]);
  const submits = await site.events('/forms', 'form_submit');
  expect(submits).toHaveLength(1);
  expect(submits[0]).toMatchObject({ form: '#one', last_field: 'email' });
  const fields = submits[0]!['fields'] as { name: string; changes: number }[];
  expect(fields.map(({ name, changes }) => [name, changes])).toEqual([
    ['pass', 1],
    ['size', 1],
    ['email', 1],
  ]);
  expect(JSON.stringify(await site.events('/forms'))).not.toMatch(/hunter2|someone|secret/);
});

test('media_quartersOnceAndWatchedTime', async () => {
  await page.goto(await site.page('/media', '<p>late</p>'));
  await page.evaluate(async () => {
    const audio = document.createElement('audio');
    audio.src = '/tone.wav?token=secret';
    document.body.append(audio);
    const ended = () =>
      new Promise((done) => audio.addEventListener('ended', done, { once: true }));
    await Promise.all([ended(), audio.play()]);
    audio.currentTime = 0.9;
    await Promise.all([ended(), audio.play()]);
  });
  await site.until('/media', 'audio_complete', 2);
  const events = (await site.events('/media')).filter((event) => event.type.startsWith('audio'));
  expect(events.map((event) => [event.type, event['percent']])).toEqual([
    ['audio_play', undefined],
    ['audio_progress', 25],
    ['audio_progress', 50],
    ['audio_progress', 75],
    ['audio_complete', undefined],
    ['audio_play', undefined],
    ['audio_complete', undefined],
  ]);
  expect(events[4]).toMatchObject({ media: `${site.origin}/tone.wav`, duration_ms: 2000 });
  expect(Math.abs((events[4]!['watched_ms'] as number) - 2000)).toBeLessThan(300);
  expect(Math.abs((events[6]!['watched_ms'] as number) - 3100)).toBeLessThan(400);
});

test.each([
  [
    'youtube',
    'https://www.youtube.com/embed/abc',
    `addEventListener('message', (e) => {
       if (JSON.parse(e.data).event !== 'listening' || window.told) return;
       window.told = true;
       const say = (event, info) => parent.postMessage(JSON.stringify({ event, info }), '*');
       say('initialDelivery', { playerState: -1, currentTime: 0, duration: 4 });
       say('onStateChange', 1);
       say('infoDelivery', { playerState: 1 });
       say('infoDelivery', { currentTime: 1.1 });
       say('infoDelivery', { currentTime: 2.2 });
       say('infoDelivery', { playerState: 2 });
     });`,
  ],
  [
    'vimeo',
    'https://player.vimeo.com/video/7',
    `const asked = [];
     const say = (event, data) => parent.postMessage(JSON.stringify({ event, data }), '*');
     addEventListener('message', (e) => {
       const { method, value } = JSON.parse(e.data);
       if (method !== 'addEventListener' || asked.push(value) !== 4) return;
       say('play', { seconds: 0, duration: 4 });
       say('timeupdate', { seconds: 1.1, duration: 4 });
       say('timeupdate', { seconds: 2.2, duration: 4 });
       say('pause', { seconds: 2.2, duration: 4 });
     });`,
  ],
])('media_of%s_byItsMessages', async (provider, address, script) => {
  await context.route(new URL(address).origin + '/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<script>${script}</script>` }),
  );
  const path = '/embed-' + provider;
  await page.goto(await site.page(path, `<iframe src="${address}?enablejsapi=1"></iframe>`));
  await site.until(path, 'video_pause', 1);
  const events = (await site.events(path)).filter((event) => event.type.startsWith('video'));
  expect(events.map((event) => [event.type, event['percent']])).toEqual([
    ['video_play', undefined],
    ['video_progress', 25],
    ['video_progress', 50],
    ['video_pause', undefined],
  ]);
  expect(events[3]).toMatchObject({
    provider,
    media: address,
    watched_ms: 2200,
    duration_ms: 4000,
  });
  expect(await page.locator('script[src*="youtube"],script[src*="vimeo"]').count()).toBe(0);
});

test('images_onceSeenForASecond', async () => {
  await page.goto(
    await site.page(
      '/images',
      `<img src="/a.gif?x=1" width="200" height="200"><div style="height:3000px"></div>
       <img id="far" loading="lazy" src="/b.gif" width="200" height="200"><img src="/a.gif" width="1" height="1">`,
    ),
  );
  const [first] = await site.until('/images', 'image_view', 1);
  expect(first).toMatchObject({ image: `${site.origin}/a.gif` });
  await page.evaluate(() => document.getElementById('far')!.scrollIntoView());
  await site.until('/images', 'image_view', 2);
  await page.evaluate(() => scrollTo(0, 0));
  await page.evaluate(() => {
    const late = new Image(100, 100);
    late.src = '/a.gif?late';
    late.dataset['webwatchName'] = 'late';
    document.body.prepend(late);
  });
  const views = await site.until('/images', 'image_view', 3);
  expect(views.map((event) => event['image'])).toEqual([
    `${site.origin}/a.gif`,
    `${site.origin}/b.gif`,
    'late',
  ]);
});

test('movement_onTheDocumentAndOnWhatIsFixed', async () => {
  await page.goto(
    await site.page(
      '/movement',
      `<div style="position:fixed;top:0;left:0;width:800px;height:96px"><b>menu</b></div><div style="height:3000px"></div>`,
    ),
  );
  await page.evaluate(() => scrollTo(0, 640));
  for (const [x, y] of [
    [80, 330],
    [400, 330],
    [400, 40],
  ] as const) {
    await page.mouse.move(x, y);
    await page.waitForTimeout(120);
  }
  await page.goto(await site.page('/elsewhere', 'x'));
  const moves = await site.until('/movement', 'mouse_move', 2);
  const cells = (fixed: boolean) =>
    moves.find((event) => event['fixed'] === fixed)!['cells'] as {
      column: number;
      row: number;
      dwell_ms: number;
    }[];
  expect(cells(false).map(({ column, row }) => [column, row])).toEqual([
    [2, 30],
    [12, 30],
  ]);
  expect(cells(false)[0]!.dwell_ms).toBeGreaterThanOrEqual(100);
  expect(cells(true)).toMatchObject([{ column: 12, row: 1 }]);
});

test('hover_whereItIsAskedFor', async () => {
  await page.goto(
    await site.page('/hover', '<p id="a" data-webwatch-hover>a<b>b</b></p><p id="c">c</p>'),
  );
  await page.hover('#a');
  await page.waitForTimeout(300);
  await page.hover('#a b');
  await page.waitForTimeout(200);
  await page.hover('#c');
  const [hover] = await site.until('/hover', 'hover', 1);
  expect(hover!['element']).toBe('#a');
  expect(hover!['hover_ms']).toBeGreaterThanOrEqual(500);
});

test('vitals_areThoseOfTheWebVitalsLibrary', async () => {
  const library = join(
    dirname(createRequire(import.meta.url).resolve('web-vitals')),
    'web-vitals.iife.js',
  );
  await site.file('/web-vitals.js', 'text/javascript', readFileSync(library));
  await page.goto(
    await site.page(
      '/vitals',
      `<h1 style="font-size:60px">Large</h1><button id="b">b</button><div id="space"></div><p>moves</p>
       <script>
         document.getElementById('b').onclick = () => {
           const end = performance.now() + 120;
           while (performance.now() < end);
         };
         setTimeout(() => (document.getElementById('space').style.height = '200px'), 300);
       </script>`,
      '<script src="/web-vitals.js"></script><script>window.said = {}; for (const n of ["LCP","INP","CLS","FCP","TTFB"]) webVitals["on"+n](m => { said[n] = m.value; sessionStorage[n] = m.value; sessionStorage[n+"r"] = m.rating }, { reportAllChanges: true })</script>',
    ),
  );
  await page.waitForTimeout(900);
  await page.click('#b');
  await page.waitForTimeout(400);
  await page.goto(await site.page('/elsewhere', 'x'));
  const vitals = await site.until('/vitals', 'web_vital', 5);
  const theirs = await page.evaluate(() => ({ ...sessionStorage }));
  expect(vitals.map((event) => event['name']).sort()).toEqual(['CLS', 'FCP', 'INP', 'LCP', 'TTFB']);
  for (const { name, value, rating } of vitals as unknown as {
    name: string;
    value: number;
    rating: string;
  }[]) {
    expect(value, name).toBeCloseTo(Number(theirs[name]), 2);
    expect(rating).toBe(theirs[name + 'r']);
  }
});

test('errors_onceEachAndWithoutQueries', async () => {
  await page.goto(
    await site.page(
      '/errors',
      `<button id="b" onclick="throw new Error('no ${'https://a.example/x?token=secret'} there')">b</button>
       <img src="/missing.gif">`,
    ),
  );
  await page.click('#b');
  await page.click('#b');
  await page.evaluate(() => void Promise.reject(new TypeError('rejected')));
  const errors = await site.until('/errors', 'error', 2);
  expect(errors.map((event) => event['message'])).toEqual([
    'Uncaught Error: no https://a.example/x there',
    'TypeError: rejected',
  ]);
  expect(errors[0]).toMatchObject({ source: `${site.origin}/errors` });
});

test('scrollDepth_ofAScrollRootAndOfLateContent', async () => {
  await page.goto(
    await site.page(
      '/scroll/root',
      '<main style="position:fixed;inset:0;overflow:auto"><div style="height:6000px"></div></main>',
    ),
  );
  await site.until('/scroll/root', 'page_view', 1);
  await page.evaluate(() => document.querySelector('main')!.scrollTo(0, 2400));
  const [root] = await site.until('/scroll/root', 'engagement', 1);
  expect(root!['scroll_depth']).toBe(50);

  await page.goto(await site.page('/scroll/late', '<div id="d"></div>'));
  await site.until('/scroll/late', 'page_view', 1);
  await page.evaluate(() => (document.getElementById('d')!.style.height = '6000px'));
  await page.goto(await site.page('/scroll/short', 'short'));
  const [late] = await site.until('/scroll/late', 'engagement', 1);
  expect(late!['scroll_depth']).toBe(10);
  await page.goto('about:blank');
  const [short] = await site.until('/scroll/short', 'engagement', 1);
  expect(short!['scroll_depth']).toBe(100);
});

test('ignoredSubtree_isNotSeen', async () => {
  await page.goto(
    await site.page(
      '/ignored',
      `<div data-webwatch-ignore><form id="f"><input name="a"></form><button id="b">b</button>
       <img src="/a.gif" width="200" height="200"></div>`,
    ),
  );
  await page.fill('[name=a]', 'x');
  await page.click('#b');
  await page.waitForTimeout(1300);
  await page.goto(await site.page('/elsewhere', 'x'));
  await site.until('/ignored', 'engagement', 1);
  expect((await site.events('/ignored')).map((event) => event.type)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/click|form|image|mouse/)]),
  );
});
