import { guard } from './guard';
import { onChange } from './hooks';
import { later } from './later';
import { listen } from './listen';
import { nameOf } from './media';
import { doc } from './natives';
import { record } from './tracker';

const VIEWED_AFTER = 1000;

/** Images of which half was on the screen for a second, once a page view. */
export const images = (): void => {
  const seen = new Set<Element>();
  const shown = new Map<Element, number>();

  const observer = new IntersectionObserver(
    guard((entries: IntersectionObserverEntry[]) =>
      entries.forEach(({ target, intersectionRatio }) => {
        shown.delete(target);
        // Not the pixels of other trackers.
        if (intersectionRatio >= 0.5 && (target as HTMLImageElement).width > 1) {
          const timer = later(() => {
            if (shown.get(target) == timer) {
              observer.unobserve(target);
              seen.add(target);
              record('image_view', {
                im: nameOf(target, (target as HTMLImageElement).currentSrc),
                vi: VIEWED_AFTER,
              });
            }
          }, VIEWED_AFTER);
          shown.set(target, timer);
        }
      }),
    ),
    { threshold: 0.5 },
  );
  const watch = (image: Element) => {
    if (image.localName == 'img' && !seen.has(image) && !image.closest('[data-webwatch-ignore]')) {
      observer.observe(image);
    }
  };
  const restart = () => {
    observer.disconnect();
    shown.clear();
    [...doc.images].forEach(watch);
  };

  // Late and lazy ones.
  listen('load', (event) => watch(event.target as Element), doc);
  onChange((over) => {
    if (over) seen.clear();
    // While the page is hidden nothing is reported, and what is on the screen then all anew.
    restart();
  });
};
