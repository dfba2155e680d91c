/** Size of pointer movement on the wire, from the requests of WebWatch. */
export interface Points {
  readonly points: number;
  /** Size of the encoded chains of cells. */
  readonly chainBytes: number;
  /** Size of the complete events, including time, sequence number and document size. */
  readonly eventBytes: number;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const NUMBERS_PER_POINT = 3;

interface WireEvent {
  readonly t: string;
  readonly g?: string;
}

/** Counts the points in a chain. The last digit of each number does not have the continuation bit. */
function pointsOf(chain: string): number {
  const numbers = [...chain].filter((digit) => DIGITS.indexOf(digit) < 32).length;
  if (numbers % NUMBERS_PER_POINT) throw new Error(`Not a valid chain of points: ${chain}`);
  return numbers / NUMBERS_PER_POINT;
}

/** Counts the points in the requests to a collector. */
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
