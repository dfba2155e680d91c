import { api, isFirst, handleCalls } from './api';
import { customEvent } from './custom-event';
import { guard } from './guard';
import { notify } from './hooks';
import { listen } from './listen';
import { doc, now, win } from './natives';
import { watchNavigation } from './navigation';
import { allowed, decide, identify } from './privacy';
import { data } from './settings';
import { beginView } from './tracker';
import { send } from './transport';

/** Captures one kind of events. Called once, before the first page view begins. */
export type Capture = () => void;

/** Starts the tracker with the given captures; the keys are the names used in `data-capture`. */
export const start = (captures: { readonly [name: string]: Capture }): void => {
  const run = (activation?: unknown) => {
    const origin = activation ? now() : 0;
    for (const name in captures) {
      // Without the attribute, all captures are active.
      if (((data['capture'] as string | undefined) ?? name).includes(name))
        guard(captures[name]!)();
    }
    const first = beginView('load');
    watchNavigation();
    listen('load', () => {
      if (first) first['lm'] = now() - origin;
      send();
    });
    listen<PageTransitionEvent>('pageshow', (event) => event.persisted && beginView('restore'));
    listen('visibilitychange pagehide', (event) => {
      const ended = event.type == 'pagehide';
      if (ended || doc.hidden) {
        notify(ended);
        send(true);
      }
    });
    const calls: { [name: string]: (...args: unknown[]) => unknown } = {
      event: customEvent,
      page: () => beginView('spa'),
      ...(FULL && { identify }),
      // The left operand is still the previous decision.
      consent: (granted) => allowed != decide(granted) && beginView('load'),
    };
    handleCalls((call) => calls[call[0] as string]?.(call[1], call[2]));
  };

  // The frame in which the dashboard shows the page does not count as a visit.
  if (isFirst && win.name != 'webwatch-frame') {
    win.webwatch = api;
    if ((doc as Document & { prerendering?: boolean }).prerendering) {
      listen('prerenderingchange', run);
    } else {
      run();
    }
  }
};
