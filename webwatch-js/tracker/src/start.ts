import { api, isFirst, serve } from './api';
import { customEvent } from './custom-event';
import { guard } from './guard';
import { tell } from './hooks';
import { listen } from './listen';
import { doc, now, win } from './natives';
import { watchNavigation } from './navigation';
import { allowed, decide, identify } from './privacy';
import { data } from './settings';
import { begin } from './tracker';
import { send } from './transport';

/** One kind of event that the tracker watches for: a file of its own, called once before the first page view begins. */
export type Capture = () => void;

/** Starts with these captures, by the names that `data-capture` uses. */
export const start = (captures: { readonly [name: string]: Capture }): void => {
  const run = (activation?: unknown) => {
    const origin = activation ? now() : 0;
    for (const name in captures) {
      // Without the attribute, all of them.
      if (((data['capture'] as string | undefined) ?? name).includes(name))
        guard(captures[name]!)();
    }
    const first = begin('load');
    watchNavigation();
    listen('load', () => {
      if (first) first['lm'] = now() - origin;
      send();
    });
    listen<PageTransitionEvent>('pageshow', (event) => event.persisted && begin('restore'));
    listen('visibilitychange pagehide', (event) => {
      const over = event.type == 'pagehide';
      if (over || doc.hidden) {
        tell(over);
        send(true);
      }
    });
    const calls: { [name: string]: (...args: unknown[]) => unknown } = {
      event: customEvent,
      page: () => begin('spa'),
      ...(FULL && { identify }),
      // The decision before is read first.
      consent: (granted) => allowed != decide(granted) && begin('load'),
    };
    serve((call) => calls[call[0] as string]?.(call[1], call[2]));
  };

  // A frame in which the dashboard shows the page is not a visit.
  if (isFirst && win.name != 'webwatch-frame') {
    win.webwatch = api;
    if ((doc as Document & { prerendering?: boolean }).prerendering) {
      listen('prerenderingchange', run);
    } else {
      run();
    }
  }
};
