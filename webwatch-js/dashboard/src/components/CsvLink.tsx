import { queryAddress, type Query } from '../api/query';
import { Icon } from './Icon';

const MAX_ROWS = 10_000;

/** Downloads the data of a panel, with as many rows as the server returns at most. */
export function CsvLink({ query, what }: { query: Query; what: string }) {
  const all = query.dimensions?.length ? { ...query, limit: MAX_ROWS } : query;
  return (
    <a className="csv" href={queryAddress(all, 'csv')} download aria-label={`Download ${what} as CSV`}>
      <Icon name="download" size={14} /> CSV
    </a>
  );
}
