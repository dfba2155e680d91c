import { pathOf } from './elements';
import { onChange } from './hooks';
import { listen } from './listen';
import { doc, max, min, now } from './natives';
import { record } from './tracker';

const CELL_SIZE = 32;
const DWELL_UNIT = 50;
const SAMPLE_AFTER = 50;
const MAX_CELLS = 200;
/** A pointer that rests longer than this is not in use. */
const MAX_DWELL = 10_000;

/** Returns the base64url digit of six bits. Asking the browser for it takes fewer bytes than an alphabet. */
const digit = (bits: number): string => '-_'[bits - 62] || btoa(String.fromCharCode(bits * 4))[0]!;

/** Encodes a number that is not negative as a base64 VLQ. */
const vlq = (value: number): string =>
  value > 31 ? digit((value & 31) | 32) + vlq(value >> 5) : digit(value);

/** Encodes a number as a base64 VLQ whose lowest bit is the sign. */
const signed = (step: number) => vlq(step < 0 ? 1 - step * 2 : step * 2);

type Cell = [column: number, row: number, fixed: number, dwell: number];

/** Encodes a chain of cells as defined by the protocol. */
export const encode = (cells: readonly (readonly number[])[]): string =>
  cells
    .map(([column, row, , dwell], index) => {
      const [x, y] = cells[index - 1] || [0, 0];
      return signed(column! - x!) + signed(row! - y!) + vlq(dwell!);
    })
    .join('');

/** Captures where the pointer was and for how long, as cells of a grid that mostly take three characters each. */
export const movement = (): void => {
  // The first chain is relative to the document, the second one, below fixed elements, to the viewport.
  const chains: [Cell[], Cell[]] = [[], []];
  let cell: Cell | 0 = 0;
  /** The current cell in a form that can be compared. */
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
      // Until now this was the time at which the cell was entered.
      cell[3] = (min(now() - cell[3], MAX_DWELL) / DWELL_UNIT + 0.5) | 0;
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
      const column = max(0, ((fixed ? event.clientX : event.pageX) / CELL_SIZE) | 0);
      const row = max(0, ((fixed ? event.clientY : event.pageY) / CELL_SIZE) | 0);
      // A lifted finger has no position.
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
