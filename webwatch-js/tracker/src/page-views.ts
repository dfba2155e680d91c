import { listen } from './listen';
import { win } from './natives';
import { onNavigation } from './navigation';

/**
 * Calls back for each page view after the first: an address pushed, replaced by one with another path, or gone back to;
 * and a page restored from the back/forward cache. A change of the fragment alone counts with `withHash` only.
 */
export function onPageView(withHash: boolean, begin: (kind: 'spa' | 'restore') => void): void {
  const address = () => location.origin + location.pathname + (withHash ? location.hash : '');
  let path = address();
  let query = location.search;

  onNavigation((replaced) => {
    const moved = address() != path || (!replaced && location.search != query);
    path = address();
    query = location.search;
    if (moved) begin('spa');
  });
  listen<PageTransitionEvent>(win, 'pageshow', (event) => {
    if (event.persisted) begin('restore');
  });
}
