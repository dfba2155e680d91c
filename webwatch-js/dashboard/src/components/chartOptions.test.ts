import { describe, expect, it } from 'vitest';
import { chartData, type ChartSeries, type ChartShape } from './chartOptions';

function series(kind: ChartSeries['kind']): ChartSeries {
  return { key: kind, label: kind, color: '--ww-views', kind, values: [1, 2, 3, 4], format: String };
}

function shape(change: Partial<ChartShape>): ChartShape {
  return {
    times: [0, 60, 120, 180],
    series: [],
    formatTick: String,
    tickPhase: 0,
    inProgress: -1,
    ...change,
  };
}

describe('chart data', () => {
  it('has every value when the range is in the past', () => {
    const data = chartData(shape({ series: [series('bars'), series('line')] }));
    expect(data.slice(0, 3)).toEqual([
      [0, 60, 120, 180],
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ]);
  });

  it('omits bars in the future', () => {
    const data = chartData(shape({ series: [series('bars')], inProgress: 2 }));
    expect(data[1]).toEqual([1, 2, 3, null]);
  });

  it('separates the segment to the interval in progress from the rest of the line', () => {
    const data = chartData(shape({ series: [series('line')], inProgress: 2 }));
    expect(data[1]).toEqual([1, 2, null, null]);
    expect(data[2]).toEqual([null, 2, 3, null]);
  });
});
