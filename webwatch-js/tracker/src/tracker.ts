import { notify } from './hooks';
import type { JsonObject } from './json';
import { doc, now } from './natives';
import { allowed } from './privacy';
import { data, matches } from './settings';
import { put, type Event } from './transport';
import { newView, type View } from './view';

/** The current page view; there is none while the page is excluded or the visitor has not agreed. */
let view: View | null | undefined;

/**
 * Adds an event to the current page view, if any, and returns it.
 *
 * @param o the time at which it happened
 */
export const record = (t: string, fields: JsonObject, o = now()): Event | null | undefined => {
  const event = view && { t, n: view._next++, o, ...fields };
  if (event) put(view!, event);
  return event;
};

/** Ends the current page view, begins the next one, and returns its event. */
export const beginView = (k: 'load' | 'spa' | 'restore'): Event | null | undefined => {
  const referrer = (k == 'spa' && view?._page.u) || doc.referrer;
  // Not before the first view: measuring a page that is still loading would force a layout.
  if (view) {
    notify(true);
    // By the time the last events of this view are sent, the document may have another title.
    view._page.t = doc.title;
  }
  view =
    allowed &&
    (!FULL ||
      ((!data['include'] || matches(data['include'], location.pathname)) &&
        !(data['exclude'] && matches(data['exclude'], location.pathname))))
      ? newView(referrer)
      : null;
  const event = record('page_view', { k });
  notify();
  return event;
};
