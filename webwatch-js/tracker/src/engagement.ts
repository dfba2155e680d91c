import { onChange } from './hooks';
import { listen } from './listen';
import { doc, max, min, now } from './natives';
import { record } from './tracker';

const IDLE_AFTER = 60_000;

/**
 * Captures how long the page was viewed and how far it was scrolled. The time while the page is visible and focused
 * counts as engaged, except that after a minute without input it counts as idle.
 */
export const engagement = (): void => {
  let engaged: number;
  let shown: number;
  let idle: number;
  let depth: number;
  let sentDepth: number;
  let last: number;
  let input: number;
  let visible = 0;
  let focused = 0;
  let scroller: Element | 0;

  const tick = (ended?: boolean) => {
    const time = now();
    const end = max(last, min(time, input + IDLE_AFTER));
    shown += visible * (time - last);
    engaged += focused * (end - last);
    idle += focused * (time - end);
    last = time;
    visible = +(!ended && !doc.hidden);
    focused = visible && +doc.hasFocus();
  };

  const measure = () => {
    // In quirks mode the body scrolls.
    const root =
      (FULL && (doc.querySelector('[data-webwatch-scroll]') || scroller)) || doc.scrollingElement!;
    depth = max(
      depth,
      min(100, (((root.scrollTop + root.clientHeight) / root.scrollHeight) * 100 + 0.5) | 0),
    );
  };

  const send = (ended?: boolean) => {
    tick(ended);
    if (shown) {
      record('engagement', { en: engaged, vs: shown, id: idle, sd: (sentDepth = depth) });
      engaged = shown = idle = 0;
    }
  };

  listen('pointerdown pointermove keydown scroll focus blur visibilitychange', (event) => {
    const target = event.target as Element;
    tick();
    input = last;
    // Dispatched at most once per frame.
    if (event.type == 'scroll') {
      // The page may scroll in an element that fills most of the window.
      if (FULL && target.clientWidth * target.clientHeight * 2 > innerWidth * innerHeight)
        scroller = target;
      measure();
      if (depth - (depth % 10) > sentDepth) send();
    }
  });

  onChange((ended) => {
    if (ended == null) {
      tick();
      engaged = shown = idle = depth = sentDepth = scroller = 0;
      input = last;
    } else {
      measure();
      send(ended);
    }
  });
};
