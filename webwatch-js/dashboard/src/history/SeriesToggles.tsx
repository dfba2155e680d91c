import type { ChartSeries } from '../components/chartOptions';

interface SeriesTogglesProps {
  series: readonly { metric: string; label: string; color: string; kind: ChartSeries['kind'] }[];
  hidden: ReadonlySet<string>;
  onChange: (hidden: ReadonlySet<string>) => void;
}

/** The legend of the chart. Each entry shows or hides its series; the last visible one cannot be hidden. */
export function SeriesToggles({ series, hidden, onChange }: SeriesTogglesProps) {
  const toggle = (metric: string) => {
    const next = new Set(hidden);
    if (!next.delete(metric)) {
      next.add(metric);
    }
    if (next.size < series.length) {
      onChange(next);
    }
  };
  return (
    <div className="legend" role="group" aria-label="Series in the chart">
      {series.map(({ metric, label, color, kind }) => (
        <button
          key={metric}
          type="button"
          className="legend-toggle"
          aria-pressed={!hidden.has(metric)}
          onClick={() => {
            toggle(metric);
          }}
        >
          <span className="swatch" data-kind={kind} style={{ background: `var(${color})` }} />
          {label}
        </button>
      ))}
    </div>
  );
}
