import { useState } from 'react';
import { ChartTable } from './ChartTable';
import { ChartTip } from './ChartTip';
import type { ChartShape } from './chartOptions';
import { usePlot } from './usePlot';

interface ChartProps extends ChartShape {
  /** Describes the chart to screen readers. */
  caption: string;
  formatTime: (epochMillis: number) => string;
  height: number;
}

/**
 * A time chart. Screen readers get a table with the same figures. With the keyboard, a range input that takes the focus
 * for the whole chart moves the cursor from point to point.
 */
export function Chart({ caption, formatTime, height, ...shape }: ChartProps) {
  const [index, setIndex] = useState<number | null>(null);
  const { frame, moveCursor } = usePlot(shape, height, setIndex);
  const { times, series } = shape;
  const last = times.length - 1;
  const shown = index !== null && index <= last ? index : null;
  const timeAt = (at: number) => formatTime((times[at] ?? 0) * 1000);
  const valuesAt = (at: number) =>
    series.map((one) => `${one.label} ${one.format(one.values[at] ?? null)}`).join(', ');

  return (
    <figure className="chart">
      <input
        type="range"
        className="chart-scrubber"
        min={0}
        max={Math.max(0, last)}
        value={shown ?? last}
        aria-label={`Points of the chart: ${caption}`}
        aria-valuetext={`${timeAt(shown ?? last)}: ${valuesAt(shown ?? last)}`}
        onChange={(event) => {
          const next = event.target.valueAsNumber;
          moveCursor(times[next] ?? 0);
          setIndex(next);
        }}
        onBlur={() => {
          setIndex(null);
        }}
      />
      <div className="chart-canvas" aria-hidden="true">
        <div ref={frame} />
        <div className="chart-tips">
          {shown !== null && (
            <ChartTip index={shown} count={times.length} time={timeAt(shown)} series={series} />
          )}
        </div>
      </div>
      <ChartTable caption={caption} times={times} series={series} formatTime={formatTime} />
    </figure>
  );
}
