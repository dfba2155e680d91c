import uPlot from 'uplot';
import { formatCompact } from '../format/numbers';

export interface ChartSeries {
  key: string;
  label: string;
  /** The CSS custom property with the colour, such as `--ww-views`. A second one with the suffix `-soft` is paler. */
  color: string;
  kind: 'bars' | 'line';
  values: readonly (number | null)[];
  format: (value: number | null) => string;
}

export interface ChartShape {
  /** Epoch seconds, ascending. */
  times: readonly number[];
  series: readonly ChartSeries[];
  formatTick: (epochMillis: number) => string;
  /** Position of the first time within its unit, so that ticks are at round minutes. */
  tickPhase: number;
  /**
   * Index of the interval in progress, or -1. Its bar is paler, the line to it is dashed, and later points are omitted.
   */
  inProgress: number;
}

const TICK_STEPS = [1, 2, 3, 5, 7, 10, 14, 15, 30, 60, 90, 180];
const COUNT_STEPS = Array.from({ length: 10 }, (_unused, power) =>
  [1, 2, 5].map((step) => step * 10 ** power),
).flat();
const TICK_WIDTH = 64;
const FONT = '12px "Inter Variable", system-ui, sans-serif';

/** A line consists of two uPlot series: the complete intervals, and the dashed segment to the interval in progress. */
export function chartData({ times, series, inProgress }: ChartShape): uPlot.AlignedData {
  const columns = series.flatMap(({ kind, values }) => {
    if (kind === 'bars') {
      return [values.map((value, index) => (inProgress >= 0 && index > inProgress ? null : value))];
    }
    const complete = values.map((value, index) => (inProgress >= 0 && index >= inProgress ? null : value));
    const lastStep = values.map((value, index) =>
      index === inProgress || index === inProgress - 1 ? value : null,
    );
    return [complete, lastStep];
  });
  return [[...times], ...columns];
}

/** Reads `shape` at every redraw, so that new data does not require a new chart. */
export function chartOptions(
  shape: () => ChartShape,
  size: { width: number; height: number },
  onCursor: (index: number | null) => void,
): uPlot.Options {
  const { series } = shape();
  return {
    ...size,
    padding: [8, 8, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      // The cursor snaps to the nearest point. Outside the plot, uPlot passes a negative position.
      move: (plot, left, top) => [left < 0 ? left : snapped(plot, left), top],
      drag: { setScale: false, x: false, y: false },
      points: { size: 9, width: 2, fill: color('--ww-card') },
    },
    scales: {
      x: { time: false, range: () => paddedRange(shape().times) },
      y: { range: (_plot, _min, max) => [0, Math.max(4, max * 1.12)] },
    },
    axes: axesOf(shape),
    series: [{}, ...series.flatMap((one) => seriesOptions(one, shape))],
    hooks: {
      setCursor: [
        (plot) => {
          onCursor(plot.cursor.idx ?? null);
        },
      ],
    },
  };
}

function axesOf(shape: () => ChartShape): uPlot.Axis[] {
  const axis = { stroke: color('--ww-muted'), font: FONT, ticks: { show: false } };
  return [
    {
      ...axis,
      grid: { show: false },
      size: 24,
      gap: 6,
      splits: (plot) => ticks(shape(), plot.width),
      values: (_plot, splits) => splits.map((time) => shape().formatTick(time * 1000)),
    },
    {
      ...axis,
      size: 46,
      gap: 8,
      space: 44,
      incrs: COUNT_STEPS,
      grid: { stroke: color('--ww-line'), width: 1 },
      values: (_plot, splits) => splits.map(formatCompact),
    },
  ];
}

function seriesOptions(series: ChartSeries, shape: () => ChartShape): uPlot.Series[] {
  const stroke = color(series.color);
  const soft = color(`${series.color}-soft`);
  if (series.kind === 'line') {
    const spline = uPlot.paths.spline?.();
    const line = { stroke, width: 2, points: { show: shape().times.length < 4, size: 6, fill: stroke } };
    return [
      { ...line, ...(spline && { paths: spline }) },
      { ...line, dash: [3, 4] },
    ];
  }
  const bars = uPlot.paths.bars?.({
    size: [0.68, 42],
    radius: 0.22,
    disp: {
      fill: {
        // The unit for colours. uPlot declares it as a const enum, which does not exist at run time.
        // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment
        unit: 3,
        values: () => {
          const { times, inProgress } = shape();
          return times.map((_time, index) => (index === inProgress ? soft : stroke));
        },
      },
    },
  });
  return [{ fill: stroke, stroke, width: 0, points: { show: false }, ...(bars && { paths: bars }) }];
}

function snapped(plot: uPlot, left: number): number {
  const time = plot.data[0][plot.posToIdx(left)];
  return time === undefined ? left : plot.valToPos(time, 'x');
}

/** Adds half an interval at both ends, so that the outer bars are complete. */
function paddedRange(times: readonly number[]): [number, number] {
  const first = times[0] ?? 0;
  const last = times.at(-1) ?? 1;
  const half = times.length > 1 ? (last - first) / (times.length - 1) / 2 : 1800;
  return [first - half, last + half];
}

function ticks(shape: ChartShape, width: number): number[] {
  const { times, tickPhase } = shape;
  const room = Math.max(2, Math.floor((width - 50) / TICK_WIDTH));
  const step = TICK_STEPS.find((candidate) => times.length / candidate <= room) ?? times.length;
  return times.filter((_time, index) => (index + tickPhase) % step === 0);
}

function color(property: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(property).trim();
}
