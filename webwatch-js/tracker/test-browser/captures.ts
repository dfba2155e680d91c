// Long, since it has a test for each capture and each way of using a page.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Fixture } from './behaviours';
import { holds, openTracked } from './engine';
import type { Received } from './site';

const sum = (events: Received[], name: string) =>
  events.reduce((total, event) => total + (event[name] as number), 0);
const OUTSIDE = 'https://elsewhere.example';
const NO_NAVIGATION =
  '<script>addEventListener("click", (e) => e.preventDefault()); addEventListener("auxclick", (e) => e.preventDefault())</script>';

/** Each capture, in any engine. */
export function captures(of: Fixture): void {
  test('clicks_rageAndDead', async () => {
    const { engine, site } = of;
    await openTracked(
      engine,
      await site.page(
        '/clicks/dead',
        `<p id="dead" style="width:9em">dead</p><button id="live" onclick="this.textContent='x'">live</button>
         <my-card id="card" style="display:block;width:9em"></my-card>
         <script>
           const root = document.getElementById('card').attachShadow({ mode: 'open' });
           root.innerHTML = '<button id="in" style="width:9em">in</button>';
           root.firstChild.onclick = (event) => (event.target.textContent = 'done');
         </script>`,
      ),
    );
    await engine.click('#live');
    await engine.click('#card');
    await engine.click('#dead', { times: 3 });
    const clicks = await site.until('/clicks/dead', 'click', 5);
    const facts = clicks.map((event) => [event['element'], event['rage'], event['dead']]);
    expect(facts).toContainEqual(['#live', false, false]);
    expect(facts).toContainEqual(['#card>>>#in', false, false]);
    expect(facts.filter(([element]) => element === '#dead')).toEqual([
      ['#dead', false, true],
      ['#dead', false, true],
      ['#dead', true, true],
    ]);
  });

  test('clicks_ofEveryKindOfElementAndKey', async () => {
    const { engine, site } = of;
    await openTracked(
      engine,
      await site.page(
        '/clicks/kinds',
        `${NO_NAVIGATION}
         <button data-webwatch-name="buy" data-webwatch-label="Buy now" class="x">secret text</button>
         <div data-testid="tab" role="tab" style="width:9em">tab</div>
         <section><i style="display:block;width:9em">no name</i></section>
         <a id="out" href="${OUTSIDE}/x?token=secret"><b id="nested">out</b></a>
         <a id="mail" href="mailto:someone@secret.example">mail</a>
         <button id="control">c</button><button id="middle">m</button><button id="keyed">k</button>
         <svg width="50" height="50"><a id="svg" href="/svg"><rect id="rect" width="50" height="50"/></a></svg>
         <img id="map" src="/a.gif" width="50" height="50" usemap="#areas">
         <map name="areas"><area id="area" shape="rect" coords="0,0,50,50" href="/area"></map>
         <label id="label" for="box">label</label><input id="box" type="checkbox">`,
      ),
    );
    await engine.click('[data-webwatch-name]');
    await engine.click('[data-testid]');
    await engine.click('section i');
    await engine.click('#nested');
    await engine.click('#mail');
    await engine.click('#control', { control: true });
    await engine.click('#middle', { middle: true });
    await engine.evaluate("document.getElementById('keyed').focus()");
    await engine.press('Enter');
    await engine.click('#rect');
    await engine.click('#map');
    await engine.click('#label');
    const clicks = (await site.until('/clicks/kinds', 'click', 11)).sort((a, b) => a.time - b.time);
    const click = (element: string) => clicks.find((event) => event['element'] === element);
    const elements = clicks.map((event) => event['element']);
    expect(elements).toHaveLength(11);
    expect(new Set(elements)).toEqual(
      new Set([
        '[data-webwatch-name="buy"]',
        '[data-testid="tab"]',
        'html>body>section>i',
        ...['#out', '#mail', '#control', '#middle', '#keyed', '#svg', '#area', '#label'],
      ]),
    );
    expect(click('[data-webwatch-name="buy"]')).toMatchObject({ label: 'Buy now', tag: 'button' });
    expect(click('[data-testid="tab"]')).toMatchObject({ role: 'tab' });
    expect(click('#out')).toMatchObject({ href: OUTSIDE + '/x', outbound: true });
    expect(click('#mail')).toMatchObject({ href: 'mailto:' });
    expect(click('#svg')).toMatchObject({ href: site.origin + '/svg', outbound: false });
    expect(click('#area')).toMatchObject({ href: site.origin + '/area' });
    expect(click('#keyed')).not.toHaveProperty('x');
    expect(click('#control')!['x']).toBeGreaterThan(0);
    const box = await engine.evaluate(
      "(({ x, y, width, height }) => ({ x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) }))(document.getElementById('control').getBoundingClientRect())",
    );
    expect(click('#control')!['box']).toEqual(box);
    expect(JSON.stringify(clicks)).not.toContain('secret');
  });

  test('downloads_byExtensionAndByAttribute', async () => {
    const { engine, site } = of;
    await openTracked(
      engine,
      await site.page(
        '/downloads',
        `${NO_NAVIGATION}<a id="pdf" href="/files/Report.PDF?token=secret">Report</a><a id="page" href="#x">x</a>
         <a id="named" href="/files/raw?id=7" download="data.bin">Raw</a>`,
      ),
    );
    for (const id of ['pdf', 'page', 'named']) await engine.click('#' + id);
    await site.until('/downloads', 'click', 3);
    expect(await site.events('/downloads', 'download')).toMatchObject([
      { file: 'Report.PDF', extension: 'pdf', url: `${site.origin}/files/Report.PDF` },
      { file: 'data.bin', url: `${site.origin}/files/raw` },
    ]);
  });

  test('forms_startSubmitInvalidAndAbandon_withoutAnyValue', async () => {
    const { engine, site } = of;
    // No e-mail field: one whose @ the driver of WebKit does not type whole is rightly invalid.
    await openTracked(
      engine,
      await site.page(
        '/forms/all',
        `<form id="one" onsubmit="event.preventDefault()"><input name="email" required>
           <input name="pass" type="password"><input name="agree" type="checkbox"><button>Go</button></form>
         <form id="two"><input name="q"><textarea name="text"></textarea></form>`,
      ),
    );
    await engine.type('[name=pass]', 'hunter2');
    await engine.click('[name=agree]');
    await engine.click('#one button');
    await engine.type('[name=email]', 'someone@shop.example');
    await holds(engine.evaluate, "/example$/.test(document.querySelector('[name=email]').value)");
    await engine.press('Enter');
    await site.until('/forms/all', 'form_submit', 1);
    await engine.type('[name=text]', 'secret thoughts');
    await engine.open(await site.page('/elsewhere', 'x'));
    const [abandon] = await site.until('/forms/all', 'form_abandon', 1);
    expect(abandon).toMatchObject({ form: '#two', last_field: 'text' });
    const starts = await site.events('/forms/all', 'form_start');
    expect(starts.map((event) => event['form'])).toEqual(['#one', '#two']);
    expect(await site.events('/forms/all', 'form_invalid')).toMatchObject([
      { form: '#one', last_field: 'email' },
    ]);
    const submits = await site.events('/forms/all', 'form_submit');
    expect(submits).toMatchObject([{ form: '#one', last_field: 'email' }]);
    const fields = submits[0]!['fields'] as { name: string; changes: number; focus_ms: number }[];
    expect(fields.map(({ name, changes }) => [name, changes])).toEqual([
      ['pass', 1],
      ['agree', 1],
      ['email', 1],
    ]);
    expect(submits[0]!['duration_ms']).toBeGreaterThan(0);
    expect(JSON.stringify(await site.events('/forms/all'))).not.toMatch(/hunter2|someone|secret/);
  });

  test('forms_insertedLaterWithoutValidationAndWithAHandler', async () => {
    const { engine, site } = of;
    await openTracked(engine, await site.page('/forms/late', '<main></main>'));
    await engine.evaluate(`void (document.querySelector('main').innerHTML =
      '<form id="late" novalidate><input name="a" type="email" required><button>Go</button></form>')`);
    await engine.evaluate(
      "void document.getElementById('late').addEventListener('submit', (e) => { e.preventDefault(); e.stopImmediatePropagation(); })",
    );
    await engine.type('[name=a]', 'no address');
    await engine.press('Enter');
    const [submit] = await site.until('/forms/late', 'form_submit', 1);
    expect(submit).toMatchObject({ form: '#late', last_field: 'a' });
    await engine.evaluate("history.pushState(null, '', '/forms/late/next')");
    await site.until('/forms/late/next', 'page_view', 1);
    expect(await site.events('/forms/late', 'form_invalid')).toEqual([]);
    expect(await site.events('/forms/late', 'form_abandon')).toEqual([]);
  });

  test('media_quartersOnceAndWatchedTime', async () => {
    const { engine, site } = of;
    await openTracked(engine, await site.page('/media/audio', '<p>late</p>'));
    await engine.evaluate(`void (() => {
      const audio = document.createElement('audio');
      audio.muted = true;
      audio.src = '/tone.wav?token=secret';
      audio.addEventListener('ended', () => { audio.currentTime = 0.9; audio.play(); }, { once: true });
      document.body.append(audio);
      audio.play();
    })()`);
    await site.until('/media/audio', 'audio_complete', 2);
    const events = (await site.events('/media/audio')).filter(({ type }) => /^audio/.test(type));
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

  test('media_playersAreToldApart_andOneThatPlaysWhenThePageIsLeftIsPaused', async () => {
    const { engine, site } = of;
    await openTracked(
      engine,
      await site.page(
        '/media/two',
        `<video id="v" src="/tone.wav?v" muted data-webwatch-name="trailer"></video>
         <audio id="a" src="/tone.wav" muted loop></audio>`,
      ),
    );
    await engine.evaluate(`void (() => {
      const video = document.getElementById('v');
      video.addEventListener('timeupdate', () => video.currentTime > 0.6 && video.pause());
      video.play();
    })()`);
    await site.until('/media/two', 'video_pause', 1);
    await engine.evaluate("void document.getElementById('a').play()");
    await site.until('/media/two', 'audio_progress', 1);
    await engine.open(await site.page('/elsewhere', 'x'));
    const [left] = await site.until('/media/two', 'audio_pause', 1);
    expect(left).toMatchObject({ media: site.origin + '/tone.wav' });
    const video = (await site.events('/media/two')).filter(({ type }) => /^video/.test(type));
    expect(new Set(video.map((event) => event['media']))).toEqual(new Set(['trailer']));
    expect(video.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['video_play', 'video_progress', 'video_pause']),
    );
    expect(video.at(-1)).toMatchObject({ type: 'video_pause' });
  });

  test.each([
    [
      'youtube',
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
  ])('media_of%s_byItsMessages', async (provider, script) => {
    const { engine, site } = of;
    const path = '/embed-' + provider;
    await site.page(`/${provider}/embed/7`, `<script>${script}</script>`);
    // Of another origin, as theirs are; by its name the tracker leaves the player's own page alone.
    const address = site.origin.replace('127.0.0.1', 'localhost') + `/${provider}/embed/7`;
    await openTracked(
      engine,
      await site.page(
        path,
        `<iframe name="webwatch-frame" src="${address}?enablejsapi=1"></iframe>`,
      ),
    );
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
    const scripts = await engine.evaluate<string>(
      "[...document.scripts].map((script) => script.src).join(' ')",
    );
    expect(scripts).not.toMatch(/youtube|vimeo/);
  });

  test('images_onceSeenForASecond', async () => {
    const { engine, site } = of;
    await openTracked(
      engine,
      await site.page(
        '/images/all',
        `<img src="/a.gif?x=1" width="200" height="200"><div style="height:3000px"></div>
         <img id="far" loading="lazy" src="/b.gif" width="200" height="200"><img src="/a.gif" width="1" height="1">`,
      ),
    );
    const [first] = await site.until('/images/all', 'image_view', 1);
    expect(first).toMatchObject({ image: `${site.origin}/a.gif` });
    await engine.evaluate("document.getElementById('far').scrollIntoView()");
    await site.until('/images/all', 'image_view', 2);
    await engine.evaluate('scrollTo(0, 0)');
    await engine.evaluate(`void (() => {
      const late = new Image(100, 100);
      late.src = '/a.gif?late';
      late.dataset['webwatchName'] = 'late';
      document.body.prepend(late);
    })()`);
    const views = await site.until('/images/all', 'image_view', 3);
    expect(views.map((event) => event['image'])).toEqual([
      `${site.origin}/a.gif`,
      `${site.origin}/b.gif`,
      'late',
    ]);
  });

  // Firefox tells of what is in a hidden tab's window as of that in a shown one.
  test('images_ofAHiddenTab_countOnceItIsShown', async () => {
    const { engine, site } = of;
    await engine.open(await site.page('/elsewhere', 'x'));
    const show = await engine.openHidden(
      await site.page('/images/hidden', '<img src="/a.gif" width="200" height="200">'),
    );
    expect(await engine.evaluate('document.hidden')).toBe(true);
    await site.until('/images/hidden', 'page_view', 1);
    await engine.evaluate("webwatch('event', 'first')");
    await new Promise((done) => setTimeout(done, 1500));
    await engine.evaluate("webwatch('event', 'second')");
    await site.until('/images/hidden', 'custom', 2);
    expect(await site.events('/images/hidden', 'image_view')).toEqual([]);
    await show();
    await site.until('/images/hidden', 'image_view', 1);
  });

  test('movement_onTheDocumentAndOnWhatIsFixed', async () => {
    const { engine, site } = of;
    await openTracked(
      engine,
      await site.page(
        '/movement',
        `<div style="position:fixed;top:0;left:0;width:800px;height:96px"><b>menu</b></div><div style="height:3000px"></div>`,
      ),
    );
    await engine.evaluate('scrollTo(0, 640)');
    for (const [x, y] of [
      [80, 330],
      [400, 330],
      [400, 40],
    ] as const) {
      await engine.move(x, y);
      await new Promise((done) => setTimeout(done, 150));
    }
    await engine.open(await site.page('/elsewhere', 'x'));
    const moves = await site.until('/movement', 'mouse_move', 2);
    const cells = (fixed: boolean) =>
      moves.find((event) => event['fixed'] === fixed)!['cells'] as {
        column: number;
        row: number;
        dwell_ms: number;
      }[];
    const inOrder = cells(false).slice(-2);
    expect(inOrder.map(({ column, row }) => [column, row])).toEqual([
      [2, 30],
      [12, 30],
    ]);
    expect(inOrder[0]!.dwell_ms).toBeGreaterThanOrEqual(100);
    expect(cells(true)).toMatchObject([{ column: 12, row: 1 }]);
  });

  test('hover_whereItIsAskedFor', async () => {
    const { engine, site } = of;
    await openTracked(
      engine,
      await site.page(
        '/hover',
        `<style>p { margin: 0; height: 64px; width: 320px }</style>
         <p id="a" data-webwatch-hover>a <b style="margin-left:99px">b</b></p><p id="c">c</p>`,
      ),
    );
    await engine.move(20, 40);
    await new Promise((done) => setTimeout(done, 300));
    await engine.move(115, 20);
    await new Promise((done) => setTimeout(done, 250));
    await engine.move(20, 110);
    const [hover] = await site.until('/hover', 'hover', 1);
    expect(hover!['element']).toBe('#a');
    expect(hover!['hover_ms']).toBeGreaterThanOrEqual(500);
  });

  test('vitals_areThoseOfTheWebVitalsLibrary', async () => {
    const { engine, site } = of;
    const library = join(
      dirname(createRequire(import.meta.url).resolve('web-vitals')),
      'web-vitals.iife.js',
    );
    await site.file('/web-vitals.js', 'text/javascript', readFileSync(library));
    await openTracked(
      engine,
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
        '<script src="/web-vitals.js"></script><script>sessionStorage.clear(); for (const n of ["LCP","INP","CLS","FCP","TTFB"]) webVitals["on"+n](m => { sessionStorage[n] = m.value; sessionStorage[n+"r"] = m.rating }, { reportAllChanges: true })</script>',
      ),
    );
    await new Promise((done) => setTimeout(done, 900));
    await engine.click('#b');
    await new Promise((done) => setTimeout(done, 400));
    await engine.open(await site.page('/elsewhere', 'x'));
    const theirs = await engine.evaluate<{ [name: string]: string }>('({ ...sessionStorage })');
    const names = Object.keys(theirs).filter((name) => !/r$/.test(name));
    // What an engine does not measure, the library does not tell.
    expect(names).toEqual(expect.arrayContaining(['FCP', 'TTFB']));
    if (of.name === 'chromium') expect(names).toHaveLength(5);
    const vitals = await site.until('/vitals', 'web_vital', names.length);
    expect(vitals.map((event) => event['name']).sort()).toEqual(names.sort());
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
    const { engine, site } = of;
    await openTracked(
      engine,
      await site.page(
        '/errors',
        `<button id="b" onclick="throw new Error('no ${'https://a.example/x?token=secret'} there')">b</button>
         <img src="/missing.gif">`,
      ),
    );
    await engine.click('#b');
    await engine.click('#b');
    await engine.evaluate("void setTimeout(() => Promise.reject(new TypeError('rejected')))");
    const errors = await site.until('/errors', 'error', 2);
    expect(errors.map((event) => event['message'])).toEqual([
      expect.stringMatching(/^(Uncaught )?Error: no https:\/\/a\.example\/x there$/),
      'TypeError: rejected',
    ]);
    expect(errors[0]).toMatchObject({ source: `${site.origin}/errors` });
  });

  test('scrollDepth_ofAScrollRootAndOfLateContent', async () => {
    const { engine, site } = of;
    await openTracked(
      engine,
      await site.page(
        '/scroll/root',
        '<main style="position:fixed;inset:0;overflow:auto"><div style="height:10vh"></div><div style="height:990vh"></div></main>',
      ),
    );
    await engine.evaluate("document.querySelector('main').scrollTo(0, 4 * innerHeight)");
    const [root] = await site.until('/scroll/root', 'engagement', 1);
    expect(root!['scroll_depth']).toBe(50);

    await openTracked(engine, await site.page('/scroll/late', '<div id="d"></div>'));
    await engine.evaluate("void (document.getElementById('d').style.height = '1000vh')");
    await openTracked(engine, await site.page('/scroll/short', 'short'));
    const [late] = await site.until('/scroll/late', 'engagement', 1);
    expect(late!['scroll_depth']).toBe(10);
    await engine.open(await site.page('/elsewhere', 'x'));
    const [short] = await site.until('/scroll/short', 'engagement', 1);
    expect(short!['scroll_depth']).toBe(100);
  });

  test('engagement_beginsAnewWithEachView_andEndsWhenNothingIsTouched', async () => {
    const { engine, site } = of;
    await openTracked(
      engine,
      await site.page(
        '/engaged',
        '<div style="height:1000vh"></div>',
        // A clock that can be put forward.
        '<script>const clock = performance.now; window.skew = 0; performance.now = () => clock.call(performance) + skew</script>',
      ),
    );
    await engine.evaluate('scrollTo(0, 5 * innerHeight)');
    await site.until('/engaged', 'engagement', 1);
    await engine.evaluate("(scrollTo(0, 0), history.pushState(null, '', '/engaged/spa'))");
    await site.until('/engaged/spa', 'page_view', 1);
    await engine.move(50, 50);
    await engine.evaluate('void (skew += 200_000)');
    await engine.open(await site.page('/elsewhere', 'x'));
    await expect
      .poll(() => of.site.events('/engaged/spa', 'engagement').then((all) => sum(all, 'idle_ms')))
      .toBeGreaterThan(130_000);
    const spa = await site.events('/engaged/spa', 'engagement');
    expect(sum(spa, 'visible_ms')).toBeGreaterThan(200_000);
    expect(sum(spa, 'engaged_ms')).toBeLessThan(70_000);
    expect(sum(spa, 'engaged_ms')).toBeGreaterThanOrEqual(60_000);
    expect(Math.max(...spa.map((event) => event['scroll_depth'] as number))).toBeLessThan(20);
  });

  test('customEvents_byAttributeAndBeforeTheScriptIsThere', async () => {
    const { engine, site } = of;
    await openTracked(
      engine,
      await site.page(
        '/custom',
        '<button data-webwatch-event="buy" data-webwatch-sku="7"><b id="b">buy</b></button>',
        `<script>
          window.webwatch = window.webwatch || function () { (webwatch.q = webwatch.q || []).push(arguments) };
          webwatch('event', 'early', { total: 12.5, first: true, note: 'x', none: null });
        </script>`,
      ),
    );
    await engine.click('#b');
    const events = await site.until('/custom', 'custom', 2);
    expect(events.map(({ name, props }) => [name, props])).toEqual([
      ['early', { total: 12.5, first: true, note: 'x' }],
      ['buy', { sku: '7' }],
    ]);
  });

  test('ignoredSubtree_isNotSeen', async () => {
    const { engine, site } = of;
    await openTracked(
      engine,
      await site.page(
        '/ignored',
        `<style>[data-webwatch-ignore] { position: fixed; inset: 0 }</style>
         <div data-webwatch-ignore><form id="f"><input name="a"></form><button id="b">b</button>
         <img src="/a.gif" width="200" height="200"></div>`,
      ),
    );
    await engine.type('[name=a]', 'x');
    await engine.click('#b');
    await new Promise((done) => setTimeout(done, 1300));
    await engine.open(await site.page('/elsewhere', 'x'));
    await site.until('/ignored', 'engagement', 1);
    const types = (await site.events('/ignored')).map((event) => event.type);
    expect(types.filter((type) => /click|form|image|mouse/.test(type))).toEqual([]);
  });

  // WebKitGTK's driver has no fingers.
  if (of.name !== 'webkit') {
    test('movement_ofAFinger_countsWhileItTouches', async () => {
      const { engine, site } = of;
      await openTracked(
        engine,
        await site.page(
          '/touch',
          '<div style="position:absolute;inset:0;touch-action:none"></div>',
        ),
      );
      await engine.swipe([80, 80], [80, 240]);
      await holds(engine.evaluate, 'document.readyState === "complete"');
      await engine.open(await site.page('/elsewhere', 'x'));
      const [move] = await site.until('/touch', 'mouse_move', 1);
      const cells = move!['cells'] as { column: number; row: number; dwell_ms: number }[];
      expect(cells[0]).toMatchObject({ column: 2, row: 2 });
      expect(cells.reduce((sum, { dwell_ms }) => sum + dwell_ms, 0)).toBeLessThan(1000);
    });
  }
}
