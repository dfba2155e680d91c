import type { Points } from './points';
import type { Reads } from './reads';
import type { Round } from './round';
import type { Sent } from './server';
import { spread, type Spread } from './stats';
import type { Tracker } from './trackers';
import type { Work } from './trace';

/** All that was measured of one tracker. */
export interface Measured {
  readonly tracker: Tracker;
  readonly rounds: Round[];
  reads?: Reads;
  sent?: Sent;
  points?: Points;
}

const BUDGETS = { loadMillis: 10, moveMicros: 50, pointBytes: 4, readsPerFrame: 1, taskMillis: 50 };

/** What measuring takes of each call, in µs: what a call of a listener that does nothing takes. */
const OVERHEAD = new WeakMap<Round, number>();

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

/** Each figure of a round that the tables show, in the unit that they name. */
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

/** Over the page without a tracker in the same round, in KiB. */
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

/** Tables as Markdown, so that they can be put into the documentation as they are. */
export function tables(all: readonly Measured[], visitSeconds: number): string {
  const none = all.find(({ tracker }) => tracker.key === 'none');
  const measured = all.filter(({ rounds }) => rounds.length);
  const parts = [
    table(
      ['', 'licence', 'minified', 'gzip', 'brotli', 'heap added, KiB'],
      all
        .filter(({ tracker }) => tracker.script.length)
        .map((each) => [
          each.tracker.name,
          each.tracker.licence,
          ...[each.tracker.script.length, each.tracker.gzip, each.tracker.brotli].map(bytes),
          each.rounds.length ? cell(heap(each, none), 0) : '',
        ]),
    ),
    table(
      [
        'script CPU',
        'load, ms',
        'move, µs',

        'scroll, µs',
        'scroll, stale layout, µs',
        'click, µs',
        'leave, ms',
      ],
      measured.map((each) => [
        each.tracker.name,
        cell(figure(each, 'load'), 2),
        ...(['move', 'scroll', 'busyScroll', 'click'] as const).map((name) =>
          cell(figure(each, name), 1),
        ),
        cell(figure(each, 'leave'), 2),
      ]),
    ),
    table(
      [
        '',
        'parsed in background, ms',
        'page’s main thread until idle, ms',
        'longest task, ms',
        'after load, ms',
        'style or layout forced per frame',
        'at most',
      ],
      measured.map((each) => [
        each.tracker.name,
        cell(figure(each, 'backgroundParse'), 2),
        cell(figure(each, 'mainThread'), 0),
        cell(figure(each, 'longestTask'), 2),
        cell(figure(each, 'longestTaskLater'), 2),
        cell(figure(each, 'forcedPerFrame'), 2),
        cell(figure(each, 'maxForcedInFrame'), 0),
      ]),
    ),
    table(
      [
        'calls that read',
        'layout, per move',
        'layout, per scroll',
        'layout, most in a frame',
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
    ),
    table(
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
    ),
  ];
  const taken = all.find(({ tracker, rounds }) => tracker.key === 'empty' && rounds.length);
  if (taken) {
    parts.push(
      `Each call’s processor time is less ${cell(figure(taken, 'overhead'), 1)} µs, what a call of a ` +
        'listener that does nothing takes while it is measured.',
    );
  }
  return parts.join('\n\n');
}

/** The budgets of the full build, and whether they are met. */
export function budgets(all: readonly Measured[]): string {
  const full = all.find(({ tracker }) => tracker.key === 'full');
  if (!full) return '';
  const rows: string[][] = [];
  const row = (name: string, value: number, unit: string, most: number) =>
    rows.push([name, `${value.toFixed(2)} ${unit}`, `≤ ${most}`, value <= most ? 'pass' : 'miss']);
  if (full.rounds.length) {
    row('script CPU at load', figure(full, 'load').median, 'ms', BUDGETS.loadMillis);
    row('script CPU per move', figure(full, 'move').median, 'µs', BUDGETS.moveMicros);
    row('longest task', figure(full, 'longestTask').median, 'ms', BUDGETS.taskMillis);
  }
  if (full.reads) {
    row('calls that read layout in a frame', full.reads.maxPerFrame, '', BUDGETS.readsPerFrame);
  }
  if (full.points?.points) {
    const { points, chainBytes, eventBytes } = full.points;
    row(`chain of ${points} movement points`, chainBytes / points, 'B a point', BUDGETS.pointBytes);
    rows.push([
      'with the rest of their events',
      `${(eventBytes / points).toFixed(2)} B a point`,
      '–',
      '',
    ]);
  }
  return table(['WebWatch full', 'measured', 'budget', ''], rows);
}

/** As JSON, without scripts and bodies. */
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
