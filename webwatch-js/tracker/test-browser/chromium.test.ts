import { expect, test } from 'vitest';
import { behaviours } from './behaviours';
import { openTracked } from './engine';
import { chromium } from './puppeteer';
import { settings } from './settings';
import { duplicates } from './site';

behaviours('chromium', chromium, (of) => {
  settings(of);

  test('events of an offline page arrive once when it is online again', async () => {
    const { engine, site } = of;
    await of.visit('/offline', 'home');
    await site.until('/offline', 'page_view', 1);
    const failed = new Promise((done) => engine.page.once('requestfailed', done));
    await engine.page.setOfflineMode(true);
    await engine.evaluate("webwatch('event', 'while-offline')");
    await failed;
    await engine.evaluate("webwatch('event', 'later')");
    await engine.page.setOfflineMode(false);
    await site.until('/offline', 'custom', 2);
    expect(duplicates(await site.events('/offline'))).toEqual([]);
  });

  test('a tab that is hidden and shown reports each period once', async () => {
    const { engine, site } = of;
    await of.visit('/hidden', '<button id="b">b</button>');
    await engine.click('#b');
    const show = await engine.hide();
    await site.until('/hidden', 'engagement', 1);
    await site.until('/hidden', 'click', 1);
    await show();
    await of.leave();
    const times = await site.until('/hidden', 'engagement', 2);
    expect(times).toHaveLength(2);
    const shown = times.reduce((sum, event) => sum + (event['visible_ms'] as number), 0);
    expect(shown).toBeLessThanOrEqual(
      times[1]!.time - times[0]!.time + (times[0]!['visible_ms'] as number) + 50,
    );
    expect(await site.events('/hidden', 'click')).toHaveLength(1);
  });

  test('query parameters that are not allowed do not leave the browser', async () => {
    const { engine, site } = of;
    const bodies: string[] = [];
    const sent = (request: { url(): string; postData(): string | undefined }) => {
      if (/events$/.test(request.url())) bodies.push(request.postData() ?? '');
    };
    engine.page.on('request', sent);
    await openTracked(
      engine,
      (await site.page(
        '/queries',
        `<a id="a" href="https://a.example/x?token=secret">a</a>
         <script>addEventListener('click', (e) => e.preventDefault())</script>`,
      )) + '?gclid=kept&token=secret#secret',
    );
    await engine.click('#a');
    await site.until('/queries', 'click', 1);
    engine.page.off('request', sent);
    expect(bodies.join()).toContain('gclid=kept');
    expect(bodies.join()).not.toContain('secret');
  });
});
