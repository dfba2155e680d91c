import { queryAddress, type Query } from '../api/query';
import { Icon } from './Icon';

const MOST_ROWS = 10_000;

/** Downloads what a panel shows, with all rows that the server gives. */
export function CsvLink({ query, what }: { query: Query; what: string }) {
  const all = query.dimensions?.length ? { ...query, limit: MOST_ROWS } : query;
  return (
    <a className="csv" href={queryAddress(all, 'csv')} download aria-label={`Download ${what} as CSV`}>
      <Icon name="download" size={14} /> CSV
    </a>
  );
}
