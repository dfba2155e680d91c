import { record } from './tracker';

/** State of a player, with the numbers that YouTube uses. Any other number leaves the state as it is. */
export const enum State {
  Ended = 0,
  Playing = 1,
  Paused = 2,
  Jumping = 3,
}
export type Player = (state: unknown, position?: number, duration?: number) => void;

/**
 * Players report their position several times per second. From this difference in seconds on the user has jumped,
 * whatever the playback rate.
 */
const MIN_JUMP = 5;

/** Returns a function that records the events of one player from its state, position and duration in seconds. */
export const player = (kind: string, md: string, pr?: string): Player => {
  const reached: { [mark: number]: unknown } = {};
  let playing: unknown;
  let watched = 0;
  let last = 0;
  let length = 0;

  const write = (type: string, pc?: number) =>
    record(kind + '_' + type, {
      md,
      pr,
      ps: (last * 1e3) | 0,
      // The duration of a live stream is infinite.
      du: (length * 1e3) | 0 || null,
      pc,
      wa: (watched * 1e3) | 0,
    });

  return (state, position = last, duration = length) => {
    const from = last;
    last = position;
    length = duration;
    if (playing && state != State.Jumping && last > from && last - from < MIN_JUMP) {
      watched += last - from;
      for (const mark of [25, 50, 75]) {
        const place = (mark * length) / 100;
        reached[mark] ||= from < place && last >= place && write('progress', mark);
      }
    }
    if (state == State.Playing) {
      if (!playing) write('play');
      playing = true;
    } else if (playing && (state == State.Paused || state === State.Ended)) {
      write(state ? 'pause' : 'complete');
      playing = 0;
    }
  };
};
