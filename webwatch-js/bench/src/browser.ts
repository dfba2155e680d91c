import {
  chromium,
  type Browser,
  type BrowserContext,
  type CDPSession,
  type Page,
} from 'playwright-core';
import { CHROMIUM, CHROMIUM_ARGS } from '../../scripts/testing.mjs';

/** Starts a browser that does not look automated, since some trackers ignore those that do. */
export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM,
    args: [
      ...CHROMIUM_ARGS,
      '--disable-smooth-scrolling',
      '--disable-blink-features=AutomationControlled',
    ],
  });

export const WIDTH = 1200;
export const HEIGHT = 800;

/** A page in a fresh browser context, so that no cache is filled, with control of its mouse. */
export class Tab {
  private constructor(
    private readonly context: BrowserContext,
    readonly page: Page,
    readonly cdp: CDPSession,
  ) {}

  static async open(browser: Browser): Promise<Tab> {
    const userAgent = `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${
      browser.version().split('.')[0]
    }.0.0.0 Safari/537.36`;
    const context = await browser.newContext({
      viewport: { width: WIDTH, height: HEIGHT },
      userAgent,
    });
    const page = await context.newPage();
    return new Tab(context, page, await context.newCDPSession(page));
  }

  /** Evaluates an expression without a promise in the page, whose microtask would be attributed to the tracker. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.cdp.send('Runtime.evaluate', {
      expression,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.text}`);
    return result.value as T;
  }

  mark(name: string): Promise<void> {
    return this.evaluate(`void performance.mark('bench:${name}')`);
  }

  /** Moves the mouse. Resolves once the page has handled the event, which is in its next frame. */
  async move(x: number, y: number): Promise<void> {
    await this.cdp.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y });
  }

  async wheel(deltaY: number): Promise<void> {
    await this.cdp.send('Input.dispatchMouseEvent', {
      type: 'mouseWheel',
      x: WIDTH / 2,
      y: HEIGHT / 2,
      deltaX: 0,
      deltaY,
    });
  }

  async click(x: number, y: number): Promise<void> {
    const button = { x, y, button: 'left', clickCount: 1 } as const;
    await this.move(x, y);
    await this.cdp.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...button });
    await this.cdp.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...button });
  }

  /** Returns the centre of the first matching element that is in the window. */
  async find(selector: string): Promise<{ x: number; y: number } | null> {
    return this.evaluate(`(() => {
      for (const element of document.querySelectorAll(${JSON.stringify(selector)})) {
        const box = element.getBoundingClientRect();
        const x = box.left + box.width / 2, y = box.top + box.height / 2;
        const free = element.closest('#bar') ? 0 : 60;
        if (y > free && y < innerHeight - 4 && x > 0 && x < innerWidth) return { x, y };
      }
      return null;
    })()`);
  }

  /** Navigates to another page, so that the tracker sends its last events. */
  async leave(address: string): Promise<void> {
    await this.page.goto(address);
  }

  /** Returns the number of reachable bytes on the heap. */
  async heap(): Promise<number> {
    await this.cdp.send('HeapProfiler.collectGarbage');
    return (await this.cdp.send('Runtime.getHeapUsage')).usedSize;
  }

  close(): Promise<void> {
    return this.context.close();
  }
}

export const pause = (millis: number): Promise<void> =>
  new Promise((done) => setTimeout(done, millis));
