import { memo } from 'react';
import type { ChartSeries } from './chartOptions';

interface ChartTableProps {
  caption: string;
  times: readonly number[];
  series: readonly ChartSeries[];
  formatTime: (epochMillis: number) => string;
}

/** The figures of a chart as a table, visible to screen readers only. */
export const ChartTable = memo(function ChartTable({ caption, times, series, formatTime }: ChartTableProps) {
  return (
    // A table ignores the width and height of this class, so the class is on an element around it.
    <div className="visually-hidden">
      <table>
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
    </div>
  );
});
