import { guard } from './guard';
import { onChange } from './hooks';
import { later } from './later';
import { listen } from './listen';
import { nameOf } from './media';
import { doc } from './natives';
import { record } from './tracker';

const VIEWED_AFTER = 1000;

/** In the place of a timer: told in this page view. */
const TOLD = -1;

/** Images of which half was on the screen for a second, once a page view. */
export const images = (): void => {
  const timers = new Map<Element, unknown>();

  const observer = new IntersectionObserver(
    guard((entries: IntersectionObserverEntry[]) =>
      entries.forEach(({ target, intersectionRatio, boundingClientRect }) => {
        const timer =
          // Not the pixels of other trackers.
          intersectionRatio >= 0.5 &&
          boundingClientRect.width > 1 &&
          later(() => {
            if (timers.get(target) == timer) {
              observer.unobserve(target);
              // Firefox observes hidden tabs too; then it is told of the image anew.
              if (doc.hidden) return observer.observe(target);
              timers.set(target, TOLD);
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
    timers.get(image) == TOLD ||
    image.closest('[data-webwatch-ignore]') ||
    observer.observe(image);

  // Late and lazy ones.
  listen('load', (event) => watch(event.target as Element), doc);
  onChange((over) => {
    if (over) timers.clear();
    // While the page is hidden nothing is reported, and what is on the screen then all anew.
    observer.disconnect();
    [...doc.images].forEach(watch);
  });
};
