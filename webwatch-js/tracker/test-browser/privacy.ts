import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fixture } from './behaviours';
import { openTracked } from './engine';
import { Site } from './site';

/** Consent and storage, in any engine. */
export function privacy(of: Fixture): void {
  test('by default nothing is stored in the browser', async () => {
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

  describe('a site with consent', () => {
    let site: Site;

    beforeAll(async () => {
      site = await Site.start(
        'webwatch.tracker.consent=required',
        'webwatch.privacy.identity=storage',
      );
    }, 60_000);
    afterAll(() => site?.stop());

    test('sends one page view on agreement and nothing after withdrawal', async () => {
      const { engine } = of;
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
    });

    test('copes with corrupt or blocked storage', async () => {
      const { engine } = of;
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
    });
  });
}
