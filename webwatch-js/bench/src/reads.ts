import type { Browser } from 'playwright-core';
import { HEIGHT, pause, Tab, WIDTH } from './browser';
import { hand } from './round';
import type { Lab } from './server';
import type { Tracker } from './trackers';

/** How often a script reads the layout of the page; each read forces a layout if it is stale. */
export interface Reads {
  /** Largest number of calls into the script in one frame that read layout at least once. */
  readonly maxPerFrame: number;
  readonly perMove: number;
  readonly perScroll: number;
  /** Calls that read a computed style, which does not force a layout. */
  readonly stylePerMove: number;
}

/** Runs in the page before any other script: counts the calls of everything that reads layout or style. */
function instrument(script: string): void {
  const calls = { layout: 0, style: 0, inFrame: 0, maxInFrame: 0 };
  const seen = { layout: false, style: false };
  const note = (kind: 'layout' | 'style') => {
    if (seen[kind] || !new Error().stack?.includes(script)) return;
    seen[kind] = true;
    calls[kind]++;
    if (kind === 'layout') calls.maxInFrame = Math.max(calls.maxInFrame, ++calls.inFrame);
    // Runs after the call into the script has returned.
    queueMicrotask(() => {
      seen[kind] = false;
    });
  };
  const getter = (owner: object, name: string) => {
    const property = Object.getOwnPropertyDescriptor(owner, name);
    const get = property?.get;
    if (!get) throw new Error(`The browser has no property ${name}.`);
    Object.defineProperty(owner, name, {
      ...property,
      get(this: unknown) {
        note('layout');
        return get.call(this) as unknown;
      },
    });
  };
  const method = (owner: object, name: string, kind: 'layout' | 'style') => {
    const methods = owner as Record<string, (...args: unknown[]) => unknown>;
    const original = methods[name]!;
    methods[name] = function (...args) {
      note(kind);
      return original.apply(this, args);
    };
  };
  for (const side of ['Width', 'Height', 'Top', 'Left']) {
    getter(Element.prototype, `client${side}`);
    getter(Element.prototype, `scroll${side}`);
    getter(HTMLElement.prototype, `offset${side}`);
  }
  getter(HTMLElement.prototype, 'innerText');
  for (const side of ['width', 'height']) getter(HTMLImageElement.prototype, side);
  // Excludes innerWidth and innerHeight: they depend on the layout of enclosing documents, not on that of the page.
  for (const name of ['scrollX', 'scrollY', 'pageXOffset', 'pageYOffset']) getter(window, name);
  method(Element.prototype, 'getBoundingClientRect', 'layout');
  method(Element.prototype, 'getClientRects', 'layout');
  method(Document.prototype, 'elementFromPoint', 'layout');
  method(window, 'getComputedStyle', 'style');
  const frame = () => {
    calls.inFrame = 0;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  Object.assign(window, { benchCalls: calls });
}

const STEPS = 120;

/** Counts the layout and style reads of a tracker during moves and scrolls. */
export async function reads(browser: Browser, lab: Lab, tracker: Tracker): Promise<Reads> {
  const tab = await Tab.open(browser);
  try {
    await tab.page.addInitScript(instrument, lab.address(tracker, 'tracker.js'));
    await tab.page.goto(lab.address(tracker), { waitUntil: 'load' });
    await pause(1_500);
    const calls = async () =>
      tab.evaluate<{ layout: number; style: number; maxInFrame: number }>('({ ...benchCalls })');
    await tab.evaluate('benchCalls.maxInFrame = 0');
    const begin = await calls();
    for (let i = 0; i < STEPS; i++) await tab.move(...hand(i));
    const moved = await calls();
    await tab.move(WIDTH / 2, HEIGHT / 2);
    const still = await calls();
    for (let i = 0; i < STEPS; i++) await tab.wheel(i % 40 < 30 ? 100 : -60);
    const end = await calls();
    return {
      maxPerFrame: end.maxInFrame,
      perMove: (moved.layout - begin.layout) / STEPS,
      perScroll: (end.layout - still.layout) / STEPS,
      stylePerMove: (moved.style - begin.style) / STEPS,
    };
  } finally {
    await tab.close();
  }
}
