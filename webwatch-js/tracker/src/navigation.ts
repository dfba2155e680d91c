import { guard } from './guard';
import { listen } from './listen';
import { win } from './natives';
import { withHash } from './settings';

const place = () => location.pathname + (withHash ? location.hash : '');

/**
 * Calls back when the page's address has changed without a load: pushed, replaced by one with another path, or gone
 * back to. Watches the Navigation API where there is one, else wraps the history.
 */
export function onNavigation(handle: () => void): void {
  let path = place();
  let query = location.search;
  const check = (replaced?: boolean) => {
    const moved = place() != path || (!replaced && location.search != query);
    path = place();
    query = location.search;
    if (moved) handle();
  };

  const navigation = (win as Window & { navigation?: EventTarget }).navigation;
  if (navigation) {
    listen<Event & { navigationType?: string }>(navigation, 'currententrychange', (event) =>
      check(event.navigationType == 'replace'),
    );
  } else {
    listen(win, 'popstate', () => check());
    const wrap = guard((method: 'pushState' | 'replaceState') => {
      const native = history[method];
      history[method] = function (...args) {
        native.apply(this, args);
        guard(check)(method != 'pushState');
      };
    });
    wrap('pushState');
    wrap('replaceState');
  }
}
