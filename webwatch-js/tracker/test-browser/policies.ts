import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fixture } from './behaviours';
import { holds } from './engine';
import { builds, Site } from './site';

/** Collects what the policy of the page blocks. Served as a file, since some policies allow nothing else. */
const WATCH = `window.refused = [];
  document.addEventListener('securitypolicyviolation', (e) => refused.push(e.effectiveDirective + ' ' + e.blockedURI));`;
const INLINE = '<script>window.inline = true</script>';

/** Pages under a content security policy, and tags with a hash, in any engine. */
export function policies(of: Fixture): void {
  const refused = () => of.engine.evaluate<string[]>('refused');

  test.each([
    ['a header', "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'", ''],
    [
      'a tag',
      undefined,
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; connect-src 'self'">`,
    ],
  ])('a policy for the own origin in %s suffices', async (name, header, tag) => {
    const { engine, site } = of;
    const path = '/policy-' + name.replace(' ', '-');
    await site.file('/watch.js', 'text/javascript', WATCH);
    await engine.open(
      await site.page(
        path,
        INLINE + '<button id="b">b</button>',
        `${tag}<link rel="icon" href="data:,"><script src="/watch.js"></script>`,
        header,
      ),
    );
    await site.until(path, 'page_view', 1);
    await engine.click('#b');
    await site.until(path, 'click', 1);
    // The page's own inline script shows that the policy is in effect.
    expect(await engine.evaluate('window.inline')).toBeFalsy();
    const scripts = (await refused()).filter((text) => /^(script|connect)/.test(text));
    expect(scripts).toEqual(['script-src-elem inline']);
    await of.leave();
    await site.until(path, 'engagement', 1);
  });

  test('the injected tag gets the nonce of the policy', async () => {
    const { engine, site } = of;
    await engine.open(
      await site.page(
        '/policy-nonce',
        INLINE,
        `<script nonce="c29tZXRoaW5n">${WATCH}</script>`,
        "script-src 'nonce-c29tZXRoaW5n'; connect-src 'self'",
      ),
    );
    await site.until('/policy-nonce', 'page_view', 1);
    expect(await engine.evaluate('window.inline')).toBeFalsy();
    expect(await refused()).toEqual(['script-src-elem inline']);
  });

  test('a policy without scripts of the own origin blocks the tracker', async () => {
    const { engine, site } = of;
    await engine.open(
      await site.page('/policy-none', 'x', '', "script-src 'none'; connect-src 'self'"),
    );
    await holds(engine.evaluate, "document.readyState === 'complete'");
    expect(await engine.evaluate('typeof webwatch')).toBe('undefined');
    expect(await engine.evaluate("document.scripts[0].getAttribute('src')")).toContain('ww.js');
  });

  describe('a tag written by hand', () => {
    let site: Site;

    beforeAll(async () => {
      site = await Site.start('webwatch.tracker.inject=false');
    }, 60_000);
    afterAll(() => site?.stop());

    const tag = (integrity: string) =>
      `<script>window.failed = 0; addEventListener('error', ({ target }) => (failed += target.localName === 'script'), true)</script>
       <script defer src="/webwatch/ww.js?v=${builds().full.hash}" integrity="${integrity}"></script>`;

    test('loads the script with the published hash', async () => {
      const { engine } = of;
      await engine.open(await site.page('/right', 'x', tag(builds().full.integrity)));
      await site.until('/right', 'page_view', 1);
      expect(await engine.evaluate('failed')).toBe(0);
    });

    test('does not load the script with another hash', async () => {
      const { engine } = of;
      const integrity = builds().full.integrity.replace(/-..../, '-AAAA');
      await engine.open(await site.page('/wrong', 'x', tag(integrity)));
      await holds(engine.evaluate, 'window.failed === 1');
      expect(await engine.evaluate('typeof webwatch')).toBe('undefined');
    });
  });
}
