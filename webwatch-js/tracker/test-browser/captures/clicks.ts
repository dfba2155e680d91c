import { expect, test } from 'vitest';
import type { Fixture } from '../behaviours';

const OUTSIDE = 'https://elsewhere.example';
const NO_NAVIGATION =
  '<script>addEventListener("click", (e) => e.preventDefault()); addEventListener("auxclick", (e) => e.preventDefault())</script>';

/** Clicks and what the tracker derives from them, in any engine. */
export function clicks(of: Fixture): void {
  test('rage clicks and dead clicks are recognized', async () => {
    const { engine, site } = of;
    await of.visit(
      '/clicks/dead',
      `<p id="dead" style="width:9em">dead</p><button id="live" onclick="this.textContent='x'">live</button>
         <my-card id="card" style="display:block;width:9em"></my-card>
         <script>
           const root = document.getElementById('card').attachShadow({ mode: 'open' });
           root.innerHTML = '<button id="in" style="width:9em">in</button>';
           root.firstChild.onclick = (event) => (event.target.textContent = 'done');
         </script>`,
    );
    await engine.click('#live');
    await engine.click('#card');
    await engine.click('#dead', { times: 3 });
    const clicks = await site.until('/clicks/dead', 'click', 5);
    const facts = clicks.map((event) => [event['element'], event['rage'], event['dead']]);
    expect(facts).toContainEqual(['#live', false, false]);
    expect(facts).toContainEqual(['#card>>>#in', false, false]);
    expect(facts.filter(([element]) => element === '#dead')).toEqual([
      ['#dead', false, true],
      ['#dead', false, true],
      ['#dead', true, true],
    ]);
  });

  test('clicks on all kinds of elements are reported', async () => {
    const { engine, site } = of;
    await of.visit(
      '/clicks/kinds',
      `${NO_NAVIGATION}
         <button data-webwatch-name="buy" data-webwatch-label="Buy now" class="x">secret text</button>
         <div data-testid="tab" role="tab" style="width:9em">tab</div>
         <section><i style="display:block;width:9em">no name</i></section>
         <a id="out" href="${OUTSIDE}/x?token=secret"><b id="nested">out</b></a>
         <a id="mail" href="mailto:someone@secret.example">mail</a>
         <button id="control">c</button><button id="middle">m</button><button id="keyed">k</button>
         <svg width="50" height="50"><a id="svg" href="/svg"><rect id="rect" width="50" height="50"/></a></svg>
         <img id="map" src="/a.gif" width="50" height="50" usemap="#areas">
         <map name="areas"><area id="area" shape="rect" coords="0,0,50,50" href="/area"></map>
         <label id="label" for="box">label</label><input id="box" type="checkbox">`,
    );
    await engine.click('[data-webwatch-name]');
    await engine.click('[data-testid]');
    await engine.click('section i');
    await engine.click('#nested');
    await engine.click('#mail');
    await engine.click('#control', { control: true });
    await engine.click('#middle', { middle: true });
    await engine.evaluate("document.getElementById('keyed').focus()");
    await engine.press('Enter');
    await engine.click('#rect');
    await engine.click('#map');
    await engine.click('#label');
    const clicks = (await site.until('/clicks/kinds', 'click', 11)).sort((a, b) => a.time - b.time);
    const click = (element: string) => clicks.find((event) => event['element'] === element);
    const elements = clicks.map((event) => event['element']);
    expect(elements).toHaveLength(11);
    expect(new Set(elements)).toEqual(
      new Set([
        '[data-webwatch-name="buy"]',
        '[data-testid="tab"]',
        'html>body>section>i',
        ...['#out', '#mail', '#control', '#middle', '#keyed', '#svg', '#area', '#label'],
      ]),
    );
    expect(click('[data-webwatch-name="buy"]')).toMatchObject({ label: 'Buy now', tag: 'button' });
    expect(click('[data-testid="tab"]')).toMatchObject({ role: 'tab' });
    expect(click('#out')).toMatchObject({ href: OUTSIDE + '/x', outbound: true });
    expect(click('#mail')).toMatchObject({ href: 'mailto:' });
    expect(click('#svg')).toMatchObject({ href: site.origin + '/svg', outbound: false });
    expect(click('#area')).toMatchObject({ href: site.origin + '/area' });
    expect(click('#keyed')).not.toHaveProperty('x');
    expect(click('#control')!['x']).toBeGreaterThan(0);
    const box = await engine.evaluate(
      "(({ x, y, width, height }) => ({ x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) }))(document.getElementById('control').getBoundingClientRect())",
    );
    expect(click('#control')!['box']).toEqual(box);
    expect(JSON.stringify(clicks)).not.toContain('secret');
  });

  test('downloads are recognized by extension and by attribute', async () => {
    const { engine, site } = of;
    await of.visit(
      '/downloads',
      `${NO_NAVIGATION}<a id="pdf" href="/files/Report.PDF?token=secret">Report</a><a id="page" href="#x">x</a>
         <a id="named" href="/files/raw?id=7" download="data.bin">Raw</a>`,
    );
    for (const id of ['pdf', 'page', 'named']) await engine.click('#' + id);
    await site.until('/downloads', 'click', 3);
    expect(await site.events('/downloads', 'download')).toMatchObject([
      { file: 'Report.PDF', extension: 'pdf', url: `${site.origin}/files/Report.PDF` },
      { file: 'data.bin', url: `${site.origin}/files/raw` },
    ]);
  });

  test('custom events come from attributes and from calls before the script has loaded', async () => {
    const { engine, site } = of;
    await of.visit(
      '/custom',
      '<button data-webwatch-event="buy" data-webwatch-sku="7"><b id="b">buy</b></button>',
      `<script>
          window.webwatch = window.webwatch || function () { (webwatch.q = webwatch.q || []).push(arguments) };
          webwatch('event', 'early', { total: 12.5, first: true, note: 'x', none: null });
        </script>`,
    );
    await engine.click('#b');
    const events = await site.until('/custom', 'custom', 2);
    expect(events.map(({ name, props }) => [name, props])).toEqual([
      ['early', { total: 12.5, first: true, note: 'x' }],
      ['buy', { sku: '7' }],
    ]);
  });

  test('nothing in an ignored subtree is reported', async () => {
    const { engine, site } = of;
    await of.visit(
      '/ignored',
      `<style>[data-webwatch-ignore] { position: fixed; inset: 0 }</style>
         <div data-webwatch-ignore><form id="f"><input name="a"></form><button id="b">b</button>
         <img src="/a.gif" width="200" height="200"></div><img src="/b.gif" width="200" height="200">`,
    );
    await engine.type('[name=a]', 'x');
    await engine.click('#b');
    // Both images are visible for equally long.
    await site.until('/ignored', 'image_view', 1);
    await of.leave();
    await site.until('/ignored', 'engagement', 1);
    const events = await site.events('/ignored');
    const captured = events.filter(({ type }) => /click|form|image|mouse/.test(type));
    expect(captured).toMatchObject([{ type: 'image_view', image: `${site.origin}/b.gif` }]);
  });
}
