import { pathOf } from './elements';
import { onChange } from './hooks';
import { listen } from './listen';
import { doc, max, min, now } from './natives';
import { record } from './tracker';

const CELL = 32;
const UNIT = 50;
const SAMPLE_AFTER = 50;
const MAX_CELLS = 200;
/** A pointer that lies still longer than this is only lying there. */
const MAX_DWELL = 10_000;

/** Six bits, of which the browser makes a letter of base64 in fewer bytes than it takes to list them all. */
const digit = (bits: number): string => '-_'[bits - 62] || btoa(String.fromCharCode(bits * 4))[0]!;

/** A base64 VLQ number. */
const vlq = (value: number): string =>
  value > 31 ? digit((value & 31) | 32) + vlq(value >> 5) : digit(value);

const signed = (step: number) => vlq(step < 0 ? 1 - step * 2 : step * 2);

type Cell = [column: number, row: number, fixed: number, dwell: number];

/** The chain of cells as the protocol has it. */
export const encode = (cells: readonly (readonly number[])[]): string =>
  cells
    .map(([column, row, , dwell], index) => {
      const [x, y] = cells[index - 1] || [0, 0];
      return signed(column! - x!) + signed(row! - y!) + vlq(dwell!);
    })
    .join('');

/** Where the pointer was and how long: folded to cells of a grid, mostly three characters each. */
export const movement = (): void => {
  // On the document, and for what is fixed in the window, on the viewport.
  const chains: [Cell[], Cell[]] = [[], []];
  let cell: Cell | 0 = 0;
  /** The cell, in one. */
  let place: unknown;
  let sampled = 0;

  const flush = (index: number) => {
    const root = doc.documentElement;
    const g = encode(chains[index]!);
    if (g) {
      record('mouse_move', {
        g,
        dw: root.scrollWidth,
        dh: root.scrollHeight,
        f: index || null,
      });
    }
    chains[index] = [];
  };

  const close = () => {
    if (cell) {
      const chain = chains[cell[2]]!;
      // Until then it holds when it was entered.
      cell[3] = (min(now() - cell[3], MAX_DWELL) / UNIT + 0.5) | 0;
      chain.push(cell);
      if (chain[MAX_CELLS - 1]) flush(cell[2]);
    }
    place = cell = 0;
  };

  listen<PointerEvent>('pointermove pointerdown pointerup pointercancel', (event) => {
    const time = now();
    if (event.type != 'pointermove' || time - sampled >= SAMPLE_AFTER) {
      sampled = time;
      const path = pathOf(event);
      const fixed = +path.some((element) => getComputedStyle(element).position == 'fixed');
      const column = max(0, ((fixed ? event.clientX : event.pageX) / CELL) | 0);
      const row = max(0, ((fixed ? event.clientY : event.pageY) / CELL) | 0);
      // A finger that is lifted is nowhere.
      const gone = !path[0] || /(up|cancel)touch/.test(event.type + event.pointerType);
      const here = gone || `${[column, row, fixed]}`;
      if (here != place) {
        close();
        if (!gone) {
          cell = [column, row, fixed, time];
          place = here;
        }
      }
    }
  });

  onChange(() => {
    close();
    flush(0);
    flush(1);
  });
};
