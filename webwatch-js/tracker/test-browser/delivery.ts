import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Fixture } from './behaviours';
import { holds, openTracked } from './engine';
import { doubled } from './site';

/** Page views and how events get away from a page, in any engine. */
export function delivery(of: Fixture): void {
  const kinds = async (path: string) =>
    (await of.site.events(path, 'page_view')).map((event) => [event['kind'], event.path]);

  test('load_arrivesOnceWithItsContext', async () => {
    const { engine, site } = of;
    await openTracked(
      engine,
      (await site.page('/load', 'home')) + '?utm_source=mail&secret=1#part',
    );
    const [view] = await site.until('/load', 'page_view', 1);
    const [width, height] = await engine.evaluate<number[]>('[innerWidth, innerHeight]');
    expect(view).toMatchObject({
      kind: 'load',
      path: '/load',
      utm_source: 'mail',
      title: '/load',
      viewport_width: width,
      viewport_height: height,
      device: 'desktop',
    });
    expect(view!['load_ms']).toBeGreaterThan(0);
    expect(JSON.stringify(await site.events('/load'))).not.toContain('secret');
  });

  test('spa_pushBackAndForwardAreAPageViewEach', async () => {
    const { engine, site } = of;
    await openTracked(engine, await site.page('/spa', 'app'));
    await site.until('/spa', 'page_view', 1);
    await engine.evaluate(
      "(history.pushState(null, '', '/spa/one'), void (document.title = 'One'))",
    );
    const [, one] = await site.until('/spa', 'page_view', 2);
    expect(one).toMatchObject({ kind: 'spa', title: 'One' });
    await engine.evaluate('history.back()');
    await holds(engine.evaluate, "location.pathname === '/spa'");
    await engine.evaluate('history.forward()');
    await holds(engine.evaluate, "location.pathname === '/spa/one'");
    await engine.evaluate(
      "(location.hash = 'part', history.replaceState({ scroll: 1 }, '', location.href))",
    );
    await engine.evaluate("history.replaceState(null, '', '/spa/two')");
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
    const { engine, site } = of;
    await site.page('/link/next', 'next');
    await openTracked(
      engine,
      await site.page('/link', '<a id="go" href="/link/next?q=secret"><b>Next</b></a>'),
    );
    await engine.click('#go b');
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
    const { engine, site } = of;
    await site.page('/post/done', 'done');
    await openTracked(
      engine,
      await site.page(
        '/post',
        '<form id="f" action="/post/done"><input name="a"><button>Go</button></form>',
      ),
    );
    await engine.type('[name=a]', 'secret');
    await engine.press('Enter');
    const [submit] = await site.until('/post', 'form_submit', 1);
    expect(submit).toMatchObject({ form: '#f', path: '/post' });
    await site.until('/post/done', 'page_view', 1);
    expect(await site.events('/post', 'form_submit')).toHaveLength(1);
    expect(await site.events('/post', 'form_abandon')).toEqual([]);
    expect(JSON.stringify(await site.events('/post'))).not.toContain('secret');
  });

  test('tabThatIsClosed_itsLastEventsArriveOnce', async () => {
    const { engine, site } = of;
    await openTracked(
      engine,
      await site.page('/close', '<button id="b">b</button><div style="height:700vh">'),
    );
    await site.until('/close', 'page_view', 1);
    await engine.click('#b');
    await engine.closeTab();
    const [engagement] = await site.until('/close', 'engagement', 1);
    expect(engagement!['visible_ms']).toBeGreaterThan(0);
    expect(engagement!['scroll_depth']).toBeGreaterThan(5);
    expect(engagement!['scroll_depth']).toBeLessThan(20);
    expect(await site.events('/close', 'click')).toHaveLength(1);
    expect(doubled(await site.events('/close'))).toEqual([]);
  });

  test('backToAPageOfTheCache_isARestoreWithAPageViewOfItsOwn', async () => {
    const { engine, site } = of;
    await site.page('/cache/two', 'two');
    await openTracked(engine, await site.page('/cache/one', 'one'));
    await engine.evaluate('void (window.kept = true)');
    await site.until('/cache', 'page_view', 1);
    await openTracked(engine, site.origin + '/cache/two');
    await site.until('/cache', 'page_view', 2);
    await engine.back();
    await holds(engine.evaluate, "location.pathname === '/cache/one'");
    const views = await site.until('/cache', 'page_view', 3);
    expect(await engine.evaluate("'kept' in window")).toBe(true);
    expect(views.map((event) => event['kind'])).toEqual(['load', 'load', 'restore']);
    expect(new Set(views.map((event) => event.page_view)).size).toBe(3);
  });

  test('collectorThatFails_isAskedAgainAndHasEachEventOnce', async () => {
    const { engine, site } = of;
    const address = await site.page('/refused', 'home');
    await engine.open('about:blank');
    await site.answers(503, 500);
    await openTracked(engine, address);
    await engine.evaluate("webwatch('event', 'order', { total: 12.5, currency: 'EUR' })");
    const [order] = await site.until('/refused', 'custom', 1);
    expect(order).toMatchObject({ name: 'order', props: { total: 12.5, currency: 'EUR' } });
    expect(await site.events('/refused', 'page_view')).toHaveLength(1);
    expect(await engine.evaluate('webwatch.dropped')).toBe(0);
  });

  test('collectorThatFailsAsThePageIsLeft_isAskedByARequestBeforeThat', async () => {
    const { engine, site } = of;
    const address = await site.page('/fails-before', 'home');
    await engine.open('about:blank');
    // The page view is refused, and so the page knows when it is left.
    await site.answers(503);
    await openTracked(engine, address);
    await holds(
      engine.evaluate,
      "performance.getEntriesByType('resource').some((e) => /events$/.test(e.name))",
    );
    await wait(100);
    await engine.evaluate("webwatch('event', 'last')");
    await openTracked(engine, await site.page('/elsewhere', 'x'));
    await site.until('/fails-before', 'custom', 1);
    expect(await site.events('/fails-before', 'page_view')).toHaveLength(1);
    expect(doubled(await site.events('/fails-before'))).toEqual([]);
  });

  test('slowCollector_andAFastWayBack_countOnce', async () => {
    const { engine, site } = of;
    const address = await site.page('/slow/one', 'one');
    await site.page('/slow/two', 'two');
    await engine.open('about:blank');
    await site.answers(2000);
    await openTracked(engine, address);
    await openTracked(engine, site.origin + '/slow/two');
    await engine.back();
    const views = await site.until('/slow', 'page_view', 3);
    await wait(500);
    expect(await site.events('/slow', 'page_view')).toHaveLength(3);
    expect(views.map(({ path }) => path).sort()).toEqual(['/slow/one', '/slow/one', '/slow/two']);
    expect(doubled(await site.events('/slow'))).toEqual([]);
  });

  test('moreThanABatchTakes_isSplit', async () => {
    const { engine, site } = of;
    await openTracked(engine, await site.page('/large', 'home'));
    await site.until('/large', 'page_view', 1);
    await engine.evaluate(
      "void [...Array(80).keys()].forEach((i) => webwatch('event', 'e' + i, { text: '雪'.repeat(500) }))",
    );
    await site.until('/large', 'custom', 80);
    expect(doubled(await site.events('/large'))).toEqual([]);
  });

  test('moreThanThePageMayLeaveBehind_isSplitAndArrives', async () => {
    const { engine, site } = of;
    await openTracked(engine, await site.page('/quota', 'home'));
    await site.until('/quota', 'page_view', 1);
    // 48 KB in several batches, all within the 64 KiB that a page that is left may have under way.
    await engine.evaluate(
      `void ([...Array(30).keys()].forEach((i) => webwatch('event', 'e' + i, { text: '雪'.repeat(500) })),
        setTimeout(() => location.assign('/elsewhere')))`,
    );
    await site.until('/quota', 'custom', 30);
    expect(doubled(await site.events('/quota'))).toEqual([]);
  });

  test('memory_isBounded_andWhatIsDroppedIsCounted', async () => {
    const { engine, site } = of;
    await openTracked(engine, await site.page('/bounded', 'home'));
    await site.until('/bounded', 'page_view', 1);
    await engine.evaluate(
      "void [...Array(400).keys()].forEach((i) => webwatch('event', 'e' + i, { text: 'x'.repeat(500) }))",
    );
    const dropped = await engine.evaluate<number>('webwatch.dropped');
    expect(dropped).toBeGreaterThan(150);
    const arrived = await site.until('/bounded', 'custom', 400 - dropped);
    expect(arrived).toHaveLength(400 - dropped);
    // The oldest had to go.
    expect(arrived.at(-1)!['name']).toBe('e399');
  });

  test('twoTabs_tellTheirOwn', async () => {
    const { engine, site } = of;
    const address = await site.page('/tabs', '<button id="b">b</button>');
    await openTracked(engine, address);
    const show = await engine.openHidden(address);
    await site.until('/tabs', 'page_view', 2);
    await show();
    await engine.click('#b');
    await site.until('/tabs', 'click', 1);
    await engine.open(await site.page('/elsewhere', 'x'));
    await site.until('/tabs', 'engagement', 1);
    expect(await site.events('/tabs', 'click')).toHaveLength(1);
    expect(await site.events('/tabs', 'page_view')).toHaveLength(2);
    expect(doubled(await site.events('/tabs'))).toEqual([]);
  });

  test('scriptLoadedTwiceAndWrappedHistory_doNoHarm', async () => {
    const { engine, site } = of;
    await openTracked(
      engine,
      await site.page('/twice', 'home', '<script defer src="/webwatch/ww.js?again"></script>'),
    );
    await engine.evaluate(`void (() => {
      const native = history.pushState.bind(history);
      history.pushState = (...args) => native(...args);
      history.pushState(null, '', '/twice/in');
    })()`);
    await site.until('/twice', 'page_view', 2);
    await engine.open(await site.page('/elsewhere', 'x'));
    await site.until('/twice', 'engagement', 2);
    expect(await kinds('/twice')).toEqual([
      ['load', '/twice'],
      ['spa', '/twice/in'],
    ]);
  });

  // The drivers need the natives too: while they are broken the page clicks by itself, and then mends them.
  const BREAK = `
    const natives = [fetch, JSON.stringify, navigator.sendBeacon, Promise, history.pushState, history.replaceState];
    const broken = () => { throw new Error('broken') };
    const set = (values) => {
      [window.fetch, JSON.stringify, navigator.sendBeacon, window.Promise, history.pushState, history.replaceState] = values;
    };
    set([broken, broken, broken, undefined, broken, broken]);
    Array.prototype.toJSON = Object.prototype.toJSON = () => 'mangled';
    setTimeout(() => document.getElementById('b').click(), 500);
    const mend = () => {
      set(natives);
      delete Array.prototype.toJSON;
      delete Object.prototype.toJSON;
      window.mended = true;
    };`;
  const BUTTON = '<button id="b" onclick="this.textContent = 1">b</button>';

  test('nativesThatThePageReplacesLater_areNotUsed', async () => {
    const { engine, site } = of;
    await openTracked(engine, await site.page('/replaced', BUTTON));
    await engine.move(200, 200);
    await engine.evaluate(
      `void setTimeout(() => { ${BREAK} addEventListener('pointermove', mend) }, 100)`,
    );
    await site.until('/replaced', 'click', 1);
    await engine.move(300, 200);
    await holds(engine.evaluate, 'window.mended');
    await engine.open(await site.page('/elsewhere', 'x'));
    await site.until('/replaced', 'engagement', 1);
  });

  test('nativesThatThePageReplacedBefore_giveNoError', async () => {
    const { engine, site } = of;
    await engine.open(
      await site.page(
        '/natives',
        BUTTON,
        `<script>
          window.problems = [];
          const tell = ({ message, reason }) => problems.push(String(message || reason));
          addEventListener('error', tell);
          addEventListener('unhandledrejection', tell);
          ${BREAK}
          setTimeout(mend, 2500);
        </script>`,
      ),
    );
    await holds(engine.evaluate, 'window.mended && webwatch.dropped >= 0');
    expect(
      await engine.evaluate("problems.concat(document.getElementById('b').textContent)"),
    ).toEqual(['1']);
  });

  test('frameOfTheDashboard_isSilent', async () => {
    const { engine, site } = of;
    await site.page('/framed', 'page');
    await openTracked(
      engine,
      await site.page('/frames', '<iframe name="webwatch-frame" src="/framed"></iframe>'),
    );
    await site.until('/frames', 'page_view', 1);
    await engine.open(await site.page('/elsewhere', 'x'));
    await site.until('/frames', 'engagement', 1);
    expect(await site.events('/framed')).toEqual([]);
  });
}
