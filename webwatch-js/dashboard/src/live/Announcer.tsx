import { useEffect, useRef, useState } from 'react';
import type { LiveSnapshot } from '../api/live';
import { plural } from '../format/numbers';

const EVERY_MILLIS = 15_000;

/**
 * Announces the main figures to screen readers. The page changes every second, so the figures are announced at most every
 * 15 seconds, and only if they have changed.
 */
export function Announcer({ snapshot }: { snapshot: LiveSnapshot | null }) {
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
    <p className="visually-hidden" aria-live="polite" aria-atomic="true" data-testid="announcer">
      {spoken}
    </p>
  );
}

function sentenceOf({ visitors_now, totals }: LiveSnapshot): string {
  return (
    `${plural(visitors_now, 'visitor')} now. Since start: ${plural(totals.page_views, 'page view')}, ` +
    `${plural(totals.clicks, 'click')}, ${plural(totals.visitors, 'visitor')}, ${plural(totals.sessions, 'session')}.`
  );
}
