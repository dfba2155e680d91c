import type { Browser, CDPSession } from 'playwright-core';
import { HEIGHT, pause, Tab, WIDTH } from './browser';
import type { Lab } from './server';
import { Recorder, type Work } from './trace';
import type { Tracker } from './trackers';

/** What one tracker cost one page. */
export interface Round {
  readonly load: Work;
  readonly backgroundParse: number;
  readonly move: Work & { readonly events: number };
  readonly scroll: Work & { readonly events: number };
  /** While the page makes its layout stale all the time. */
  readonly busyScroll: Work & { readonly events: number };
  readonly click: Work & { readonly events: number };
  readonly leave: Work;
  readonly heap: number;
}

interface Counts {
  readonly moves: number;
  readonly scrolls: number;
  readonly clicks: number;
}

/** Longer than any of the trackers waits before it sends what the load gave. */
const LOAD_SETTLES = 4_000;
/** Longer than any of them waits for what comes of a click. */
const CLICKS_SETTLE = 3_500;
const SETTLES = 300;
const SCROLLS = 80;
const BUSY_SCROLLS = 60;
const CLICKS = 12;

/** A hand that goes over the page in curves, the bar at its top included. */
export const hand = (step: number): [x: number, y: number] => [
  WIDTH / 2 + WIDTH * 0.42 * Math.sin(step / 19),
  HEIGHT / 2 + HEIGHT * 0.47 * Math.sin(step / 13 + 1),
];

export async function round(
  browser: Browser,
  tracing: CDPSession,
  lab: Lab,
  tracker: Tracker,
  moves: number,
): Promise<Round> {
  const tab = await Tab.open(browser);
  try {
    const recorder = await Recorder.start(tracing);
    await tab.page.goto(lab.address(tracker), { waitUntil: 'load' });
    await pause(LOAD_SETTLES);
    await tab.mark('loaded');

    const counted: Counts[] = [];
    const count = async () => counted.push(await tab.evaluate<Counts>('({ ...counts })'));
    await count();
    await tab.mark('move');
    for (let i = 0; i < moves; i++) await tab.move(...hand(i));
    await pause(SETTLES);
    await tab.mark('moved');
    await count();

    await tab.move(WIDTH / 2, HEIGHT / 2);
    await pause(SETTLES);
    await tab.mark('scroll');
    for (let i = 0; i < SCROLLS; i++) await tab.wheel(i < SCROLLS * 0.75 ? 100 : -100);
    await pause(SETTLES);
    await tab.mark('scrolled');
    await count();

    await tab.evaluate('pulse(true)');
    await tab.mark('busy');
    for (let i = 0; i < BUSY_SCROLLS; i++) await tab.wheel(i % 4 < 3 ? 60 : -60);
    await tab.mark('busied');
    await tab.evaluate('pulse(false)');
    await count();

    const targets = [];
    for (const selector of ['.more', 'p', 'h2 span', 'li span', 'figcaption']) {
      targets.push(await tab.find(selector));
    }
    await tab.mark('click');
    for (let i = 0; i < CLICKS; i++) {
      const target = targets[i % targets.length];
      if (target) await tab.click(target.x, target.y);
      await pause(100);
    }
    await pause(CLICKS_SETTLE);
    await tab.mark('clicked');
    await count();

    const heap = await tab.heap();
    await tab.mark('leave');
    await tab.leave(lab.address(tracker, 'left'));
    await tab.mark('left');
    const trace = await recorder.stop(lab.address(tracker), lab.address(tracker, 'tracker.js'));
    const events = (name: keyof Counts, from: number) =>
      counted[from + 1]![name] - counted[from]![name];
    return {
      load: trace.between(undefined, 'loaded'),
      backgroundParse: trace.backgroundParse,
      move: { ...trace.between('move', 'moved'), events: events('moves', 0) },
      scroll: { ...trace.between('scroll', 'scrolled'), events: events('scrolls', 1) },
      busyScroll: { ...trace.between('busy', 'busied'), events: events('scrolls', 2) },
      click: { ...trace.between('click', 'clicked'), events: events('clicks', 3) },
      leave: trace.between('leave', 'left'),
      heap,
    };
  } finally {
    await tab.close();
  }
}
