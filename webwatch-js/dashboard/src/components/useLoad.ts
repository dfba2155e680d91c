import { useCallback, useEffect, useState } from 'react';

export interface Loaded<T> {
  /** The latest result. It is kept while the next one is loading, and when reloading fails. */
  data: T | null;
  error: Error | null;
  /** Whether `data` and `error` belong to an earlier `load` while the current one has no result yet. */
  stale: boolean;
  reload: () => void;
}

interface Settled<T> {
  load: Loader<T>;
  data: T | null;
  error: Error | null;
}

type Loader<T> = (signal: AbortSignal) => Promise<T>;

export interface LoadOptions {
  /** How often to reload while the page is visible; undefined to load only once. */
  everyMillis?: number | undefined;
  /** Whether to load at all for now. */
  enabled?: boolean;
}

/**
 * Loads when `load` changes (memoise it), on `reload`, and regularly. A new request cancels the previous one,
 * so that responses cannot arrive in the wrong order.
 */
export function useLoad<T>(load: Loader<T>, { everyMillis, enabled = true }: LoadOptions = {}): Loaded<T> {
  const [attempt, setAttempt] = useState(0);
  const [settled, setSettled] = useState<Settled<T> | null>(null);

  const reload = useCallback(() => {
    setAttempt((count) => count + 1);
  }, []);

  useEffect(() => {
    if (!enabled) {
      return undefined;
    }
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
  }, [load, attempt, enabled]);

  useReloads(reload, everyMillis);

  return {
    data: settled?.data ?? null,
    error: settled?.error ?? null,
    stale: settled !== null && settled.load !== load,
    reload,
  };
}

/** Reloads in an interval, except while the page is hidden. */
function useReloads(reload: () => void, everyMillis: number | undefined): void {
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
}
