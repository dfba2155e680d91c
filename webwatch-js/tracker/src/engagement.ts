import type { Capture } from './capture';
import { guard } from './guard';
import { listen } from './listen';
import { doc, now, win } from './natives';

const IDLE_AFTER = 60_000;

/**
 * How long the page is looked at and how deep: engaged while it is visible and focused, until nothing was touched for a
 * minute, from where on it is idle.
 */
export const engagement: Capture = (record) => {
  let engaged: number;
  let shown: number;
  let idle: number;
  let depth: number;
  let sentDepth: number;
  let last: number;
  let input: number;
  let visible: boolean;
  let focused: boolean;
  let framed = false;

  const tick = () => {
    const time = now();
    if (visible) {
      shown += time - last;
      if (focused) {
        const end = Math.max(last, Math.min(time, input + IDLE_AFTER));
        engaged += end - last;
        idle += time - end;
      }
    }
    last = time;
    visible = doc.visibilityState == 'visible';
    focused = doc.hasFocus();
  };

  const measure = () => {
    const shownPart = (win.scrollY + win.innerHeight) / doc.documentElement.scrollHeight;
    depth = Math.max(depth, Math.min(100, Math.round(shownPart * 100) || 0));
  };

  const send = () => {
    tick();
    if (shown) {
      record('engagement', { en: engaged, vs: shown, id: idle, sd: (sentDepth = depth) });
      engaged = shown = idle = 0;
    }
  };

  listen(win, 'pointerdown pointermove keydown wheel touchstart scroll', (event) => {
    tick();
    input = last;
    if (event.type == 'scroll' && !framed) {
      framed = true;
      requestAnimationFrame(
        guard(() => {
          framed = false;
          measure();
          if (((depth / 10) | 0) > ((sentDepth / 10) | 0)) send();
        }),
      );
    }
  });
  listen(win, 'focus blur visibilitychange', tick);

  return {
    view() {
      tick();
      engaged = shown = idle = depth = sentDepth = 0;
      input = last;
    },
    leave() {
      measure();
      send();
    },
  };
};
