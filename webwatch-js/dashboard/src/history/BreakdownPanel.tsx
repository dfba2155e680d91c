import { useState } from 'react';
import { numbersOf, textsOf, type Query, type QueryResult } from '../api/query';
import { BarTable, type BarRow } from '../components/BarTable';
import { CsvLink } from '../components/CsvLink';
import { EmptyNotice, ErrorNotice } from '../components/Notices';
import { Panel } from '../components/Panel';
import { SkeletonLines } from '../components/Skeleton';
import { formatCompact } from '../format/numbers';
import { capitalized } from '../format/words';
import type { Breakdown, BreakdownView } from './breakdowns';
import { boundsOf } from './ranges';
import type { Scope } from './scope';
import { useQuery } from './useQuery';

const ROWS = 8;

/** A ranking by one dimension at a time. Panels with several dimensions have a switch. */
export function BreakdownPanel({ breakdown, scope }: { breakdown: Breakdown; scope: Scope }) {
  const { title, views, metrics, filters, empty } = breakdown;
  const [view, setView] = useState<BreakdownView>(views[0]);
  const query: Query = {
    metrics: metrics.map((one) => one.metric),
    dimensions: [view.dimension],
    ...(filters && { filters }),
    ...boundsOf(scope.range),
    tz: scope.timeZone,
    limit: ROWS,
  };
  const { data, error, stale, reload } = useQuery(query, scope.loading);
  const fits = data?.columns.some((column) => column.name === view.dimension) ?? false;
  return (
    <Panel
      title={title}
      busy={stale && fits}
      className="breakdown"
      actions={
        <>
          {views.length > 1 && <ViewSwitch title={title} views={views} selected={view} onSelect={setView} />}
          <CsvLink query={query} what={title} />
        </>
      }
    >
      {error && data === null ? (
        <ErrorNotice title={`${title} could not be loaded`} error={error} onRetry={reload} />
      ) : data === null || !fits ? (
        <SkeletonLines count={ROWS} label={`Loading ${title}`} />
      ) : data.rows.length === 0 ? (
        <EmptyNotice icon={empty.icon} title={empty.title}>
          {empty.text}
        </EmptyNotice>
      ) : (
        <Ranking data={data} breakdown={breakdown} view={view} />
      )}
    </Panel>
  );
}

interface RankingProps {
  data: QueryResult;
  breakdown: Breakdown;
  view: BreakdownView;
}

function Ranking({ data, breakdown, view }: RankingProps) {
  return (
    <BarTable
      caption={`${breakdown.title} by ${view.label}`}
      labelHead={view.label}
      valueHeads={breakdown.metrics.map((one) => one.label)}
      rows={rowsOf(data, breakdown, view)}
      format={formatCompact}
    />
  );
}

interface ViewSwitchProps {
  title: string;
  views: readonly BreakdownView[];
  selected: BreakdownView;
  onSelect: (view: BreakdownView) => void;
}

function ViewSwitch({ title, views, selected, onSelect }: ViewSwitchProps) {
  return (
    <div className="view-switch" role="group" aria-label={`${title} by`}>
      {views.map((view) => (
        <button
          key={view.dimension}
          type="button"
          aria-pressed={view === selected}
          onClick={() => {
            onSelect(view);
          }}
        >
          {view.label}
        </button>
      ))}
    </div>
  );
}

function labelOf(text: string, view: BreakdownView): string {
  if (text === '') {
    return view.none;
  }
  return view.words ? capitalized(text) : text;
}

function rowsOf(data: QueryResult, breakdown: Breakdown, view: BreakdownView): BarRow[] {
  const columns = breakdown.metrics.map((one) => numbersOf(data, one.metric));
  return textsOf(data, view.dimension).map((text, row) => ({
    key: `${row} ${text}`,
    label: labelOf(text, view),
    values: columns.map((column) => column[row] ?? 0),
  }));
}
