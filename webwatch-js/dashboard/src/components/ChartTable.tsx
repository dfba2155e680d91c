import { memo } from 'react';
import type { ChartSeries } from './chartOptions';

interface ChartTableProps {
  caption: string;
  times: readonly number[];
  series: readonly ChartSeries[];
  formatTime: (epochMillis: number) => string;
}

/** The numbers of a chart as text; shown to assistive technology only. */
export const ChartTable = memo(function ChartTable({ caption, times, series, formatTime }: ChartTableProps) {
  return (
    <table className="visually-hidden">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          {series.map((one) => (
            <th scope="col" key={one.key}>
              {one.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {times.map((time, index) => (
          <tr key={time}>
            <th scope="row">{formatTime(time * 1000)}</th>
            {series.map((one) => (
              <td key={one.key}>{one.format(one.values[index] ?? null)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
});
