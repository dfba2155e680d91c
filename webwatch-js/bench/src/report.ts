import type { Points } from './points';
import type { Reads } from './reads';
import type { Round } from './round';
import type { Sent } from './server';
import { spread, type Spread } from './stats';
import type { Tracker } from './trackers';
import type { Work } from './trace';

/** All measurements of one tracker. */
export interface Measured {
  readonly tracker: Tracker;
  readonly rounds: Round[];
  reads?: Reads;
  sent?: Sent;
  points?: Points;
}

const BUDGETS = { loadMillis: 10, moveMicros: 50, pointBytes: 4, readsPerFrame: 1, taskMillis: 50 };

/** Cost of measuring a call, in µs: the time that a call of an empty listener takes in the same round. */
const OVERHEAD = new WeakMap<Round, number>();

/** Determines the cost of measuring from the rounds with empty listeners. */
export function calibrate(all: readonly Measured[]): void {
  const empty = all.find(({ tracker }) => tracker.key === 'empty');
  for (const { rounds } of all) {
    for (const [i, round] of rounds.entries()) {
      const move = empty?.rounds[i]?.move;
      if (move?.calls) OVERHEAD.set(round, move.cpu / move.calls);
    }
  }
}

const overhead = (round: Round) => OVERHEAD.get(round) ?? 0;

const cpu = (round: Round, { cpu, calls }: Work) => Math.max(0, cpu - calls * overhead(round));

const perEvent =
  (name: 'move' | 'scroll' | 'busyScroll' | 'click') =>
  (round: Round): number =>
    cpu(round, round[name]) / round[name].events;

/** The figures of a round in the units of the tables. */
const FIGURES = {
  overhead,
  load: (round: Round) => cpu(round, round.load) / 1000,
  backgroundParse: (round: Round) => round.backgroundParse / 1000,
  mainThread: ({ load }: Round) => load.mainThread / 1000,
  move: perEvent('move'),
  scroll: perEvent('scroll'),
  busyScroll: perEvent('busyScroll'),
  click: perEvent('click'),
  leave: (round: Round) => cpu(round, round.leave) / 1000,
  longestTask: (round: Round) =>
    Math.max(
      ...[round.load, round.move, round.busyScroll, round.scroll, round.click, round.leave].map(
        ({ longestTask }) => longestTask,
      ),
    ) / 1000,
  longestTaskLater: (round: Round) =>
    Math.max(
      ...[round.move, round.busyScroll, round.scroll, round.click].map(
        ({ longestTask }) => longestTask,
      ),
    ) / 1000,
  forcedPerFrame: ({ busyScroll }: Round) => busyScroll.forced / busyScroll.frames,
  maxForcedInFrame: ({ busyScroll }: Round) => busyScroll.maxForcedInFrame,
};

type Figure = keyof typeof FIGURES;

export const figure = ({ rounds }: Measured, name: Figure): Spread =>
  spread(rounds.map(FIGURES[name]));

/** Returns the heap in KiB, less that of the page without a tracker in the same round. */
const heap = (measured: Measured, none: Measured | undefined): Spread =>
  spread(measured.rounds.map(({ heap }, i) => (heap - (none?.rounds[i]?.heap ?? 0)) / 1024));

