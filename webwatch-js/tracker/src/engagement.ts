import type { Capture } from './capture';
import { listen } from './listen';
import { doc, nextFrame, now, win } from './natives';
import { guard } from './guard';

const IDLE_AFTER = 60_000;

/**
 * How long the page is looked at and how deep: times are counted while the page is visible and focused, and as idle once
 * nothing was touched for a minute.
 */
export const engagement: Capture = (record) => {
  let engaged: number;
  let visibleTime: number;
  let idle: number;
  let depth: number;
  let sentDepth: number;
  let last: number;
  let input: number;
  let visible: boolean;
  let focused: boolean;
  let framed: boolean | undefined;

  const tick = () => {
    const time = now();
    if (visible) {
      visibleTime += time - last;
      if (focused) {
        const active = Math.max(last, Math.min(time, input + IDLE_AFTER)) - last;
        engaged += active;
        idle += time - last - active;
      }
    }
    last = time;
    visible = doc.visibilityState == 'visible';
    focused = doc.hasFocus();
  };

  const measure = () => {
    const root = doc.documentElement;
    const ratio = (win.scrollY + win.innerHeight) / root.scrollHeight;
    depth = Math.max(depth, Math.min(100, Math.round(ratio * 100)) || 0);
  };

  const send = () => {
    const [en, vs, id] = [engaged, visibleTime, idle].map(Math.round) as [number, number, number];
    // What rounding took or gave stays for the next increment.
    engaged -= en;
    visibleTime -= vs;
    idle -= id;
    sentDepth = depth;
    record('engagement', { en, vs, id, sd: depth });
  };

  const view = () => {
    engaged = visibleTime = idle = depth = sentDepth = 0;
    last = input = now();
    visible = doc.visibilityState == 'visible';
    focused = doc.hasFocus();
  };

  listen(win, 'pointerdown pointermove keydown wheel touchstart scroll', () => {
    tick();
    input = last;
  });
  listen(win, 'focus blur', tick);
  listen(doc, 'visibilitychange', tick);
  listen(win, 'scroll', () => {
    if (framed) return;
    framed = true;
    nextFrame(
      guard(() => {
        framed = false;
        measure();
        if (Math.floor(depth / 10) > Math.floor(sentDepth / 10)) {
          tick();
          send();
        }
      }),
    );
  });
  return {
    view,
    leave() {
      tick();
      measure();
      if (visibleTime >= 1 || depth > sentDepth) send();
    },
  };
};
