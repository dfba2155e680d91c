import type { ChartSeries } from './chartOptions';

interface ChartTipProps {
  index: number;
  /** Number of points in the chart. */
  count: number;
  time: string;
  series: readonly ChartSeries[];
}

/** The values of one point, shown next to it. */
export function ChartTip({ index, count, time, series }: ChartTipProps) {
  return (
    <div
      className="chart-tip"
      style={{ left: `${((index + 0.5) / count) * 100}%` }}
      data-side={index > count / 2 ? 'left' : 'right'}
    >
      <div className="chart-tip-time">{time}</div>
      {series.map((one) => (
        <div key={one.key} className="chart-tip-row">
          <span className="swatch" style={{ background: `var(${one.color})` }} />
          {one.label}
          <strong>{one.format(one.values[index] ?? null)}</strong>
        </div>
      ))}
    </div>
  );
}
