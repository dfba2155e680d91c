import { whenActive } from './activation';
import type { CaptureHooks, Recorder } from './capture';
import { captures } from './captures';
import { customEvent } from './custom-event';
import { guard } from './guard';
import { listen } from './listen';
import { loadTime } from './load-time';
import { doc, keysOf, win } from './natives';
import { onPageView } from './page-views';
import { settings as readSettings, type Settings } from './settings';
import { transport } from './transport';
import { context, newView, type View } from './view';

type Call = ArrayLike<unknown>;
interface Api {
  (...call: unknown[]): void;
  q?: Call[];
  /** Set once the tracker runs, so that a second copy of it stays away. */
  v?: number;
  readonly dropped?: number;
}

function start(settings: Settings): (call: Call) => void {
  const channel = transport(settings.endpoint, (view) => context(view, settings));
  const hooks: CaptureHooks[] = [];
  const landing = location.pathname;
  let view: View | undefined;
  let away = false;

  const add: (...args: Parameters<Recorder>) => ReturnType<typeof channel.add> | undefined = (
    type,
    data,
  ) => (view && view.next < 65536 ? channel.add(view, type, data) : undefined);
  const record: Recorder = add;
  const leave = () => hooks.forEach((hook) => hook.leave && guard(hook.leave)());

  const begin = (kind: 'load' | 'spa' | 'restore') => {
    // A restored page has been left when it was hidden; the time in the cache is nobody's.
    if (kind == 'restore') away = false;
    else leave();
    if (view) view.title = doc.title;
    const path = location.pathname;
    view = settings.measures(path)
      ? newView(
          settings,
          kind == 'spa' && view ? view.url : doc.referrer,
          path == landing ? settings.route : undefined,
        )
      : undefined;
    const item = add('page_view', { k: kind, lm: kind == 'load' ? loadTime() : undefined });
    hooks.forEach((hook) => hook.view && guard(hook.view)());
    return item;
  };

  const first = begin('load');
  keysOf(captures).forEach((name) => {
    if (!settings.capture[0] || settings.capture.includes(name)) {
      guard(() => {
        const hook = captures[name]!(record, settings);
        if (hook) {
          hooks.push(hook);
          if (hook.view) hook.view();
        }
      })();
    }
  });
  onPageView(settings.hash, begin);

  // Browsers differ in which of the two comes, and first: what one has sent the other does not send again.
  const hide = () => {
    if (!away) leave();
    away = true;
    channel.leave();
  };
  listen(doc, 'visibilitychange', () => {
    if (doc.visibilityState == 'hidden') hide();
    else away = false;
  });
  listen(win, 'pagehide', hide);

  if (doc.readyState == 'complete') {
    channel.schedule(0);
  } else {
    listen(win, 'load', () => {
      if (first) channel.amend(first, { lm: loadTime() });
      channel.schedule(0);
    });
  }
  Object.defineProperty(win.webwatch, 'dropped', { get: () => channel.dropped });

  return (call) => {
    if (call[0] == 'event') customEvent(record, call[1], call[2]);
    if (call[0] == 'page') begin('spa');
  };
}

declare global {
  interface Window {
    webwatch?: Api;
  }
}

const settings = readSettings();
const stub = win.webwatch;
if (settings && /^http/.test(location.protocol) && !(stub && stub.v)) {
  const early: Call[] = (stub && stub.q) || [];
  let run = (call: Call): void => void early.push(call);
  const api: Api = guard((...call: unknown[]) => run(call));
  api.v = 1;
  win.webwatch = api;
  whenActive(() => {
    run = start(settings);
    early.forEach(guard(run));
  });
}
