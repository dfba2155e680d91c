import { guard } from './guard';
import { onChange } from './hooks';
import { doc, max, min } from './natives';
import { record } from './tracker';

interface Entry extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly interactionId: number;
  readonly responseStart: number;
  readonly activationStart?: number;
}

/** Captures the Web Vitals of a loaded page, with the values at the time when it is first hidden or left. */
export const vitals = (): void => {
  const interactions: { [id: number]: number } = {};
  // Paint times are meaningless if the page was loaded in the background.
  const visible = !doc.hidden;
  let reported: unknown;
  let paint: number | undefined;
  let largest: number | undefined;
  let shifts: number | undefined;
  let shift = 0;
  let first = 0;
  let last = 0;

  const handlers: { [type: string]: (entry: Entry) => unknown } = {
    paint: ({ name, startTime }) => {
      // Only `first-contentful-paint` is that long, not `first-paint`.
      if (name[11]) paint = startTime;
    },
    'largest-contentful-paint': ({ startTime }) => (largest = startTime),
    // The largest session window of shifts: gaps of less than a second, at most five seconds in total.
    'layout-shift': ({ value, startTime, hadRecentInput }) => {
      if (!hadRecentInput) {
        if (startTime - last > 999 || startTime - first > 4999) {
          shift = 0;
          first = startTime;
        }
        last = startTime;
        shifts = max(shifts!, (shift += value));
      }
    },
    event: ({ interactionId: id, duration }) => {
      if (id) interactions[id] = max(duration, interactions[id] || 0);
    },
  };
  const handle = guard((entries: PerformanceEntryList) =>
    (entries as Entry[]).forEach((entry) => handlers[entry.entryType]!(entry)),
  );
  const observer = new PerformanceObserver((list) => handle(list.getEntries()));
  for (const type of PerformanceObserver.supportedEntryTypes) {
    if (handlers[type]) {
      observer.observe({ type, buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
      // A page without any shift has no entries.
      if (type == 'layout-shift') shifts = 0;
    }
  }

  const write = (nm: string, va?: number) => va! >= 0 && record('web_vital', { nm, va: va });

  onChange((ended) => {
    if (ended != null && !reported) {
      handle(observer.takeRecords());
      const { responseStart, activationStart = 0 } = performance.getEntriesByType(
        'navigation',
      )[0] as Entry;
      /** Returns a time relative to the activation, in case the page was prerendered. */
      const since = (time?: number) => max(0, time! - activationStart);
      const durations = Object.values(interactions).sort((a, b) => b - a);
      // Per 50 interactions, one outlier is ignored.
      const slower = ((performance as { interactionCount?: number }).interactionCount! / 50) | 0;
      if (visible) {
        write('LCP', since(largest));
        write('FCP', since(paint));
      }
      // Without a page view nothing is recorded, and the next change tries again.
      reported = write('TTFB', since(responseStart));
      write('INP', durations[min(slower, durations.length - 1)]);
      write('CLS', shifts);
    }
  });
};
