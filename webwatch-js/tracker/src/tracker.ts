import { tell } from './hooks';
import type { JsonObject } from './json';
import { doc, now } from './natives';
import { allowed } from './privacy';
import { data, matches } from './settings';
import { put, type Event } from './transport';
import { newView, type View } from './view';

/** The present one; none where pages are not measured, and while the visitor has not agreed. */
let view: View | null | undefined;

/** Adds an event of now, or of a moment before, to the present page view. */
export const record = (t: string, fields: JsonObject, o = now()): Event | null | undefined => {
  const event = view && { t, n: view._next++, o, ...fields };
  if (event) put(view!, event);
  return event;
};

/** Begins a page view. */
export const begin = (k: 'load' | 'spa' | 'restore'): Event | null | undefined => {
  const referrer = (k == 'spa' && view?._page.u) || doc.referrer;
  // Not before the first one: to measure the page that is being loaded would force its layout.
  if (view) {
    tell(true);
    // The document's title is by now another's.
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
  tell();
  return event;
};
