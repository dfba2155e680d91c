import type { Browser } from 'playwright-core';
import { pause, Tab } from './browser';
import type { Lab, Sent } from './server';
import { hand } from './round';
import type { Tracker } from './trackers';

/** A step of the visit, which ends at the given time. */
type Step = (tab: Tab, until: number) => Promise<unknown>;

const FRAME = 1000 / 60;

const read: Step = (_, until) => pause(Math.max(0, until - performance.now()));

/**
 * The position of the mouse depends only on the time, so that all trackers see the same path at any speed of the
 * machine.
 */
const move: Step = async (tab, until) => {
  while (performance.now() < until) {
    const next = performance.now() + FRAME;
    await tab.move(...hand(performance.now() / FRAME));
    await pause(Math.max(0, next - performance.now()));
  }
};

const scroll =
  (by: number): Step =>
  async (tab, until) => {
    // A few notches of the wheel, then a pause.
    while (performance.now() < until - 600) {
      for (let notch = 0; notch < 4; notch++) {
        await tab.wheel(by);
        await pause(60);
      }
      await pause(500);
    }
  };

const click =
  (selector: string): Step =>
  async (tab, until) => {
    const target = await tab.find(selector);
    if (target) await tab.click(target.x, target.y);
    await read(tab, until);
  };

const fill: Step = async (tab, until) => {
  const millis = Math.max(0, until - performance.now());
  await tab.page.locator('#order').scrollIntoViewIfNeeded();
  await tab.page.locator('[name=name]').click();
  await tab.page.keyboard.type('Ada Example', { delay: millis / 60 });
  await tab.page.locator('[name=town]').click();
  await tab.page.keyboard.type('Harbour', { delay: millis / 60 });
  await tab.page.locator('[name=kind]').selectOption('two');
  await tab.page.locator('#send').click();
  await read(tab, until);
};

/** The steps take equally long. Like a person, the visitor mostly reads. */
const VISIT: readonly Step[] = [
  read,
  move,
  scroll(100),
  read,
  click('.more'),
  move,
  scroll(120),
  read,
  click('p'),
  scroll(-80),
  move,
  click('#bar a[href="./offers"]'),
  read,
  scroll(110),
  move,
  read,
  click('.more'),
  scroll(100),
  fill,
  move,
  click('h2 span'),
  scroll(140),
  click('#file'),
  read,
];

/** Visits the page, leaves it, and returns the requests that the collector received. */
export async function visit(
  browser: Browser,
  lab: Lab,
  tracker: Tracker,
  seconds: number,
): Promise<Sent> {
  const tab = await Tab.open(browser);
  try {
    lab.take(tracker);
    const began = performance.now();
    await tab.page.goto(lab.address(tracker), { waitUntil: 'load' });
    for (const [index, step] of VISIT.entries()) {
      await step(tab, began + (seconds * 1000 * (index + 1)) / VISIT.length);
    }
    await tab.leave(lab.address(tracker, 'left'));
    await pause(2_000);
    return lab.take(tracker);
  } finally {
    await tab.close();
  }
}
