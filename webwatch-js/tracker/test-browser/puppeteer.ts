import puppeteer, { type Browser, type LaunchOptions, type Page } from 'puppeteer-core';
import { holds, type Engine } from './engine';

const CHROMIUM: LaunchOptions = {
  browser: 'chrome',
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  ignoreDefaultArgs: ['--disable-back-forward-cache'],
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--autoplay-policy=no-user-gesture-required',
  ],
};
const FIREFOX: LaunchOptions = {
  browser: 'firefox',
  executablePath: process.env['FIREFOX'] ?? '/usr/bin/firefox-esr',
};

/** An engine that this driver has a hold of, for what only one of them can be made to do. */
export interface Driven extends Engine {
  readonly page: Page;
  /** Opens another tab over this one, which is thereby hidden, and gives what comes back to it. */
  hide(): Promise<() => Promise<void>>;
}

export const chromium = (): Promise<Driven> => launch('chromium', CHROMIUM);

/** With these settings of `about:config`. */
export const firefox = (settings: { [name: string]: unknown } = {}): Promise<Driven> =>
  launch('firefox', {
    ...FIREFOX,
    extraPrefsFirefox: {
      'media.autoplay.default': 0,
      // Tabs that a middle click opens do not come to the front.
      'browser.tabs.loadInBackground': true,
      ...settings,
    },
  });

async function launch(name: Engine['name'], options: LaunchOptions): Promise<Driven> {
  // The first tab stays, so that closing another is not closing the browser.
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
  // By script: the driver's own navigation waits for ever after a page came from the back/forward cache.
  const load = async (script: string) => {
    const go = `void ((window.stale = true), setTimeout(() => ${script}))`;
    // A page that was about to be replaced was so in between.
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
    // A page from the cache has no load event to wait for.
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
