import { useEffect, useRef, useState } from 'react';
import type { LiveSnapshot } from '../api/live';
import { plural } from '../format/numbers';

const EVERY_MILLIS = 15_000;

/**
 * Speaks the main numbers to screen readers. The page changes every second; read aloud at that pace it would never fall
 * silent, so this says them at most every 15 seconds, and only when they differ.
 */
export function NumbersAloud({ snapshot }: { snapshot: LiveSnapshot | null }) {
  const newest = useRef('');
  const [spoken, setSpoken] = useState('');
  const first = snapshot !== null && spoken === '';

  useEffect(() => {
    newest.current = snapshot ? sentenceOf(snapshot) : '';
  }, [snapshot]);

  useEffect(() => {
    const speak = () => {
      setSpoken(newest.current);
    };
    const start = first ? setTimeout(speak, 0) : undefined;
    const timer = setInterval(speak, EVERY_MILLIS);
    return () => {
      clearTimeout(start);
      clearInterval(timer);
    };
  }, [first]);

  return (
    <p className="visually-hidden" aria-live="polite" aria-atomic="true" data-testid="numbers-aloud">
      {spoken}
    </p>
  );
}

function sentenceOf({ visitorsNow, totals }: LiveSnapshot): string {
  return (
    `${plural(visitorsNow, 'visitor')} now. Since start ${plural(totals.pageViews, 'page view')}, ` +
    `${plural(totals.clicks, 'click')}, ${plural(totals.visitors, 'visitor')}, ${plural(totals.sessions, 'session')}.`
  );
}
