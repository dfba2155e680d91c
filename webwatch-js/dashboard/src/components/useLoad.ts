import { useCallback, useEffect, useState } from 'react';

export interface Loaded<T> {
  /** The newest answer; kept while the next is fetched, and when repeating the same question fails. */
  data: T | null;
  error: Error | null;
  /** Whether `data` answers an earlier question while the answer to this one is awaited. */
  stale: boolean;
  reload: () => void;
}

interface Settled<T> {
  load: Loader<T>;
  data: T | null;
  error: Error | null;
}

type Loader<T> = (signal: AbortSignal) => Promise<T>;

/**
 * Loads when `load` changes (memoise it), on `reload`, and every `everyMillis` when given. A newer request cancels an
 * older one, so answers never arrive in the wrong order.
 */
export function useLoad<T>(load: Loader<T>, everyMillis?: number): Loaded<T> {
  const [attempt, setAttempt] = useState(0);
  const [settled, setSettled] = useState<Settled<T> | null>(null);

  const reload = useCallback(() => {
    setAttempt((count) => count + 1);
  }, []);

  useEffect(() => {
    const abort = new AbortController();
    load(abort.signal).then(
      (data) => {
        setSettled({ load, data, error: null });
      },
      (error: unknown) => {
        if (!abort.signal.aborted) {
          const cause = error instanceof Error ? error : new Error(String(error));
          setSettled((before) => ({ load, data: before?.load === load ? before.data : null, error: cause }));
        }
      },
    );
    return () => {
      abort.abort();
    };
  }, [load, attempt]);

  useEffect(() => {
    if (everyMillis === undefined) {
      return undefined;
    }
    const timer = setInterval(() => {
      if (!document.hidden) {
        reload();
      }
    }, everyMillis);
    return () => {
      clearInterval(timer);
    };
  }, [everyMillis, reload]);

  return {
    data: settled?.data ?? null,
    error: settled?.error ?? null,
    stale: settled !== null && settled.load !== load,
    reload,
  };
}
