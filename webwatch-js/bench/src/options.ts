import { parseArgs } from 'node:util';

export interface Options {
  readonly rounds: number;
  /** Of each tracker, all rounds together. */
  readonly moves: number;
  readonly visitSeconds: number;
  readonly only: readonly string[];
}

export const USAGE = `Usage: benchmarks/run tracker [--quick] [--rounds N] [--moves N] [--visit SECONDS] [--only KEY,KEY]

What the tracker costs a page, beside the page without it and beside published trackers, in Chromium. About 40 minutes;
--quick shows in four that it works, and its figures say little.

  --rounds   of each tracker, in turns; 15
  --moves    of the pointer over each tracker, all rounds together; 2250
  --visit    how long the scripted visit lasts; 120
  --only     some of none, empty, core, full, plausible, snowplow, countly, posthog
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
      throw new Error(`--${name} ${values[name]}: not a number.`);
    return value;
  };
  return {
    rounds: number('rounds', 15, 1),
    moves: number('moves', 2250, 60),
    visitSeconds: number('visit', 120, 12),
    only: values.only?.split(',') ?? [],
  };
}
