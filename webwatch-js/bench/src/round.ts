import type { Browser, CDPSession } from 'playwright-core';
import { HEIGHT, pause, Tab, WIDTH } from './browser';
import type { Lab } from './server';
import { Recorder, type Work } from './trace';
import type { Tracker } from './trackers';

/** Cost of one tracker on one page. */
export interface Round {
  readonly load: Work;
  readonly backgroundParse: number;
  readonly move: Work & { readonly events: number };
  readonly scroll: Work & { readonly events: number };
  /** Scrolling while the page continuously invalidates its layout. */
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

/** Longer than any of the trackers waits before it sends the events of the load. */
const AFTER_LOAD = 4_000;
/** Longer than any of the trackers waits for the effect of a click. */
const AFTER_CLICKS = 3_500;
const BETWEEN_PHASES = 300;
const SCROLLS = 80;
const BUSY_SCROLLS = 60;
const CLICKS = 12;

/** Returns the position of a mouse that moves over the page in curves, including the bar at the top. */
export const hand = (step: number): [x: number, y: number] => [
  WIDTH / 2 + WIDTH * 0.42 * Math.sin(step / 19),
  HEIGHT / 2 + HEIGHT * 0.47 * Math.sin(step / 13 + 1),
];

/** Measures one tracker in a fresh page while it is loaded, moved over, scrolled, clicked and left. */
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
    await pause(AFTER_LOAD);
    await tab.mark('loaded');

    const moved = await countEvents(tab, 'moves', () => move(tab, moves));
    await tab.move(WIDTH / 2, HEIGHT / 2);
    await pause(BETWEEN_PHASES);
    const scrolled = await countEvents(tab, 'scrolls', () => scroll(tab));
    await tab.evaluate('pulse(true)');
    const busyScrolled = await countEvents(tab, 'scrolls', () => scrollBusily(tab));
    await tab.evaluate('pulse(false)');
    const clicked = await countEvents(tab, 'clicks', () => click(tab));

    const heap = await tab.heap();
    await tab.mark('leave');
    await tab.leave(lab.address(tracker, 'left'));
    await tab.mark('left');
    const trace = await recorder.stop(lab.address(tracker), lab.address(tracker, 'tracker.js'));
    return {
      load: trace.between(undefined, 'loaded'),
      backgroundParse: trace.backgroundParse,
      move: { ...trace.between('move', 'moved'), events: moved },
      scroll: { ...trace.between('scroll', 'scrolled'), events: scrolled },
      busyScroll: { ...trace.between('busy', 'busied'), events: busyScrolled },
      click: { ...trace.between('click', 'clicked'), events: clicked },
      leave: trace.between('leave', 'left'),
      heap,
    };
  } finally {
    await tab.close();
  }
}

/** Returns how many events of a kind the page saw during an action. */
async function countEvents(
  tab: Tab,
  kind: keyof Counts,
  act: () => Promise<void>,
): Promise<number> {
  const count = async () => (await tab.evaluate<Counts>('({ ...counts })'))[kind];
  const before = await count();
  await act();
  return (await count()) - before;
}

async function move(tab: Tab, moves: number): Promise<void> {
  await tab.mark('move');
  for (let i = 0; i < moves; i++) await tab.move(...hand(i));
  await pause(BETWEEN_PHASES);
  await tab.mark('moved');
}

async function scroll(tab: Tab): Promise<void> {
  await tab.mark('scroll');
  for (let i = 0; i < SCROLLS; i++) await tab.wheel(i < SCROLLS * 0.75 ? 100 : -100);
  await pause(BETWEEN_PHASES);
  await tab.mark('scrolled');
}

async function scrollBusily(tab: Tab): Promise<void> {
  await tab.mark('busy');
  for (let i = 0; i < BUSY_SCROLLS; i++) await tab.wheel(i % 4 < 3 ? 60 : -60);
  await tab.mark('busied');
}

async function click(tab: Tab): Promise<void> {
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
  await pause(AFTER_CLICKS);
  await tab.mark('clicked');
}
