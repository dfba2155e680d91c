import { expect, test } from 'vitest';
import type { Fixture } from './behaviours';
import { holds, openTracked } from './engine';
import { duplicates } from './site';

/** Page views and the delivery of events, in any engine. */
export function delivery(of: Fixture): void {
  const kinds = async (path: string) =>
    (await of.site.events(path, 'page_view')).map((event) => [event['kind'], event.path]);

  test('a page view arrives once with its context', async () => {
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

  test('push, back and forward are page views', async () => {
    const { engine, site } = of;
    await of.visit('/spa', 'app');
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

  test('a click on a link that navigates arrives once', async () => {
    const { engine, site } = of;
    await site.page('/link/next', 'next');
    await of.visit('/link', '<a id="go" href="/link/next?q=secret"><b>Next</b></a>');
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
    expect(duplicates(await site.events('/link'))).toEqual([]);
    expect(await site.events('/link', 'click')).toHaveLength(1);
  });

  test('the submit of a form that navigates arrives once', async () => {
    const { engine, site } = of;
    await site.page('/post/done', 'done');
    await of.visit(
      '/post',
      '<form id="f" action="/post/done"><input name="a"><button>Go</button></form>',
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

  test('the last events of a closed tab arrive once', async () => {
    const { engine, site } = of;
    await of.visit('/close', '<button id="b">b</button><div style="height:700vh">');
    await site.until('/close', 'page_view', 1);
    await engine.click('#b');
    await engine.closeTab();
    const [engagement] = await site.until('/close', 'engagement', 1);
    expect(engagement!['visible_ms']).toBeGreaterThan(0);
    expect(engagement!['scroll_depth']).toBeGreaterThan(5);
    expect(engagement!['scroll_depth']).toBeLessThan(20);
    expect(await site.events('/close', 'click')).toHaveLength(1);
    expect(duplicates(await site.events('/close'))).toEqual([]);
  });

  test('going back to a cached page is a page view of the kind restore', async () => {
    const { engine, site } = of;
    await site.page('/cache/two', 'two');
    await of.visit('/cache/one', 'one');
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

  test('events are sent again to a failing collector and arrive once', async () => {
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

  test('a page that is left while the collector fails sends a request', async () => {
    const { engine, site } = of;
    const address = await site.page(
      '/fails-before',
      'home',
      `<script>
         const native = fetch;
         window.fetch = (...args) => {
           const response = native(...args);
           response.finally(() => setTimeout(() => (window.answered = true)));
           return response;
         };
       </script>`,
    );
    await engine.open('about:blank');
    // The tracker knows that sending fails once it has handled the response to the page view.
    await site.answers(503);
    await openTracked(engine, address);
    await holds(engine.evaluate, 'window.answered');
    await engine.evaluate("webwatch('event', 'last')");
    await of.visit('/elsewhere', 'x');
    await site.until('/fails-before', 'custom', 1);
    expect(await site.events('/fails-before', 'page_view')).toHaveLength(1);
    expect(duplicates(await site.events('/fails-before'))).toEqual([]);
  });

  test('a slow collector and going back quickly cause no duplicates', async () => {
    const { engine, site } = of;
    const address = await site.page('/slow/one', 'one');
    await site.page('/slow/two', 'two');
    await engine.open('about:blank');
    await site.answers(2000);
    await openTracked(engine, address);
    await openTracked(engine, site.origin + '/slow/two');
    await engine.back();
    await site.until('/slow', 'page_view', 3);
    // A page sends its events in order, so repeated page views would arrive before this event.
    await holds(engine.evaluate, "location.pathname === '/slow/one' && webwatch.dropped === 0");
    await engine.evaluate("webwatch('event', 'last')");
    await site.until('/slow', 'custom', 1);
    const views = await site.events('/slow', 'page_view');
    expect(views).toHaveLength(3);
    expect(views.map(({ path }) => path).sort()).toEqual(['/slow/one', '/slow/one', '/slow/two']);
    expect(duplicates(await site.events('/slow'))).toEqual([]);
  });

  test('events beyond the size of a batch are split', async () => {
    const { engine, site } = of;
    await of.visit('/large', 'home');
    await site.until('/large', 'page_view', 1);
    await engine.evaluate(
      "void [...Array(80).keys()].forEach((i) => webwatch('event', 'e' + i, { text: '雪'.repeat(500) }))",
    );
    await site.until('/large', 'custom', 80);
    expect(duplicates(await site.events('/large'))).toEqual([]);
  });

  test('several batches arrive from a page that is left', async () => {
    const { engine, site } = of;
    await of.visit('/quota', 'home');
    await site.until('/quota', 'page_view', 1);
    // 48 KB in several batches, which is within the 64 KiB that may be pending when a page is left.
    await engine.evaluate(
      `void ([...Array(30).keys()].forEach((i) => webwatch('event', 'e' + i, { text: '雪'.repeat(500) })),
        setTimeout(() => location.assign('/elsewhere')))`,
    );
    await site.until('/quota', 'custom', 30);
    expect(duplicates(await site.events('/quota'))).toEqual([]);
  });

  test('the queue is bounded, and dropped events are counted', async () => {
    const { engine, site } = of;
    await of.visit('/bounded', 'home');
    await site.until('/bounded', 'page_view', 1);
    await engine.evaluate(
      "void [...Array(400).keys()].forEach((i) => webwatch('event', 'e' + i, { text: 'x'.repeat(500) }))",
    );
    const dropped = await engine.evaluate<number>('webwatch.dropped');
    expect(dropped).toBeGreaterThan(150);
    const arrived = await site.until('/bounded', 'custom', 400 - dropped);
    expect(arrived).toHaveLength(400 - dropped);
    // The oldest events are dropped.
    expect(arrived.at(-1)!['name']).toBe('e399');
  });

  test('two tabs report their own events', async () => {
    const { engine, site } = of;
    const address = await site.page('/tabs', '<button id="b">b</button>');
    await openTracked(engine, address);
    const show = await engine.openHidden(address);
    await site.until('/tabs', 'page_view', 2);
    await show();
    await engine.click('#b');
    await site.until('/tabs', 'click', 1);
    await of.leave();
    await site.until('/tabs', 'engagement', 1);
    expect(await site.events('/tabs', 'click')).toHaveLength(1);
    expect(await site.events('/tabs', 'page_view')).toHaveLength(2);
    expect(duplicates(await site.events('/tabs'))).toEqual([]);
  });

  test('a second script and a wrapped history do no harm', async () => {
    const { engine, site } = of;
    await of.visit('/twice', 'home', '<script defer src="/webwatch/ww.js?again"></script>');
    await engine.evaluate(`void (() => {
      const native = history.pushState.bind(history);
      history.pushState = (...args) => native(...args);
      history.pushState(null, '', '/twice/in');
    })()`);
    await site.until('/twice', 'page_view', 2);
    await of.leave();
    await site.until('/twice', 'engagement', 2);
    expect(await kinds('/twice')).toEqual([
      ['load', '/twice'],
      ['spa', '/twice/in'],
    ]);
  });

  // The drivers need the native functions, too: while they are broken the page itself clicks, and repairs them
  // afterwards.
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
      window.restored = true;
    };`;
  const BUTTON = '<button id="b" onclick="this.textContent = 1">b</button>';

  test('native functions that the page replaces later are not used', async () => {
    const { engine, site } = of;
    await of.visit('/replaced', BUTTON);
    await engine.move(200, 200);
    await engine.evaluate(
      `void setTimeout(() => { ${BREAK} addEventListener('pointermove', mend) }, 100)`,
    );
    const [click] = await site.until('/replaced', 'click', 1);
    expect(click).toMatchObject({ element: '#b' });
    await engine.move(300, 200);
    await holds(engine.evaluate, 'window.restored');
    await of.leave();
    await site.until('/replaced', 'engagement', 1);
  });

  test('native functions that the page replaced before cause no error', async () => {
    const { engine, site } = of;
    await engine.open(
      await site.page(
        '/natives',
        BUTTON,
        `<script>
          window.problems = [];
          const report = ({ message, reason }) => problems.push(String(message || reason));
          addEventListener('error', report);
          addEventListener('unhandledrejection', report);
          ${BREAK}
          setTimeout(mend, 2500);
        </script>`,
      ),
    );
    await holds(engine.evaluate, 'window.restored && webwatch.dropped >= 0');
    expect(
      await engine.evaluate("problems.concat(document.getElementById('b').textContent)"),
    ).toEqual(['1']);
  });

  test('the frame of the dashboard sends nothing', async () => {
    const { site } = of;
    await site.page('/framed', 'page');
    await of.visit('/frames', '<iframe name="webwatch-frame" src="/framed"></iframe>');
    await site.until('/frames', 'page_view', 1);
    await of.leave();
    await site.until('/frames', 'engagement', 1);
    expect(await site.events('/framed')).toEqual([]);
  });
}
