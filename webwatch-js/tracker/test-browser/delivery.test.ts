import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Site } from './site';

let site: Site;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  site = await Site.start();
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
});
afterAll(async () => {
  await browser.close();
  site.close();
});
beforeEach(async () => {
  site.clear();
  page = await browser.newPage({ viewport: { width: 800, height: 600 } });
});
afterEach(async () => {
  await page.close();
  // The last engagement of a page has arrived, so that nothing of it reaches the next test.
  const views = new Set(site.of('page_view').map((event) => event.page)).size;
  await site.until('engagement', views);
});

const identities = () => site.events.map((event) => `${event.page} ${event.n}`);
const kinds = () => site.of('page_view').map((event) => [event['k'], new URL(event.url).pathname]);

test('load_isSentOnceWithItsContext', async () => {
  site.pages = { '/': 'home' };
  await page.goto(site.origin + '/?utm_source=mail&secret=1#part');
  const [view] = await site.until('page_view', 1);
  expect(view).toMatchObject({
    k: 'load',
    url: `${site.origin}/?utm_source=mail`,
    referrer: '',
    title: '/',
    n: 0,
  });
  expect(view!['lm']).toBeGreaterThan(0);
  expect(site.batches[0]).toMatchObject({ v: 1, vp: [800, 600], tp: 0 });
});

test('spa_pushBackAndForwardAreAPageViewEach', async () => {
  site.pages = { '/app': 'app' };
  await page.goto(site.origin + '/app');
  await site.until('page_view', 1);
  await page.evaluate(() => {
    history.pushState(null, '', '/app/one');
    document.title = 'One';
  });
  await site.until('page_view', 2);
  await page.goBack();
  await site.until('page_view', 3);
  await page.goForward();
  await site.until('page_view', 4);
  await page.evaluate(() => {
    location.hash = 'part';
    history.replaceState({ scroll: 1 }, '', location.href);
  });
  await page.evaluate(() => history.replaceState(null, '', '/app/two'));
  await site.until('page_view', 5);
  expect(kinds()).toEqual([
    ['load', '/app'],
    ['spa', '/app/one'],
    ['spa', '/app'],
    ['spa', '/app/one'],
    ['spa', '/app/two'],
  ]);
  expect(site.of('page_view')[1]).toMatchObject({ title: 'One', referrer: `${site.origin}/app` });
  expect(new Set(identities()).size).toBe(site.events.length);
  expect(new Set(site.of('page_view').map((event) => event.page)).size).toBe(5);
});

test('clickThatNavigates_arrivesOnceAndDoesNotWait', async () => {
  site.pages = { '/': '<a id="go" href="/next?q=secret"><b>Next</b></a>', '/next': 'next' };
  await page.goto(site.origin + '/');
  await page.click('#go b');
  await page.waitForURL('**/next?q=secret');
  await site.until('page_view', 2);
  const clicks = await site.until('click', 1);
  expect(clicks).toHaveLength(1);
  expect(clicks[0]).toMatchObject({
    el: '#go',
    tg: 'a',
    hr: `${site.origin}/next`,
    url: `${site.origin}/`,
  });
  expect(clicks[0]).not.toHaveProperty('ou');
  await site.until('engagement', 1);
  expect(new Set(identities()).size).toBe(site.events.length);
});

test('clickOnALabel_isOneClick', async () => {
  site.pages = {
    '/': '<label id="l">Agree <input id="box" type="checkbox"></label><label id="m" for="other">Other</label><input id="other" type="checkbox">',
  };
  await page.goto(site.origin + '/');
  await page.click('#m');
  await page.click('#l', { position: { x: 5, y: 5 } });
  await page.click('#box');
  await site.until('click', 3);
  await page.close();
  await site.until('engagement', 1);
  expect(site.of('click').map((event) => event['el'])).toEqual(['#m', '#l', '#box']);
});

test('backToAPageOfTheCache_isARestoreWithANewPageView', async () => {
  site.pages = { '/one': 'one', '/two': 'two' };
  await page.goto(site.origin + '/one');
  await page.evaluate(() => Object.assign(window, { kept: true }));
  await page.goto(site.origin + '/two');
  await site.until('page_view', 2);
  await page.goBack({ waitUntil: 'commit' });
  await site.until('page_view', 3);
  expect(await page.evaluate(() => 'kept' in window)).toBe(true);
  expect(kinds()).toEqual([
    ['load', '/one'],
    ['load', '/two'],
    ['restore', '/one'],
  ]);
  expect(new Set(site.of('page_view').map((event) => event.page)).size).toBe(3);
});

test('tabClosed_lastEventsArriveOnce', async () => {
  site.pages = { '/': '<button id="b">b</button><div style="height:5000px">' };
  await page.goto(site.origin + '/');
  await site.until('page_view', 1);
  await page.click('#b');
  await page.close();
  await site.until('engagement', 1);
  expect(site.events.map((event) => event.t)).toEqual(['page_view', 'click', 'engagement']);
  expect(site.of('engagement')[0]!['en']).toBeGreaterThan(0);
  expect(site.of('engagement')[0]!['sd']).toBeGreaterThan(5);
  expect(site.of('engagement')[0]!['sd']).toBeLessThan(20);
});

test('scroll_reportsEachTenthOnce', async () => {
  site.pages = { '/': '<div style="height:5984px">' };
  await page.goto(site.origin + '/');
  await site.until('page_view', 1);
  for (const top of [600, 1200, 6000]) {
    await page.evaluate((y) => scrollTo(0, y), top);
    await site.until('engagement', site.of('engagement').length + 1);
  }
  expect(site.of('engagement').map((event) => event['sd'])).toEqual([20, 30, 100]);
});

test('unavailableCollector_isAskedAgainWithTheSameIds', async () => {
  site.pages = { '/': 'home' };
  site.answers.push(503, 500);
  await page.goto(site.origin + '/');
  await page.evaluate(() => window.webwatch!('event', 'order', { total: 12.5, currency: 'EUR' }));
  const [view] = await site.until('page_view', 1);
  const [order] = await site.until('custom', 1);
  expect(view).toMatchObject({ n: 0, k: 'load' });
  expect(order).toMatchObject({ n: 1, nm: 'order', pp: { total: 12.5, currency: 'EUR' } });
  expect(order!.o).toBeLessThan(-500);
});
