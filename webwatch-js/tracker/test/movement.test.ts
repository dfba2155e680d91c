import { beforeAll, expect, test } from 'vitest';
import { addScript, setCurrentScript, vectors, type Vector } from './tracker';

let encode: typeof import('../src/movement').encode;

beforeAll(async () => {
  setCurrentScript(addScript('/watch/ww.js'));
  ({ encode } = await import('../src/movement'));
});

interface MovementVector extends Vector {
  readonly body?: { readonly e: readonly { readonly t: string; readonly g?: unknown }[] };
  readonly events?: readonly {
    readonly type: string;
    readonly attributes: {
      readonly cells: readonly { column: number; row: number; dwell_ms: number }[];
    };
  }[];
}

test('cells are encoded as in the test vectors', () => {
  let checked = 0;
  for (const { name, body, events } of vectors as readonly MovementVector[]) {
    const event = events?.[0];
    if (event?.type !== 'mouse_move' || body?.e[0]?.t !== 'mouse_move') continue;
    const cells = event.attributes.cells.map(({ column, row, dwell_ms }) => [
      column,
      row,
      0,
      dwell_ms / 50,
    ]);
    expect(encode(cells), name).toBe(body.e[0].g);
    checked++;
  }
  expect(checked).toBeGreaterThan(5);
});

test('a point takes less than four characters on average', () => {
  // A pointer that moves over a page and occasionally rests.
  const cells: number[][] = [];
  let [column, row] = [20, 10];
  for (let i = 0; i < 200; i++) {
    column = Math.max(0, column + Math.round(9 * Math.sin(i)));
    row = Math.max(0, row + Math.round(7 * Math.cos(i * 1.7)));
    cells.push([column, row, 0, i % 20 ? 1 + (i % 9) : 200]);
  }
  expect(encode(cells).length / cells.length).toBeLessThan(4);
});
