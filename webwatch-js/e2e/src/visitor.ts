import type { BrowserContext, Page } from 'playwright-core';

export interface Click {
  readonly tag: string;
  readonly element?: string;
  readonly href?: string;
}

export interface Custom {
  readonly name: string;
  readonly props: { readonly [name: string]: string | number | boolean };
}

/** What the script did on one page view, and so what the store has to hold. */
export interface Visit {
  readonly kind: 'load' | 'spa' | 'restore';
  readonly path: string;
  readonly clicks: Click[];
  readonly customs: Custom[];
  /** Per cent of the page seen. */
  depth: number;
  /** Time from its begin until the script did what ended it. */
  engagedMillis: number;
}

/** A person in one tab: does things, and notes what it did. */
export class Visitor {
  private current: (Visit & { startedAt: number }) | undefined;

  private constructor(
    readonly page: Page,
    private readonly origin: string,
    private readonly journal: Visit[],
  ) {}

  static async arrive(context: BrowserContext, origin: string, journal: Visit[]): Promise<Visitor> {
    return new Visitor(await context.newPage(), origin, journal);
  }

  /** Types an address. */
  async open(path: string): Promise<void> {
    await this.leave();
    await this.page.goto(this.origin + path);
    await this.began('load', path);
  }

  /** Clicks a link to another page. */
  async follow(selector: string, click: Click, path: string): Promise<void> {
    this.note().clicks.push({ ...click, href: this.origin + path });
    await this.page.locator(selector).first().hover();
    await this.leave();
    await this.page.locator(selector).first().click();
    await this.page.waitForURL(this.origin + path);
    await this.page.waitForLoadState('load');
    await this.began('load', path);
  }

  /** Clicks something that leaves the page where it is. */
  async click(selector: string, click: Click): Promise<void> {
    this.note().clicks.push(click);
    await this.page.locator(selector).click();
    await this.look();
  }

  /** Clicks something that makes the page show another view. */
  async turn(selector: string, click: Click, path: string): Promise<void> {
    this.note().clicks.push(click);
    await this.page.locator(selector).hover();
    await this.leave();
    await this.page.locator(selector).click();
    await this.page.waitForURL(this.origin + path);
    await this.began('spa', path);
  }

  /** The browser's back or forward, within one document or between two. */
  async travel(steps: -1 | 1, path: string, expected: 'spa' | 'restore'): Promise<void> {
    await this.leave();
    // Playwright's goBack waits for a load, which a restored page never has.
    await this.page.evaluate((by) => setTimeout(() => history.go(by)), steps);
    await this.page.waitForURL(this.origin + path, { waitUntil: 'commit' });
    if (expected === 'restore' && !(await this.page.evaluate(() => 'keptForTest' in window))) {
      throw new Error(`the browser has loaded ${path} anew, where it should have restored it`);
    }
    await this.began(expected, path);
  }

  /** Turns the wheel until a part of the page has been seen. */
  async scroll(part: number): Promise<void> {
    await this.page.mouse.move(400, 400);
    const target = await this.page.evaluate(
      (share) => document.documentElement.scrollHeight * share - innerHeight,
      part,
    );
    let before = -1;
    let position = await this.page.evaluate(() => scrollY);
    while (position < target - 1 && position !== before) {
      await this.page.mouse.wheel(0, Math.min(300, target - position));
      await this.page.evaluate(() => new Promise((frame) => requestAnimationFrame(frame)));
      await this.page.evaluate(() => new Promise((frame) => requestAnimationFrame(frame)));
      before = position;
      position = await this.page.evaluate(() => scrollY);
    }
    await this.look();
  }

  /** Publishes from the page's own script. */
  async event(custom: Custom): Promise<void> {
    this.note().customs.push(custom);
    await this.page.evaluate(({ name, props }) => {
      (window as unknown as { webwatch(...call: unknown[]): void }).webwatch('event', name, props);
    }, custom);
  }

  /** Clicks an element that names an event by its attributes. */
  async clickMarked(selector: string, click: Click, custom: Custom): Promise<void> {
    await this.page.locator(selector).evaluate((element, { name, props }) => {
      element.setAttribute('data-webwatch-event', name);
      for (const [key, value] of Object.entries(props)) {
        element.setAttribute(`data-webwatch-${key}`, String(value));
      }
    }, custom);
    this.note().customs.push(custom);
    await this.click(selector, click);
  }

  /** Stays for a while, with a hand on the mouse. */
  async linger(millis: number): Promise<void> {
    const until = Date.now() + millis;
    for (let step = 0; Date.now() < until; step++) {
      await this.page.mouse.move(300 + (step % 20) * 10, 300 + (step % 7) * 10);
      await this.page.evaluate(() => new Promise((later) => setTimeout(later, 50)));
    }
  }

  async close(): Promise<void> {
    await this.leave();
    await this.page.close();
  }

  private note(): Visit {
    if (!this.current) throw new Error('no page is open');
    return this.current;
  }

  private async began(kind: Visit['kind'], path: string): Promise<void> {
    const startedAt = await this.page.evaluate((loaded) => {
      Object.assign(window, { keptForTest: true });
      const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
      return loaded && entry ? entry.domInteractive : performance.now();
    }, kind === 'load');
    this.current = {
      kind,
      path,
      clicks: [],
      customs: [],
      depth: 0,
      engagedMillis: 0,
      startedAt,
    };
    this.journal.push(this.current);
  }

  private async look(): Promise<number> {
    const { depth, now } = await this.page.evaluate(() => ({
      depth: Math.round(((scrollY + innerHeight) / document.documentElement.scrollHeight) * 100),
      now: performance.now(),
    }));
    const visit = this.note();
    visit.depth = Math.min(100, Math.max(visit.depth, depth));
    return now;
  }

  private async leave(): Promise<void> {
    if (this.current) {
      const now = await this.look();
      this.current.engagedMillis = now - this.current.startedAt;
      this.current = undefined;
    }
  }
}
