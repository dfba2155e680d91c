import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { firefox, webkit, type Engine } from './engines';
import { doubled, Site, tone } from './site';

describe.each([
  ['firefox', firefox],
  ['webkit', webkit],
] as const)('%s', (name, launch) => {
  let site: Site;
  let browser: Engine;
  const at = (path: string) => `/${name}${path}`;

  beforeAll(async () => {
    site = await Site.start();
    browser = await launch();
    await site.file(
      '/a.gif',
      'image/gif',
      Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
    );
    await site.file('/tone.wav', 'audio/wav', tone(1));
  }, 60_000);
  afterAll(async () => {
    await browser?.quit();
    await site?.stop();
  });

  test('loadSpaAndCustomEvents_arriveOnce', async () => {
    await browser.open(await site.page(at('/load'), 'home'));
    await site.until(at('/load'), 'page_view', 1);
    await browser.evaluate("history.pushState(null, '', location.pathname + '/in')");
    await browser.evaluate("webwatch('event', 'order', { total: 12.5 })");
    const [order] = await site.until(at('/load'), 'custom', 1);
    expect(order).toMatchObject({ name: 'order', props: { total: 12.5 }, path: at('/load/in') });
    const views = await site.until(at('/load'), 'page_view', 2);
    expect(views.map((event) => event['kind'])).toEqual(['load', 'spa']);
    expect(views[0]!['load_ms']).toBeGreaterThan(0);
  });

  test('linkThatNavigates_itsClickArrivesOnce', async () => {
    await site.page(at('/link/next'), 'next');
    await browser.open(
      await site.page(at('/link'), `<a id="go" href="${at('/link/next')}">Next</a>`),
    );
    await browser.click('#go');
    const [click] = await site.until(at('/link'), 'click', 1);
    expect(click).toMatchObject({ element: '#go', href: site.origin + at('/link/next') });
    await site.until(at('/link'), 'page_view', 2);
    await site.until(at('/link'), 'engagement', 1);
    expect(doubled(await site.events(at('/link')))).toEqual([]);
    expect(await site.events(at('/link'), 'click')).toHaveLength(1);
  });

  test('formThatNavigates_arrivesOnceAndWithoutValues', async () => {
    await site.page(at('/form/done'), 'done');
    await browser.open(
      await site.page(
        at('/form'),
        `<form id="f" action="${at('/form/done')}"><input id="i" name="a"><button id="b">Go</button></form>`,
      ),
    );
    await browser.type('#i', 'secret');
    await browser.click('#b');
    const [submit] = await site.until(at('/form'), 'form_submit', 1);
    expect(submit).toMatchObject({ form: '#f', last_field: 'a' });
    expect(JSON.stringify(await site.events(at('/form')))).not.toContain('secret');
  });

  test('tabThatIsClosed_itsLastEventsArriveOnce', async () => {
    await browser.open(await site.page(at('/close'), '<button id="b">b</button>'));
    await site.until(at('/close'), 'page_view', 1);
    await browser.click('#b');
    await browser.closeTab();
    const [engagement] = await site.until(at('/close'), 'engagement', 1);
    expect(engagement!['visible_ms']).toBeGreaterThan(0);
    expect(await site.events(at('/close'), 'click')).toHaveLength(1);
    expect(doubled(await site.events(at('/close')))).toEqual([]);
  });

  test('scrollImagesAndMedia_areSeen', async () => {
    await browser.open(
      await site.page(
        at('/see'),
        '<img src="/a.gif" width="200" height="200"><audio src="/tone.wav" muted></audio><div style="height:9000px"></div>',
      ),
    );
    await site.until(at('/see'), 'image_view', 1);
    await browser.evaluate("(document.querySelector('audio').play(), scrollTo(0, 4000))");
    const [depth] = await site.until(at('/see'), 'engagement', 1);
    expect(depth!['scroll_depth']).toBeGreaterThan(30);
    await site.until(at('/see'), 'audio_play', 1);
  });

  test('collectorThatFails_isAskedAgain', async () => {
    await site.answers(503);
    await browser.open(await site.page(at('/fails'), 'home'));
    await site.until(at('/fails'), 'page_view', 1);
    expect(doubled(await site.events(at('/fails')))).toEqual([]);
  });

  // The last, since Firefox's driver waits for a load event that a page from the cache has not.
  test('backAndAgain_everyViewCountsOnce', async () => {
    await site.page(at('/back/two'), 'two');
    await browser.open(await site.page(at('/back/one'), 'one'));
    await site.until(at('/back'), 'page_view', 1);
    await browser.open(site.origin + at('/back/two'));
    await site.until(at('/back'), 'page_view', 2);
    await browser.back();
    const views = await site.until(at('/back'), 'page_view', 3);
    expect(views.map((event) => event.path)).toEqual([
      at('/back/one'),
      at('/back/two'),
      at('/back/one'),
    ]);
    expect(new Set(views.map((event) => event.page_view)).size).toBe(3);
  });
});
