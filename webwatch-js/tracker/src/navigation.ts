import { listen } from './listen';
import { win } from './natives';
import { guard } from './guard';

/**
 * Calls back when the page's address changed without a load: through the Navigation API where there is one, else by
 * wrapping the history. `replaced` says that the entry was replaced, not left.
 */
export function onNavigation(handle: (replaced: boolean) => void): void {
  const navigation = (win as Window & { navigation?: EventTarget }).navigation;
  if (navigation) {
    listen<Event & { navigationType?: string }>(navigation, 'currententrychange', (event) =>
      handle(event.navigationType == 'replace'),
    );
    return;
  }
  const notify = guard(handle);
  const wrap = (method: 'pushState' | 'replaceState') => {
    const native = history[method];
    history[method] = function (this: History, ...args: Parameters<History['pushState']>) {
      native.apply(this, args);
      notify(method == 'replaceState');
    };
  };
  listen(win, 'popstate', () => handle(false));
  guard(wrap)('pushState');
  guard(wrap)('replaceState');
}
