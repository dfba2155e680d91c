import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Fixture } from '../behaviours';
import { holds } from '../engine';
import type { Received } from '../site';

const sum = (events: Received[], name: string) =>
  events.reduce((total, event) => total + (event[name] as number), 0);

/** Engagement, scroll depth, Web Vitals and errors, in any engine. */
export function reading(of: Fixture): void {
  test('the Web Vitals are those of the web-vitals library', async () => {
    const { engine, site } = of;
    const library = join(
      dirname(createRequire(import.meta.url).resolve('web-vitals')),
      'web-vitals.iife.js',
    );
    await site.file('/web-vitals.js', 'text/javascript', readFileSync(library));
    await of.visit(
      '/vitals',
      `<h1 style="font-size:60px">Large</h1><button id="b">b</button><div id="space"></div><p>moves</p>
         <script>
           document.getElementById('b').onclick = () => {
             const end = performance.now() + 120;
             while (performance.now() < end);
           };
           setTimeout(() => (document.getElementById('space').style.height = '200px'), 300);
         </script>`,
      '<script src="/web-vitals.js"></script><script>sessionStorage.clear(); for (const n of ["LCP","INP","CLS","FCP","TTFB"]) webVitals["on"+n](m => { sessionStorage[n] = m.value; sessionStorage[n+"r"] = m.rating }, { reportAllChanges: true })</script>',
    );
    const reported = (name: string, supported: string) =>
      holds(engine.evaluate, `sessionStorage.${name} > 0 || !(${supported})`);
    const observes = (type: string) =>
      `PerformanceObserver.supportedEntryTypes.includes('${type}')`;
    await reported('FCP', observes('paint'));
    await reported('LCP', observes('largest-contentful-paint'));
    await reported('CLS', observes('layout-shift'));
    await engine.click('#b');
    await reported('INP', "'interactionId' in (window.PerformanceEventTiming?.prototype ?? {})");
    await of.leave();
    const theirs = await engine.evaluate<{ [name: string]: string }>('({ ...sessionStorage })');
    const names = Object.keys(theirs).filter((name) => !/r$/.test(name));
    // The library reports only what the engine measures.
    expect(names).toEqual(expect.arrayContaining(['FCP', 'TTFB']));
    if (of.name === 'chromium') expect(names).toHaveLength(5);
    const vitals = await site.until('/vitals', 'web_vital', names.length);
    expect(vitals.map((event) => event['name']).sort()).toEqual(names.sort());
    for (const { name, value, rating } of vitals as unknown as {
      name: string;
      value: number;
      rating: string;
    }[]) {
      expect(value, name).toBeCloseTo(Number(theirs[name]), 2);
      expect(rating).toBe(theirs[name + 'r']);
    }
  });

  test('errors are reported once each and without queries', async () => {
    const { engine, site } = of;
    await of.visit(
      '/errors',
      `<button id="b" onclick="throw new Error('no ${'https://a.example/x?token=secret'} there')">b</button>
         <img src="/missing.gif">`,
    );
    await engine.click('#b');
    await engine.click('#b');
    await engine.evaluate("void setTimeout(() => Promise.reject(new TypeError('rejected')))");
    const errors = await site.until('/errors', 'error', 2);
    expect(errors.map((event) => event['message'])).toEqual([
      expect.stringMatching(/^(Uncaught )?Error: no https:\/\/a\.example\/x there$/),
      'TypeError: rejected',
    ]);
    expect(errors[0]).toMatchObject({ source: `${site.origin}/errors` });
  });

  test('the scroll depth considers scrolling elements and late content', async () => {
    const { engine, site } = of;
    await of.visit(
      '/scroll/root',
      '<main style="position:fixed;inset:0;overflow:auto"><div style="height:10vh"></div><div style="height:990vh"></div></main>',
    );
    await engine.evaluate("document.querySelector('main').scrollTo(0, 4 * innerHeight)");
    const [root] = await site.until('/scroll/root', 'engagement', 1);
    expect(root!['scroll_depth']).toBe(50);

    await of.visit('/scroll/late', '<div id="d"></div>');
    await engine.evaluate("void (document.getElementById('d').style.height = '1000vh')");
    await of.visit('/scroll/short', 'short');
    const [late] = await site.until('/scroll/late', 'engagement', 1);
    expect(late!['scroll_depth']).toBe(10);
    await of.leave();
    const [short] = await site.until('/scroll/short', 'engagement', 1);
    expect(short!['scroll_depth']).toBe(100);
  });

  test('engagement starts over with each view and ends without input', async () => {
    const { engine, site } = of;
    await of.visit(
      '/engaged',
      '<div style="height:1000vh"></div>',
      // A clock that the test can advance.
      '<script>const clock = performance.now; window.skew = 0; performance.now = () => clock.call(performance) + skew</script>',
    );
    await engine.evaluate('scrollTo(0, 5 * innerHeight)');
    await site.until('/engaged', 'engagement', 1);
    await engine.evaluate("(scrollTo(0, 0), history.pushState(null, '', '/engaged/spa'))");
    await site.until('/engaged/spa', 'page_view', 1);
    await engine.move(50, 50);
    await engine.evaluate('void (skew += 200_000)');
    await of.leave();
    await expect
      .poll(() => of.site.events('/engaged/spa', 'engagement').then((all) => sum(all, 'idle_ms')))
      .toBeGreaterThan(130_000);
    const spa = await site.events('/engaged/spa', 'engagement');
    expect(sum(spa, 'visible_ms')).toBeGreaterThan(200_000);
    expect(sum(spa, 'engaged_ms')).toBeLessThan(70_000);
    expect(sum(spa, 'engaged_ms')).toBeGreaterThanOrEqual(60_000);
    expect(Math.max(...spa.map((event) => event['scroll_depth'] as number))).toBeLessThan(20);
  });
}
