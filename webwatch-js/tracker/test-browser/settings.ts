import { afterEach, expect, test } from 'vitest';
import type { Fixture } from './behaviours';
import { openTracked } from './engine';
import { Site } from './site';

/** Settings of the server that affect the tag. Tested in one engine only, since each test starts a site. */
export function settings(of: Fixture): void {
  let site: Site | undefined;
  const start = async (...properties: string[]) => (site = await Site.start(...properties));

  afterEach(async () => {
    await site?.stop();
    site = undefined;
  });

  test('the core build is served if it suffices, and works', async () => {
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

  test('the settings of the tag apply in the browser', async () => {
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
}
