/** What movement costs on the wire, by what WebWatch's own requests say. */
export interface Points {
  readonly points: number;
  /** Of the chains of cells. */
  readonly chainBytes: number;
  /** Of the whole events, with time, number and document size. */
  readonly eventBytes: number;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const NUMBERS_OF_A_POINT = 3;

interface WireEvent {
  readonly t: string;
  readonly g?: string;
}

/** Each number of a chain ends with a digit that has no sixth bit. */
function pointsOf(chain: string): number {
  const numbers = [...chain].filter((digit) => DIGITS.indexOf(digit) < 32).length;
  if (numbers % NUMBERS_OF_A_POINT) throw new Error(`${chain} is no chain of points.`);
  return numbers / NUMBERS_OF_A_POINT;
}

export function pointsIn(bodies: readonly Buffer[]): Points {
  const moves = bodies
    .flatMap((body) => (JSON.parse(body.toString()) as { e: WireEvent[] }).e)
    .filter(({ t }) => t === 'mouse_move');
  return {
    points: moves.reduce((sum, { g = '' }) => sum + pointsOf(g), 0),
    chainBytes: moves.reduce((sum, { g = '' }) => sum + g.length, 0),
    eventBytes: moves.reduce((sum, event) => sum + JSON.stringify(event).length + 1, 0),
  };
}
