import { afterEach, describe, expect, test } from 'vitest';
import type { Fixture } from './behaviours';
import { openTracked } from './engine';
import { Site } from './site';

/** Consent, storage, and what the server's settings make of the tag, in any engine. */
export function privacy(of: Fixture): void {
  test('withoutConsentAsked_nothingIsStoredInTheBrowser', async () => {
    const { engine, site } = of;
    await openTracked(engine, await site.page('/stores', '<button id="b">b</button>'));
    await engine.evaluate("webwatch('consent', true)");
    await engine.click('#b');
    const [click] = await site.until('/stores', 'click', 1);
    expect(click!['visitor']).toMatch(/./);
    expect(
      await engine.evaluate(
        "[document.cookie, localStorage.getItem('webwatch'), localStorage.length]",
      ),
    ).toEqual(['', null, 0]);
  });

  describe('aSiteOfItsOwn', () => {
    let site: Site | undefined;
    const start = async (...properties: string[]) => (site = await Site.start(...properties));

    afterEach(() => site?.stop());

    test('consentAndStorage_oneViewOnOptIn_nothingAfterOptOut', async () => {
      const { engine } = of;
      const site = await start(
        'webwatch.tracker.consent=required',
        'webwatch.privacy.identity=storage',
      );
      await openTracked(engine, await site.page('/consent', '<button id="b">b</button>'));
      await engine.click('#b');
      await engine.reload();
      await engine.evaluate("webwatch('consent', true)");
      const [view] = await site.until('/consent', 'page_view', 1);
      expect(await engine.evaluate("localStorage['webwatch']")).toMatch(/^\w{24}$/);
      // Known by the stored id, from the start of the next page.
      await engine.reload();
      const views = await site.until('/consent', 'page_view', 2);
      expect(views[1]!['visitor']).toBe(view!['visitor']);
      expect(await site.events('/consent', 'click')).toEqual([]);
      await engine.evaluate("webwatch('consent', false)");
      expect(await engine.evaluate('localStorage.length')).toBe(0);
      await engine.click('#b');
      await engine.reload();
      await engine.open('about:blank');
      expect(await site.events('/consent', 'click')).toEqual([]);
      expect(await site.events('/consent', 'page_view')).toHaveLength(2);

      // What is stored is no id: another takes its place. And storage that is blocked is done without.
      await engine.open(
        await site.page('/corrupt', 'x', '<script>localStorage.webwatch = "{corrupt"</script>'),
      );
      await site.until('/corrupt', 'page_view', 1);
      expect(await engine.evaluate("localStorage['webwatch']")).toMatch(/^\w{24}$/);
      await engine.evaluate('localStorage.clear()');
      await openTracked(
        engine,
        await site.page(
          '/blocked',
          'x',
          `<script>Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })</script>`,
        ),
      );
      await engine.evaluate("webwatch('consent', true)");
      await site.until('/blocked', 'page_view', 1);
      await engine.evaluate("webwatch('event', 'after')");
      await site.until('/blocked', 'custom', 1);
      expect(await site.events('/', 'error')).toEqual([]);
    }, 30_000);

    test('core_isServedWhereItSuffices_andDoesItsPart', async () => {
      const { engine } = of;
      const site = await start('webwatch.tracker.capture=engagement,events');
      await openTracked(
        engine,
        await site.page(
          '/core',
          '<button id="b" data-webwatch-event="buy" data-webwatch-sku="7">b</button>',
        ),
      );
      const script = await engine.evaluate<string>("document.querySelector('script[src*=ww]').src");
      const answer = await fetch(script);
      expect((await answer.text()).length).toBeLessThan(5000);
      expect(answer.headers.get('cache-control')).toContain('immutable');
      await engine.click('#b');
      await engine.evaluate("history.pushState(null, '', '/core/in')");
      const [event] = await site.until('/core', 'custom', 1);
      expect(event).toMatchObject({ name: 'buy', props: { sku: '7' } });
      const views = await site.until('/core', 'page_view', 2);
      expect(views.map((view) => view['kind'])).toEqual(['load', 'spa']);
      await site.until('/core', 'engagement', 1);
      expect(await site.events('/core', 'click')).toEqual([]);
    });

    test('settingsOfTheTag_holdInTheBrowser', async () => {
      const { engine } = of;
      const site = await start(
        'webwatch.tracker.exclude=/in/private*',
        'webwatch.tracker.downloads=xyz',
        'webwatch.tracker.capture=downloads,events',
        'webwatch.privacy.identity=user',
        'webwatch.privacy.query-params=page',
      );
      await openTracked(
        engine,
        (await site.page(
          '/in',
          `<a id="own" href="/a.xyz">own</a> <a id="pdf" href="/a.pdf">pdf</a>
           <script>addEventListener('click', (e) => e.preventDefault())</script>`,
        )) + '?page=2&token=secret',
      );
      await site.until('/in', 'page_view', 1);
      await engine.evaluate("webwatch('identify', 'customer-4711')");
      await engine.click('#pdf');
      await engine.click('#own');
      const [download] = await site.until('/in', 'download', 1);
      expect(download).toMatchObject({ file: 'a.xyz', user: 'customer-4711' });
      await engine.evaluate("history.pushState(null, '', '/in/private/x')");
      await engine.evaluate("webwatch('event', 'hidden')");
      await engine.evaluate("history.pushState(null, '', '/in/public')");
      await engine.evaluate("webwatch('event', 'seen')");
      await site.until('/in', 'custom', 1);
      expect((await site.events('/in', 'page_view')).map((view) => view.path)).toEqual([
        '/in?page=2',
        '/in/public',
      ]);
      expect((await site.events('/in', 'custom')).map((event) => event['name'])).toEqual(['seen']);
      const types = new Set((await site.events('/in')).map(({ type }) => type));
      expect([...types].sort()).toEqual(['custom', 'download', 'page_view']);
      expect(JSON.stringify(await site.events('/in'))).not.toContain('secret');
    });
  });
}
