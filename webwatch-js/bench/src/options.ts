import { parseArgs } from 'node:util';

export interface Options {
  readonly rounds: number;
  /** Per tracker, over all rounds. */
  readonly moves: number;
  readonly visitSeconds: number;
  readonly only: readonly string[];
}

export const USAGE = `Usage: benchmarks/run tracker [--quick] [--rounds N] [--moves N] [--visit SECONDS] [--only KEY,KEY]

Measures in Chromium what the tracker costs a page, compared with the page without it and with published trackers. Takes
about 40 minutes. With --quick it takes four minutes, which is too short for meaningful figures.

  --rounds   rounds per tracker (default: 15)
  --moves    pointer moves per tracker, over all rounds (default: 2250)
  --visit    duration of the scripted visit in seconds (default: 120)
  --only     trackers to measure, out of none, empty, core, full, plausible, snowplow, countly, posthog (default: all)
`;

export function options(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      moves: { type: 'string' },
      visit: { type: 'string' },
      only: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  const number = (name: 'rounds' | 'moves' | 'visit', usual: number, quick: number) => {
    const value = Number(values[name] ?? (values.quick ? quick : usual));
    if (!Number.isInteger(value) || value < 0)
      throw new Error(
        `--${name} must be a whole number that is not negative, not ${values[name]}.`,
      );
    return value;
  };
  return {
    rounds: number('rounds', 15, 1),
    moves: number('moves', 2250, 60),
    visitSeconds: number('visit', 120, 12),
    only: values.only?.split(',') ?? [],
  };
}
