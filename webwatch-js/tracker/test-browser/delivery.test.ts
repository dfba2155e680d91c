import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launch } from './chromium';
import { doubled, Site } from './site';

let site: Site;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const errors: Error[] = [];

beforeAll(async () => {
  [site, browser] = await Promise.all([Site.start(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 800, height: 600 } });
  page = await context.newPage();
  page.on('pageerror', (error) => errors.push(error));
});
afterEach(async () => {
  await context.close();
  await site.answers();
  expect(errors).toEqual([]);
});

const kinds = async (path: string) =>
  (await site.events(path, 'page_view')).map((event) => [event['kind'], event.path]);

test('load_arrivesOnceWithItsContext', async () => {
  await page.goto((await site.page('/load', 'home')) + '?utm_source=mail&secret=1#part');
  const [view] = await site.until('/load', 'page_view', 1);
  expect(view).toMatchObject({
    kind: 'load',
    path: '/load',
    utm_source: 'mail',
    title: '/load',
    viewport_width: 800,
    viewport_height: 600,
    device: 'desktop',
  });
  expect(view!['load_ms']).toBeGreaterThan(0);
});

test('spa_pushBackAndForwardAreAPageViewEach', async () => {
  await page.goto(await site.page('/spa', 'app'));
  await site.until('/spa', 'page_view', 1);
  await page.evaluate(() => {
    history.pushState(null, '', '/spa/one');
    document.title = 'One';
  });
  const [, one] = await site.until('/spa', 'page_view', 2);
  expect(one).toMatchObject({ kind: 'spa', title: 'One' });
  await page.goBack();
  await page.goForward();
  await page.evaluate(() => {
    location.hash = 'part';
    history.replaceState({ scroll: 1 }, '', location.href);
  });
  await page.evaluate(() => history.replaceState(null, '', '/spa/two'));
  await site.until('/spa', 'page_view', 5);
  expect(await kinds('/spa')).toEqual([
    ['load', '/spa'],
    ['spa', '/spa/one'],
    ['spa', '/spa'],
    ['spa', '/spa/one'],
    ['spa', '/spa/two'],
  ]);
});

test('linkThatNavigates_itsClickArrivesOnce', async () => {
  await site.page('/link/next', 'next');
  await page.goto(
    await site.page('/link', '<a id="go" href="/link/next?q=secret"><b>Next</b></a>'),
  );
  await page.click('#go b');
  await page.waitForURL('**/link/next?q=secret');
  await site.until('/link', 'page_view', 2);
  const [click] = await site.until('/link', 'click', 1);
  expect(click).toMatchObject({
    element: '#go',
    tag: 'a',
    href: `${site.origin}/link/next`,
    path: '/link',
  });
  await site.until('/link', 'engagement', 1);
  expect(doubled(await site.events('/link'))).toEqual([]);
  expect(await site.events('/link', 'click')).toHaveLength(1);
});

test('formThatNavigates_arrivesOnce', async () => {
  await site.page('/form/done', 'done');
  await page.goto(
    await site.page(
      '/form',
      '<form id="f" action="/form/done"><input name="a"><button>Go</button></form>',
    ),
  );
  await page.fill('[name=a]', 'secret');
  await page.press('[name=a]', 'Enter');
  await page.waitForURL('**/form/done*');
  const [submit] = await site.until('/form', 'form_submit', 1);
  expect(submit).toMatchObject({ form: '#f', path: '/form' });
  expect(await site.events('/form', 'form_abandon')).toEqual([]);
});

test('tabThatIsClosed_itsLastEventsArriveOnce', async () => {
  await page.goto(
    await site.page('/close', '<button id="b">b</button><div style="height:5000px">'),
  );
  await site.until('/close', 'page_view', 1);
  await page.click('#b');
  await page.close();
  const [engagement] = await site.until('/close', 'engagement', 1);
  expect(engagement!['engaged_ms']).toBeGreaterThan(0);
  expect(engagement!['scroll_depth']).toBeGreaterThan(5);
  expect(engagement!['scroll_depth']).toBeLessThan(20);
  expect(await site.events('/close', 'click')).toHaveLength(1);
  expect(doubled(await site.events('/close'))).toEqual([]);
});

test('backToAPageOfTheCache_isARestoreWithAPageViewOfItsOwn', async () => {
  await site.page('/cache/two', 'two');
  await page.goto(await site.page('/cache/one', 'one'));
  await page.evaluate(() => Object.assign(window, { kept: true }));
  await page.goto(site.origin + '/cache/two');
  await site.until('/cache', 'page_view', 2);
  await page.goBack({ waitUntil: 'commit' });
  const views = await site.until('/cache', 'page_view', 3);
  expect(await page.evaluate(() => 'kept' in window)).toBe(true);
  expect(views.map((event) => event['kind'])).toEqual(['load', 'load', 'restore']);
  expect(new Set(views.map((event) => event.page_view)).size).toBe(3);
});

