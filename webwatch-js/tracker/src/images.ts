import { guard } from './guard';
import { onChange } from './hooks';
import { later } from './later';
import { listen } from './listen';
import { nameOf } from './media';
import { doc } from './natives';
import { record } from './tracker';

const VIEWED_AFTER = 1000;

/** Replaces the timer of an image that was reported in this page view. */
const REPORTED = -1;

/** Captures images of which half was visible for a second: each one once per page view. */
export const images = (): void => {
  const timers = new Map<Element, unknown>();

  const observer = new IntersectionObserver(
    guard((entries: IntersectionObserverEntry[]) =>
      entries.forEach(({ target, intersectionRatio, boundingClientRect }) => {
        const timer =
          // Ignores the tracking pixels of other tools.
          intersectionRatio >= 0.5 &&
          boundingClientRect.width > 1 &&
          later(() => {
            if (timers.get(target) == timer) {
              observer.unobserve(target);
              // Firefox also reports what would be visible in a hidden tab. Observing again restarts the timer.
              if (doc.hidden) return observer.observe(target);
              timers.set(target, REPORTED);
              record('image_view', {
                im: nameOf(target, (target as HTMLImageElement).currentSrc),
                vi: VIEWED_AFTER,
              });
            }
          }, VIEWED_AFTER);
        timers.set(target, timer);
      }),
    ),
    { threshold: 0.5 },
  );
  const watch = (image: Element) =>
    image.localName != 'img' ||
    timers.get(image) == REPORTED ||
    image.closest('[data-webwatch-ignore]') ||
    observer.observe(image);

  // Images that are added later or loaded lazily.
  listen('load', (event) => watch(event.target as Element), doc);
  onChange((ended) => {
    if (ended) timers.clear();
    // Observing again makes the browser report the images that are visible once the page is shown.
    observer.disconnect();
    [...doc.images].forEach(watch);
  });
};
