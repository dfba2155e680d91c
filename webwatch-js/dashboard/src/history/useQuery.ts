import { useCallback } from 'react';
import { getQuery, queryAddress, type Query, type QueryResult } from '../api/query';
import { useLoad, type Loaded, type LoadOptions } from '../components/useLoad';

/** Queries the history store. Equal queries count as the same query, whether or not they are the same object. */
export function useQuery(query: Query, options: LoadOptions): Loaded<QueryResult> {
  const key = queryAddress(query);
  const load = useCallback(
    (signal: AbortSignal) => getQuery(query, signal),
    // The address contains every member of the query.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [key],
  );
  return useLoad(load, options);
}
