import type { ChartSeries } from './chartOptions';

export function Legend({
  series,
}: {
  series: readonly Pick<ChartSeries, 'key' | 'label' | 'color' | 'kind'>[];
}) {
  return (
    <ul className="legend" aria-hidden="true">
      {series.map((one) => (
        <li key={one.key}>
          <span className="swatch" data-kind={one.kind} style={{ background: `var(${one.color})` }} />
          {one.label}
        </li>
      ))}
    </ul>
  );
}
