import { useCallback } from 'react';
import { getQuery, queryAddress, type Query, type QueryResult } from '../api/query';
import { useLoad, type Loaded } from '../components/useLoad';

/** Asks the history store; equal queries are one query, whatever object holds them. */
export function useQuery(query: Query, everyMillis?: number): Loaded<QueryResult> {
  const key = queryAddress(query);
  const load = useCallback(
    (signal: AbortSignal) => getQuery(query, signal),
    // The address holds every member of the query.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [key],
  );
  return useLoad(load, everyMillis);
}
