import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launch } from './chromium';
import { Site } from './site';

let browser: Browser;
let page: Page;
let site: Site | undefined;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  page = await browser.newPage();
});
afterEach(async () => {
  await page.close();
  await site?.stop();
});

test('core_isServedWhereItSuffices_andDoesItsPart', async () => {
  site = await Site.start('webwatch.tracker.capture=engagement,events');
  const script = page.waitForResponse('**/ww.js?v=*');
  await page.goto(
    await site.page(
      '/core',
      '<button id="b" data-webwatch-event="buy" data-webwatch-sku="7">b</button>',
    ),
  );
  expect((await (await script).body()).length).toBeLessThan(5000);
  expect((await script).headers()['cache-control']).toContain('immutable');
  await page.click('#b');
  await page.evaluate(() => history.pushState(null, '', '/core/in'));
  const [event] = await site.until('/core', 'custom', 1);
  expect(event).toMatchObject({ name: 'buy', props: { sku: '7' } });
  expect((await site.until('/core', 'page_view', 2)).map((view) => view['kind'])).toEqual([
    'load',
    'spa',
  ]);
  await site.until('/core', 'engagement', 1);
  expect(await site.events('/core', 'click')).toEqual([]);
});

test('consentAndStorage_oneViewOnOptIn_nothingAfterOptOut', async () => {
  site = await Site.start('webwatch.tracker.consent=required', 'webwatch.privacy.identity=storage');
  await page.goto(await site.page('/consent', '<button id="b">b</button>'));
  await page.click('#b');
  await page.reload();
  await page.evaluate(() => window.webwatch!('consent', true));
  const [view] = await site.until('/consent', 'page_view', 1);
  expect(await page.evaluate(() => localStorage['webwatch'] as string)).toMatch(/^\w{24}$/);
  // Known by the stored id, from the start of the next page.
  await page.reload();
  const views = await site.until('/consent', 'page_view', 2);
  expect(views[1]!['visitor']).toBe(view!['visitor']);
  await page.evaluate(() => window.webwatch!('consent', false));
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  await page.click('#b');
  await page.reload();
  await page.goto('about:blank');
  expect(await site.events('/consent', 'click')).toEqual([]);
  expect(await site.events('/consent', 'page_view')).toHaveLength(2);
});

test('includeAndExclude_holdForNavigationWithinThePage', async () => {
  site = await Site.start('webwatch.tracker.exclude=/in/private*');
  await page.goto(await site.page('/in', 'app'));
  await site.until('/in', 'page_view', 1);
  await page.evaluate(() => history.pushState(null, '', '/in/private/x'));
  await page.evaluate(() => window.webwatch!('event', 'hidden'));
  await page.evaluate(() => history.pushState(null, '', '/in/public'));
  await page.evaluate(() => window.webwatch!('event', 'seen'));
  await site.until('/in', 'custom', 1);
  expect((await site.events('/in', 'page_view')).map((view) => view.path)).toEqual([
    '/in',
    '/in/public',
  ]);
  expect((await site.events('/in', 'custom')).map((event) => event['name'])).toEqual(['seen']);
});
