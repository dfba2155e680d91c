import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, CHROMIUM_ARGS } from '../../scripts/testing.mjs';
import { Dashboard } from '../src/dashboard';
import { Shop } from '../src/shop';
import { Store } from '../src/store';
import { Visitor, type Visit } from '../src/visitor';

const SCREENSHOTS = resolve(import.meta.dirname, '../target/screenshots');

const LIVE_WITHIN_MILLIS = 2_000;
/** The visitor notes the start of a page view a little later than the tracker does, and its end earlier. */
const ENGAGED_LESS_MILLIS = 100;
const ENGAGED_MORE_MILLIS = 1_500;
const PAGE_VIEW = 'Page view';
/** Exit code of a JVM that was stopped by SIGTERM. */
const TERMINATED = 143;

interface Live {
  totals: { page_views: number; clicks: number; visitors: number; sessions: number };
  dropped: { reason: string; count: number }[];
}
interface Rows {
  rows: (string | number)[][];
}

describe('a visit to the shop', () => {
  const journal: Visit[] = [];
  const latencies: { [action: string]: number } = {};
  let directory: string;
  let browser: Browser;
  let person: BrowserContext;
  let shop: Shop;

  const screenshot = (name: string) => join(SCREENSHOTS, `${name}.png`);
  const customs = () => journal.flatMap((visit) => visit.customs);
  const clicks = () => journal.flatMap((visit) => visit.clicks);

  beforeAll(async () => {
    rmSync(SCREENSHOTS, { recursive: true, force: true });
    mkdirSync(SCREENSHOTS, { recursive: true });
    directory = mkdtempSync(join(tmpdir(), 'webwatch-e2e-'));
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      // Pages restored from the cache are part of the test.
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
      args: CHROMIUM_ARGS,
    });
    person = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    shop = await Shop.start(directory);
  });

  afterAll(async () => {
    await browser?.close();
    await shop?.stop();
    if (directory) rmSync(directory, { recursive: true, force: true });
  });

  async function browse(visitor: Visitor, dashboard: Dashboard): Promise<void> {
    latencies['load'] = await dashboard.millisUntilSeen(PAGE_VIEW, '/', () => visitor.open('/'));
    await visitor.page.screenshot({ path: screenshot('2-shop-home') });
    await visitor.linger(1_000);
    await visitor.scroll(1);
    latencies['click'] = await dashboard.millisUntilSeen('Click', '/', () =>
      visitor.click('.quote blockquote', { tag: 'blockquote' }),
    );
    await visitor.follow('#see-lamps', { tag: 'a', element: '#see-lamps' }, '/products');
    await visitor.linger(400);

    latencies['link'] = await dashboard.millisUntilSeen(PAGE_VIEW, '/products/2', () =>
      visitor.follow('.card[href="/products/2"]', { tag: 'a' }, '/products/2'),
    );
    await visitor.page.screenshot({ path: screenshot('3-shop-product') });
    await visitor.scroll(0.6);
    latencies['custom'] = await dashboard.millisUntilSeen('Custom', '/products/2', () =>
      visitor.event({
        name: 'size guide',
        props: { unit: 'cm', pages: 2, gift: true, ünïcode: '“Ø 28 cm” 💡 </script>' },
      }),
    );
    await visitor.clickMarked(
      '.facts dt >> nth=0',
      { tag: 'dt' },
      { name: 'care opened', props: { part: 'material' } },
    );
  }

  async function goBackAndForward(visitor: Visitor): Promise<void> {
    await visitor.travel(-1, '/products', 'restore');
    await visitor.linger(300);
    await visitor.travel(1, '/products/2', 'restore');
    await visitor.linger(300);
  }

  async function configure(visitor: Visitor, dashboard: Dashboard): Promise<void> {
    await visitor.open('/configurator');
    await visitor.click('[data-option=Bell]', { tag: 'button' });
    latencies['spa'] = await dashboard.millisUntilSeen(PAGE_VIEW, '/configurator/shade', () =>
      visitor.navigate('#next', { tag: 'button', element: '#next' }, '/configurator/shade'),
    );
    await visitor.click('[data-option=ochre]', { tag: 'button' });
    await visitor.linger(300);
    await visitor.navigate('#next', { tag: 'button', element: '#next' }, '/configurator/cord');
    await visitor.linger(300);
    await visitor.navigate('#next', { tag: 'button', element: '#next' }, '/configurator/summary');
    await visitor.page.screenshot({ path: screenshot('4-shop-configurator') });
    await visitor.travel(-1, '/configurator/cord', 'spa');
    await visitor.linger(200);
    await visitor.travel(1, '/configurator/summary', 'spa');
  }

  async function closeAnotherTab(dashboard: Dashboard): Promise<void> {
    const visitor = await Visitor.arrive(person, shop.origin, journal);
    await visitor.open('/workshop');
    await visitor.linger(500);
    await visitor.event({ name: 'last words', props: {} });
    latencies['close'] = await dashboard.millisUntilSeen('Custom', '/workshop', () =>
      visitor.close(),
    );
  }

  it('appears live on the dashboard', async () => {
    const dashboard = await Dashboard.open(browser, shop);
    await dashboard.page.screenshot({ path: screenshot('1-dashboard-empty') });
    const visitor = await Visitor.arrive(person, shop.origin, journal);
    await browse(visitor, dashboard);
    await goBackAndForward(visitor);
    await configure(visitor, dashboard);
    await closeAnotherTab(dashboard);
    await visitor.close();

    await expect
      .poll(async () => (await shop.api<Live>('live')).totals, { timeout: 10_000 })
      .toMatchObject({
        page_views: journal.length,
        clicks: clicks().length,
        visitors: 1,
        sessions: 1,
      });
    await dashboard.page.screenshot({ path: screenshot('5-dashboard-live'), fullPage: true });
    await dashboard.page.emulateMedia({ colorScheme: 'dark' });
    await dashboard.page.screenshot({ path: screenshot('6-dashboard-dark') });
    await dashboard.close();
    console.log('Milliseconds from action to dashboard:', latencies);
    for (const [action, millis] of Object.entries(latencies)) {
      expect(millis, `${action} to dashboard`).toBeLessThan(LIVE_WITHIN_MILLIS);
    }
  });

  it('is in the history and continues after a restart', async () => {
    expect(await shop.stop()).toBe(TERMINATED);
    shop = await Shop.start(directory);

    const history = await shop.api<Rows>('query?metrics=page_views,clicks,visitors,sessions');
    expect(history.rows).toEqual([[journal.length, clicks().length, 1, 1]]);

    const visitor = await Visitor.arrive(person, shop.origin, journal);
    await visitor.open('/gallery');
    await visitor.scroll(0.5);
    await visitor.close();
    await expect
      .poll(async () => (await shop.api<Rows>('query?metrics=page_views')).rows, {
        timeout: 10_000,
      })
      .toEqual([[journal.length]]);

    const dashboard = await Dashboard.open(browser, shop);
    await dashboard.page.getByRole('link', { name: 'History' }).click();
    await dashboard.page
      .getByText('/products/{id}')
      .or(dashboard.page.getByText('/gallery'))
      .first()
      .waitFor();
    await dashboard.page.screenshot({ path: screenshot('7-dashboard-history'), fullPage: true });
    await dashboard.close();
    expect(await shop.stop()).toBe(TERMINATED);
  });

  describe('in the DuckDB file', () => {
    let store: Store;

    beforeAll(async () => {
      store = await Store.read(join(directory, 'webwatch-data', 'webwatch.duckdb'));
    });

    it('contains every page view in order', () => {
      const views = store.events.filter((event) => event.type === 'page_view');
      expect(views.map(({ kind, path }) => ({ kind, path }))).toEqual(
        journal.map(({ kind, path }) => ({ kind, path })),
      );
      expect(new Set(views.map((view) => view.page_view)).size).toBe(journal.length);
      const product = views.find((view) => view.path === '/products/2');
      expect(product).toMatchObject({ route: '/products/{id}', title: 'Fjell – Lysverk' });
    });

    it('contains no errors and no duplicates', () => {
      const types = new Set(store.events.map((event) => event.type));
      for (const type of ['page_view', 'click', 'engagement', 'custom'])
        expect(types).toContain(type);
      expect(types).not.toContain('error');
      const ids = store.events.map((event) => `${event.page_view}/${event.sequence}`);
      expect(new Set(ids).size).toBe(ids.length);
      const times = store.events.map((event) => event.time_ns);
      expect(new Set(times).size).toBe(times.length);
    });

    it('contains the events of each page view without gaps', () => {
      for (const view of views()) {
        const sequence = store.events
          .filter((event) => event.page_view === view.page_view)
          .map((event) => event.sequence)
          .sort((a, b) => a - b);
        expect(sequence, view.path).toEqual(sequence.map((_, index) => index));
      }
    });

    it('contains every click under its page view', () => {
      const stored = views().map((view) =>
        store.of('click', view.page_view).map((click) => ({
          tag: click.properties['tag'],
          href: click.href,
        })),
      );
      expect(stored).toEqual(
        journal.map((visit) => visit.clicks.map(({ tag, href }) => ({ tag, href: href ?? null }))),
      );
      const named = clicks().filter((click) => click.element);
      const elements = store.events.map((event) => event.element);
      expect(elements).toEqual(expect.arrayContaining(named.map((click) => click.element)));
    });

    it('contains every custom event with its properties', () => {
      const stored = views().map((view) =>
        store
          .of('custom', view.page_view)
          .map(({ name, properties }) => ({ name, props: properties['props'] ?? {} })),
      );
      expect(customs()).not.toEqual([]);
      expect(stored).toEqual(journal.map((visit) => visit.customs));
    });

    it('contains the engaged time of every page view', () => {
      const stored = views().map((view) => engagedMillis(store, view.page_view));
      const report = journal.map((visit, index) => ({
        path: visit.path,
        visitor: Math.round(visit.engagedMillis),
        stored: stored[index],
      }));
      console.table(report);
      journal.forEach((visit, index) => {
        const label = `${visit.kind} ${visit.path}`;
        expect(stored[index], label).toBeGreaterThan(visit.engagedMillis - ENGAGED_LESS_MILLIS);
        expect(stored[index], label).toBeLessThan(visit.engagedMillis + ENGAGED_MORE_MILLIS);
      });
    });

    it('contains the scroll depth of every page view', () => {
      const stored = views().map((view) =>
        Math.max(...store.of('engagement', view.page_view).map((event) => event.scroll_depth ?? 0)),
      );
      expect(stored).toEqual(journal.map((visit) => visit.depth));
    });

    it('belongs to one visitor and one session despite the restart', () => {
      expect(new Set(store.events.map((event) => event.visitor)).size).toBe(1);
      expect(new Set(store.events.map((event) => event.session)).size).toBe(1);
      expect(store.sessions).toEqual([
        {
          session: store.events[0]?.session,
          pages: journal.length,
          entry: '/',
          exit: '/gallery',
        },
      ]);
    });

    it('is kept, and marked as the visit of a bot, for a headless browser', () => {
      expect(store.events.every((event) => event.bot !== null)).toBe(true);
    });

    function views() {
      return store.events.filter((event) => event.type === 'page_view');
    }
  });
});

function engagedMillis(store: Store, pageView: string): number {
  return store
    .of('engagement', pageView)
    .reduce((millis, event) => millis + (event.engaged_ms ?? 0), 0);
}
