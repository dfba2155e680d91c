import type { Browser } from 'playwright-core';
import { HEIGHT, pause, Tab, WIDTH } from './browser';
import { hand } from './round';
import type { Lab } from './server';
import type { Tracker } from './trackers';

/** How often a script asks the page for its layout: each time could cost the page one, were it stale by then. */
export interface Reads {
  /** Calls of the script in one frame that read layout, once or more. */
  readonly maxPerFrame: number;
  readonly perMove: number;
  readonly perScroll: number;
  /** Calls that read computed style, which does without layout. */
  readonly stylePerMove: number;
}

/** Runs in the page before all else: puts counters before what reads layout or style. */
function instrument(script: string): void {
  const calls = { layout: 0, style: 0, inFrame: 0, maxInFrame: 0 };
  const seen = { layout: false, style: false };
  const note = (kind: 'layout' | 'style') => {
    if (seen[kind] || !new Error().stack?.includes(script)) return;
    seen[kind] = true;
    calls[kind]++;
    if (kind === 'layout') calls.maxInFrame = Math.max(calls.maxInFrame, ++calls.inFrame);
    // Runs when the call into the script is over.
    queueMicrotask(() => {
      seen[kind] = false;
    });
  };
  const getter = (owner: object, name: string) => {
    const property = Object.getOwnPropertyDescriptor(owner, name);
    const get = property?.get;
    if (!get) throw new Error(`There is no ${name} to count.`);
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
  // Not innerWidth and innerHeight: they ask for the layout of the documents around a frame, not for the page's.
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

const EACH = 120;

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
    for (let i = 0; i < EACH; i++) await tab.move(...hand(i));
    const moved = await calls();
    await tab.move(WIDTH / 2, HEIGHT / 2);
    const still = await calls();
    for (let i = 0; i < EACH; i++) await tab.wheel(i % 40 < 30 ? 100 : -60);
    const end = await calls();
    return {
      maxPerFrame: end.maxInFrame,
      perMove: (moved.layout - begin.layout) / EACH,
      perScroll: (end.layout - still.layout) / EACH,
      stylePerMove: (moved.style - begin.style) / EACH,
    };
  } finally {
    await tab.close();
  }
}