test('collectorThatFails_isAskedAgainAndHasEachEventOnce', async () => {
  await site.answers(503, 500);
  await page.goto(await site.page('/fails', 'home'));
  await page.evaluate(() => window.webwatch!('event', 'order', { total: 12.5, currency: 'EUR' }));
  const [order] = await site.until('/fails', 'custom', 1);
  expect(order).toMatchObject({ name: 'order', props: { total: 12.5, currency: 'EUR' } });
  expect(await site.events('/fails', 'page_view')).toHaveLength(1);
});

test('offline_thenOnline_everythingArrivesOnce', async () => {
  await page.goto(await site.page('/offline', 'home'));
  await site.until('/offline', 'page_view', 1);
  await context.setOffline(true);
  await page.evaluate(() => window.webwatch!('event', 'while-offline'));
  await page.waitForEvent('requestfailed');
  await page.evaluate(() => window.webwatch!('event', 'later'));
  await context.setOffline(false);
  await site.until('/offline', 'custom', 2);
  expect(doubled(await site.events('/offline'))).toEqual([]);
});

test('slowCollector_andAFastWayBack_countOnce', async () => {
  await site.page('/slow/two', 'two');
  await site.answers(2000);
  await page.goto(await site.page('/slow/one', 'one'));
  await page.goto(site.origin + '/slow/two');
  await page.goBack({ waitUntil: 'commit' });
  const views = await site.until('/slow', 'page_view', 3);
  expect(views).toHaveLength(3);
  expect(doubled(await site.events('/slow'))).toEqual([]);
});

test('moreThanABeaconTakes_isSplit', async () => {
  await page.goto(await site.page('/large', 'home'));
  await site.until('/large', 'page_view', 1);
  await page.evaluate(() => {
    for (let i = 0; i < 80; i++) window.webwatch!('event', 'e' + i, { text: '雪'.repeat(500) });
  });
  await site.until('/large', 'custom', 80);
  expect(doubled(await site.events('/large'))).toEqual([]);
});

test('twoTabs_tellTheirOwn', async () => {
  const address = await site.page('/tabs', '<button id="b">b</button>');
  const other = await context.newPage();
  await Promise.all([page.goto(address), other.goto(address)]);
  await page.click('#b');
  await site.until('/tabs', 'click', 1);
  await site.until('/tabs', 'page_view', 2);
  expect(await site.events('/tabs', 'click')).toHaveLength(1);
  expect(await site.events('/tabs', 'page_view')).toHaveLength(2);
});

test('scriptLoadedTwiceAndWrappedHistory_doNoHarm', async () => {
  await page.goto(
    await site.page('/twice', 'home', '<script defer src="/webwatch/ww.js?again"></script>'),
  );
  await page.evaluate(() => {
    const native = history.pushState.bind(history);
    history.pushState = (...args) => native(...args);
    history.pushState(null, '', '/twice/in');
  });
  await site.until('/twice', 'page_view', 2);
  expect(await kinds('/twice')).toEqual([
    ['load', '/twice'],
    ['spa', '/twice/in'],
  ]);
});

test('contentSecurityPolicy_ofTheOwnOrigin_suffices', async () => {
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') refused.push(message.text());
  });
  await page.goto(
    await site.page(
      '/csp',
      'home',
      '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; script-src \'self\'; img-src data:; connect-src \'self\'"><link rel="icon" href="data:,">',
    ),
  );
  await site.until('/csp', 'page_view', 1);
  expect(refused).toEqual([]);
});

test('pageThatReplacesNatives_seesNoError', async () => {
  await page.goto(
    await site.page(
      '/natives',
      '<button id="b">b</button>',
      `<script>
        const broken = () => { throw new Error('broken') };
        window.fetch = JSON.stringify = history.pushState = broken;
        window.Promise = undefined;
      </script>`,
    ),
  );
  await page.click('#b');
  await page.close();
});

test('frameOfTheDashboard_isSilent', async () => {
  await site.page('/framed', 'page');
  await page.goto(
    await site.page('/frames', '<iframe name="webwatch-frame" src="/framed"></iframe>'),
  );
  await site.until('/frames', 'page_view', 1);
  await page.close();
  await site.until('/frames', 'engagement', 1);
  expect(await site.events('/framed')).toEqual([]);
});
