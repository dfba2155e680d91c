import { whenActive } from './activation';
import { api, isFirst, serve } from './api';
import type { CaptureHooks } from './capture';
import { captures } from './captures';
import { customEvent } from './custom-event';
import { guard } from './guard';
import type { JsonObject } from './json';
import { listen } from './listen';
import { loadTime } from './load-time';
import { doc, win } from './natives';
import { onNavigation } from './navigation';
import { endpoint, isCaptured, isMeasured } from './settings';
import { add, schedule, send } from './transport';
import { endView, newView, type View } from './view';

/** A new page within the page has set its title by then. */
const SETTLED_AFTER = 300;

function start(): void {
  const hooks: CaptureHooks[] = [];
  let view: View | undefined;
  let away = false;

  const record = (type: string, data: JsonObject, within?: number) =>
    view && add(view, type, data, within);

  const tell = (hook: keyof CaptureHooks) =>
    hooks.forEach(guard((capture: CaptureHooks) => capture[hook]?.()));

  const begin = (kind: 'load' | 'spa' | 'restore') => {
    const last = view;
    if (last) {
      // A restored page has been left when it was hidden; its time in the cache is nobody's.
      if (kind != 'restore') tell('leave');
      endView(last);
    }
    away = false;
    view = isMeasured(location.pathname)
      ? newView(kind == 'spa' && last ? last.page.u : doc.referrer)
      : undefined;
    const event = record('page_view', { k: kind }, last && SETTLED_AFTER);
    tell('view');
    return event;
  };

  for (const name in captures) {
    if (isCaptured(name)) {
      guard(() => {
        const capture = captures[name]!(record);
        if (capture) hooks.push(capture);
      })();
    }
  }
  const first = begin('load');

  onNavigation(() => begin('spa'));
  listen<PageTransitionEvent>(win, 'pageshow', (event) => event.persisted && begin('restore'));

  // Browsers differ in which of the two comes, and first: what one has sent the other does not send again.
  listen(win, 'visibilitychange pagehide', (event) => {
    if (event.type == 'pagehide' || doc.visibilityState == 'hidden') {
      if (!away) tell('leave');
      away = true;
      send(true);
    } else {
      away = false;
    }
  });

  const loaded = () => {
    const time = loadTime();
    if (first && time) first.text += ',"lm":' + time;
    schedule(0);
  };
  if (doc.readyState == 'complete') loaded();
  else listen(win, 'load', loaded);

  serve((call) => {
    if (call[0] == 'event') customEvent(record, call[1], call[2]);
    if (call[0] == 'page') begin('spa');
  });
}

if (isFirst && endpoint && /^http/.test(location.protocol)) {
  win.webwatch = api;
  whenActive(start);
}
