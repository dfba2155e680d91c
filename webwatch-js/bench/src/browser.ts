import {
  chromium,
  type Browser,
  type BrowserContext,
  type CDPSession,
  type Page,
} from 'playwright-core';

/** With the appearance of a person's browser: some trackers do not measure what looks driven. */
export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-smooth-scrolling',
      '--disable-blink-features=AutomationControlled',
    ],
  });

export const WIDTH = 1200;
export const HEIGHT = 800;

/** A page in a browser profile of its own, so that nothing is in any cache, and a hand on its mouse. */
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

  /** Without a promise, whose microtask would be taken for the tracker's. */
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

  /** Answered once the page has seen it, which is with its next frame. */
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

  /** The middle of the first such element that is in the window. */
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

  /** Leaves the page as a person does, so that the tracker can send its last. */
  async leave(address: string): Promise<void> {
    await this.page.goto(address);
  }

  /** Bytes of the heap that are reachable. */
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
