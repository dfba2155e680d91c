import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useTheme } from '../theme/useTheme';
import { ChartTable } from './ChartTable';
import { chartData, chartOptions, type ChartShape } from './chartOptions';

interface ChartProps extends ChartShape {
  /** What the chart shows, for people who do not see it. */
  caption: string;
  formatTime: (epochMillis: number) => string;
  height: number;
}

/**
 * A time chart. People who do not see it get a table of the same numbers; people without a mouse move through the
 * points with the arrow keys (a range input that takes the focus for the whole figure).
 */
export function Chart({ caption, formatTime, height, ...shape }: ChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const newest = useRef(shape);
  const [index, setIndex] = useState<number | null>(null);
  const theme = useTheme();
  const { times, series } = shape;
  const seriesKeys = series.map((one) => one.key + one.kind).join();

  // Declared first, so that it has run when the chart is made or drawn below.
  useLayoutEffect(() => {
    newest.current = shape;
    plot.current?.setData(chartData(shape));
  });

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) {
      return undefined;
    }
    const size = () => ({ width: Math.max(200, element.clientWidth), height });
    const made = new uPlot(
      chartOptions(() => newest.current, size(), setIndex),
      chartData(newest.current),
      element,
    );
    plot.current = made;
    const observer = new ResizeObserver(() => {
      made.setSize(size());
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [theme, seriesKeys, height]);

  // The fonts of the axes are drawn on a canvas, which does not follow a font that arrives late.
  useEffect(() => {
    const redraw = () => plot.current?.redraw();
    void (document as Partial<Document>).fonts?.ready.then(redraw);
  }, []);

  const moveTo = (next: number) => {
    const time = times[next];
    if (time !== undefined) {
      plot.current?.setCursor({ left: plot.current.valToPos(time, 'x'), top: 0 });
      setIndex(next);
    }
  };

  const shown = index !== null && index < times.length ? index : null;
  const readout = (at: number) =>
    series.map((one) => `${one.label} ${one.format(one.values[at] ?? null)}`).join(', ');
  const last = times.length - 1;

  return (
    <figure className="chart">
      <input
        type="range"
        className="chart-scrubber"
        min={0}
        max={Math.max(0, last)}
        value={shown ?? last}
        aria-label={`${caption}: move through the points`}
        aria-valuetext={`${formatTime((times[shown ?? last] ?? 0) * 1000)}: ${readout(shown ?? last)}`}
        onChange={(event) => {
          moveTo(event.target.valueAsNumber);
        }}
        onBlur={() => {
          setIndex(null);
        }}
      />
      <div className="chart-canvas" aria-hidden="true">
        <div ref={frame} />
        <div className="chart-tips">
          {shown !== null && (
            <div
              className="chart-tip"
              style={{ left: `${tipPosition(times.length, shown)}%` }}
              data-side={shown > times.length / 2 ? 'left' : 'right'}
            >
              <div className="chart-tip-time">{formatTime((times[shown] ?? 0) * 1000)}</div>
              {series.map((one) => (
                <div key={one.key} className="chart-tip-row">
                  <span className="swatch" style={{ background: `var(${one.color})` }} />
                  {one.label}
                  <strong>{one.format(one.values[shown] ?? null)}</strong>
                </div>
              ))}
            </div>
          )}
        </div>
      </div>
      <ChartTable caption={caption} times={times} series={series} formatTime={formatTime} />
    </figure>
  );
}

function tipPosition(count: number, index: number): number {
  return ((index + 0.5) / count) * 100;
}
