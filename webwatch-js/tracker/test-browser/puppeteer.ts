import puppeteer, { type Browser, type LaunchOptions, type Page } from 'puppeteer-core';
import { CHROMIUM, CHROMIUM_ARGS, FIREFOX } from '../../scripts/testing.mjs';
import { holds, type Engine } from './engine';

const CHROMIUM_OPTIONS: LaunchOptions = {
  browser: 'chrome',
  executablePath: CHROMIUM,
  ignoreDefaultArgs: ['--disable-back-forward-cache'],
  args: [...CHROMIUM_ARGS, '--autoplay-policy=no-user-gesture-required'],
};
const FIREFOX_OPTIONS: LaunchOptions = { browser: 'firefox', executablePath: FIREFOX };

/** An engine driven by Puppeteer, with access to its page for tests that only run in this engine. */
export interface Driven extends Engine {
  readonly page: Page;
  /** Hides the current tab behind another one. Returns a function that closes the other one. */
  hide(): Promise<() => Promise<void>>;
}

export const chromium = (): Promise<Driven> => launch('chromium', CHROMIUM_OPTIONS);

/** Starts Firefox with the given preferences of `about:config`. */
export const firefox = (settings: { [name: string]: unknown } = {}): Promise<Driven> =>
  launch('firefox', {
    ...FIREFOX_OPTIONS,
    extraPrefsFirefox: {
      'media.autoplay.default': 0,
      // Tabs opened by a middle click stay in the background.
      'browser.tabs.loadInBackground': true,
      ...settings,
    },
  });

async function launch(name: Engine['name'], options: LaunchOptions): Promise<Driven> {
  // The initial tab stays open, so that closing another one does not close the browser.
  const browser: Browser = await puppeteer.launch({ ...options, headless: true });
  const newPage = async () => {
    const page = await browser.newPage();
    await page.setViewport({ width: 800, height: 600 });
    return page;
  };
  let page = await newPage();
  const hide = async () => {
    const hidden = page;
    const other = await newPage();
    return async () => {
      await other.close();
      await hidden.bringToFront();
    };
  };
  // By script, since navigation by the driver hangs after a page was restored from the back/forward cache.
  const load = async (script: string) => {
    const go = `void ((window.stale = true), setTimeout(() => ${script}))`;
    // The evaluation fails if the page is being replaced.
    await page.evaluate(go).catch(() => holds(evaluate, `(${go}, true)`));
    await holds(evaluate, "!window.stale && document.readyState === 'complete'");
  };
  const evaluate = <T>(expression: string) => page.evaluate(expression) as Promise<T>;
  return {
    name,
    get page() {
      return page;
    },
    open: (address) => load(`location.assign(${JSON.stringify(address)})`),
    evaluate,
    click: async (css, { middle, control, times = 1 } = {}) => {
      if (control) await page.keyboard.down('Control');
      await page.click(css, { button: middle ? 'middle' : 'left', count: times });
      if (control) await page.keyboard.up('Control');
    },
    move: (x, y) => page.mouse.move(x, y),
    swipe: async (from, to) => {
      await page.touchscreen.touchStart(...from);
      await page.touchscreen.touchMove(...to);
      await page.touchscreen.touchEnd();
    },
    type: (css, text) => page.type(css, text),
    press: (key) => page.keyboard.press(key),
    // By script, since the driver waits for a load event, which a restored page does not have.
    back: () => page.evaluate('void setTimeout(() => history.back())').then(() => undefined),
    reload: () => load('location.reload()'),
    closeTab: async () => {
      await page.close();
      page = await newPage();
    },
    hide,
    openHidden: async (address) => {
      const show = await hide();
      await load(`location.assign(${JSON.stringify(address)})`);
      return show;
    },
    quit: () => browser.close(),
  };
}
