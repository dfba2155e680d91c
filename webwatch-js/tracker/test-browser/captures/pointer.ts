import { expect, test } from 'vitest';
import type { Fixture } from '../behaviours';
import { holds } from '../engine';

/** Movement and hovering, in any engine. */
export function pointer(of: Fixture): void {
  test('movement is reported on the document and on fixed elements', async () => {
    const { engine, site } = of;
    await of.visit(
      '/movement',
      `<div style="position:fixed;top:0;left:0;width:800px;height:96px"><b>menu</b></div><div style="height:3000px"></div>`,
    );
    await engine.evaluate('scrollTo(0, 640)');
    for (const [x, y] of [
      [80, 330],
      [400, 330],
      [400, 40],
    ] as const) {
      await engine.move(x, y);
      await new Promise((done) => setTimeout(done, 150));
    }
    await of.leave();
    const moves = await site.until('/movement', 'mouse_move', 2);
    const cells = (fixed: boolean) =>
      moves.find((event) => event['fixed'] === fixed)!['cells'] as {
        column: number;
        row: number;
        dwell_ms: number;
      }[];
    const inOrder = cells(false).slice(-2);
    expect(inOrder.map(({ column, row }) => [column, row])).toEqual([
      [2, 30],
      [12, 30],
    ]);
    expect(inOrder[0]!.dwell_ms).toBeGreaterThanOrEqual(100);
    expect(cells(true)).toMatchObject([{ column: 12, row: 1 }]);
  });

  test('hovering is reported for marked elements', async () => {
    const { engine, site } = of;
    await of.visit(
      '/hover',
      `<style>p { margin: 0; height: 64px; width: 320px }</style>
         <p id="a" data-webwatch-hover>a <b style="margin-left:99px">b</b></p><p id="c">c</p>`,
    );
    await engine.move(20, 40);
    await new Promise((done) => setTimeout(done, 300));
    await engine.move(115, 20);
    await new Promise((done) => setTimeout(done, 250));
    await engine.move(20, 110);
    const [hover] = await site.until('/hover', 'hover', 1);
    expect(hover!['element']).toBe('#a');
    expect(hover!['hover_ms']).toBeGreaterThanOrEqual(500);
  });

  // WebKitGTK's driver does not support touch.
  if (of.name !== 'webkit') {
    test('a finger moves only while it touches', async () => {
      const { engine, site } = of;
      await of.visit('/touch', '<div style="position:absolute;inset:0;touch-action:none"></div>');
      await engine.swipe([80, 80], [80, 240]);
      await holds(engine.evaluate, 'document.readyState === "complete"');
      await of.leave();
      const [move] = await site.until('/touch', 'mouse_move', 1);
      const cells = move!['cells'] as { column: number; row: number; dwell_ms: number }[];
      expect(cells[0]).toMatchObject({ column: 2, row: 2 });
      expect(cells.reduce((sum, { dwell_ms }) => sum + dwell_ms, 0)).toBeLessThan(1000);
    });
  }
}