const cell = ({ median, low, high }: Spread, digits: number) =>
  `${median.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const width = head.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]) =>
    '| ' + cells.map((text, i) => text.padEnd(width[i]!)).join(' | ') + ' |';
  return [line(head), line(width.map((n) => '-'.repeat(n))), ...rows.map(line)].join('\n');
}

const bytes = (n: number) => String(n).replace(/\B(?=(\d{3})+$)/g, ' ');

/** Returns the results as Markdown tables for the documentation. */
export function tables(all: readonly Measured[], visitSeconds: number): string {
  const measured = all.filter(({ rounds }) => rounds.length);
  const parts = [
    sizes(all),
    scriptCosts(measured),
    pageCosts(measured),
    readCounts(all),
    sentBytes(all, visitSeconds),
  ];
  const empty = measured.find(({ tracker }) => tracker.key === 'empty');
  if (empty) {
    parts.push(
      `From the CPU time of each call, ${cell(figure(empty, 'overhead'), 1)} µs have been subtracted, which is ` +
        'what a call of an empty listener takes while being measured.',
    );
  }
  return parts.join('\n\n');
}

function sizes(all: readonly Measured[]): string {
  const none = all.find(({ tracker }) => tracker.key === 'none');
  return table(
    ['', 'licence', 'minified', 'gzip', 'brotli', 'heap added, KiB'],
    all
      .filter(({ tracker }) => tracker.script.length)
      .map((each) => [
        each.tracker.name,
        each.tracker.licence,
        ...[each.tracker.script.length, each.tracker.gzip, each.tracker.brotli].map(bytes),
        each.rounds.length ? cell(heap(each, none), 0) : '',
      ]),
  );
}

/** A column of a table: its heading, the figure that it shows, and the number of decimal places. */
type Column = readonly [head: string, name: Figure, digits: number];

function figures(title: string, measured: readonly Measured[], columns: readonly Column[]): string {
  return table(
    [title, ...columns.map(([head]) => head)],
    measured.map((each) => [
      each.tracker.name,
      ...columns.map(([, name, digits]) => cell(figure(each, name), digits)),
    ]),
  );
}

const scriptCosts = (measured: readonly Measured[]) =>
  figures('script CPU', measured, [
    ['load, ms', 'load', 2],
    ['move, µs', 'move', 1],
    ['scroll, µs', 'scroll', 1],
    ['scroll, stale layout, µs', 'busyScroll', 1],
    ['click, µs', 'click', 1],
    ['leave, ms', 'leave', 2],
  ]);

const pageCosts = (measured: readonly Measured[]) =>
  figures('', measured, [
    ['parsed in background, ms', 'backgroundParse', 2],
    ['page’s main thread until idle, ms', 'mainThread', 0],
    ['longest task, ms', 'longestTask', 2],
    ['after load, ms', 'longestTaskLater', 2],
    ['style or layout forced per frame', 'forcedPerFrame', 2],
    ['maximum', 'maxForcedInFrame', 0],
  ]);

function readCounts(all: readonly Measured[]): string {
  return table(
    [
      'calls that read',
      'layout, per move',
      'layout, per scroll',
      'layout, maximum per frame',
      'style, per move',
    ],
    all.flatMap(({ tracker, reads }) =>
      reads
        ? [
            [
              tracker.name,
              reads.perMove.toFixed(2),
              reads.perScroll.toFixed(2),
              String(reads.maxPerFrame),
              reads.stylePerMove.toFixed(2),
            ],
          ]
        : [],
    ),
  );
}

function sentBytes(all: readonly Measured[], visitSeconds: number): string {
  return table(
    [`a visit of ${visitSeconds} s`, 'requests', 'bodies, bytes', 'uncompressed', 'with headers'],
    all.flatMap(({ tracker, sent }) =>
      sent
        ? [
            [
              tracker.name,
              ...[sent.requests, sent.bodyBytes, sent.plainBytes, sent.wireBytes].map(bytes),
            ],
          ]
        : [],
    ),
  );
}

/** Returns a table that compares the full build with its budgets. */
export function budgets(all: readonly Measured[]): string {
  const full = all.find(({ tracker }) => tracker.key === 'full');
  if (!full) return '';
  const rows: string[][] = [];
  const row = (name: string, value: number, unit: string, max: number) =>
    rows.push([name, `${value.toFixed(2)} ${unit}`, `≤ ${max}`, value <= max ? 'pass' : 'miss']);
  if (full.rounds.length) {
    row('script CPU at load', figure(full, 'load').median, 'ms', BUDGETS.loadMillis);
    row('script CPU per move', figure(full, 'move').median, 'µs', BUDGETS.moveMicros);
    row('longest task', figure(full, 'longestTask').median, 'ms', BUDGETS.taskMillis);
  }
  if (full.reads) {
    row('calls per frame that read layout', full.reads.maxPerFrame, '', BUDGETS.readsPerFrame);
  }
  if (full.points?.points) {
    const { points, chainBytes, eventBytes } = full.points;
    row(`chains of ${points} points`, chainBytes / points, 'B per point', BUDGETS.pointBytes);
    rows.push([
      'including the rest of the events',
      `${(eventBytes / points).toFixed(2)} B per point`,
      '–',
      '',
    ]);
  }
  return table(['WebWatch full', 'measured', 'budget', ''], rows);
}

/** Returns the results as JSON, without scripts and request bodies. */
export const json = (all: readonly Measured[]): string =>
  JSON.stringify(
    all.map(({ tracker, rounds, reads, sent, points }) => ({
      tracker: { ...tracker, script: undefined, answer: undefined, bytes: tracker.script.length },
      figures: rounds.length
        ? Object.fromEntries(
            (Object.keys(FIGURES) as Figure[]).map((name) => [
              name,
              spread(rounds.map(FIGURES[name])),
            ]),
          )
        : undefined,
      rounds,
      reads,
      sent: sent && { ...sent, bodies: undefined },
      points,
    })),
    null,
    1,
  );
