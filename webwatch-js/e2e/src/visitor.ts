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

/** What the visitor did during one page view, which is what the store must contain. */
export interface Visit {
  readonly kind: 'load' | 'spa' | 'restore';
  readonly path: string;
  readonly clicks: Click[];
  readonly customs: Custom[];
  /** Percentage of the page that was seen. */
  depth: number;
  /** Time from the start of the page view until the action that ended it. */
  engagedMillis: number;
}

/** A person in one tab, who records every action in a journal. */
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

  /** Opens a page as if its address was typed. */
  async open(path: string): Promise<void> {
    await this.leave();
    await this.page.goto(this.origin + path);
    await this.began('load', path);
  }

  /** Clicks a link to another page. */
  async follow(selector: string, click: Click, path: string): Promise<void> {
    this.visit.clicks.push({ ...click, href: this.origin + path });
    await this.page.locator(selector).first().hover();
    await this.leave();
    await this.page.locator(selector).first().click();
    await this.page.waitForURL(this.origin + path);
    await this.page.waitForLoadState('load');
    await this.began('load', path);
  }

  /** Clicks something that does not navigate. */
  async click(selector: string, click: Click): Promise<void> {
    this.visit.clicks.push(click);
    await this.page.locator(selector).click();
    await this.look();
  }

  /** Clicks something that navigates within the document. */
  async navigate(selector: string, click: Click, path: string): Promise<void> {
    this.visit.clicks.push(click);
    await this.page.locator(selector).hover();
    await this.leave();
    await this.page.locator(selector).click();
    await this.page.waitForURL(this.origin + path);
    await this.began('spa', path);
  }

  /** Goes back or forward, within one document or between two. */
  async travel(steps: -1 | 1, path: string, expected: 'spa' | 'restore'): Promise<void> {
    await this.leave();
    // Playwright's goBack waits for a load event, which a restored page does not have.
    await this.page.evaluate((by) => setTimeout(() => history.go(by)), steps);
    await this.page.waitForURL(this.origin + path, { waitUntil: 'commit' });
    if (expected === 'restore' && !(await this.page.evaluate(() => 'keptForTest' in window))) {
      throw new Error(`The browser loaded ${path} again instead of restoring it.`);
    }
    await this.began(expected, path);
  }

  /** Turns the mouse wheel until a share of the page has been seen. */
  async scroll(share: number): Promise<void> {
    await this.page.mouse.move(400, 400);
    const target = await this.page.evaluate(
      (share) => document.documentElement.scrollHeight * share - innerHeight,
      share,
    );
    let before = -1;
    let position = await this.page.evaluate(() => scrollY);
    while (position < target - 1 && position !== before) {
      await this.page.mouse.wheel(0, Math.min(300, target - position));
      await this.nextFrame();
      await this.nextFrame();
      before = position;
      position = await this.page.evaluate(() => scrollY);
    }
    await this.look();
  }

  /** Records a custom event from a script of the page. */
  async event(custom: Custom): Promise<void> {
    this.visit.customs.push(custom);
    await this.page.evaluate(({ name, props }) => {
      (window as unknown as { webwatch(...call: unknown[]): void }).webwatch('event', name, props);
    }, custom);
  }

  /** Clicks an element whose attributes define a custom event. */
  async clickMarked(selector: string, click: Click, custom: Custom): Promise<void> {
    await this.page.locator(selector).evaluate((element, { name, props }) => {
      element.setAttribute('data-webwatch-event', name);
      for (const [key, value] of Object.entries(props)) {
        element.setAttribute(`data-webwatch-${key}`, String(value));
      }
    }, custom);
    this.visit.customs.push(custom);
    await this.click(selector, click);
  }

  /** Stays on the page for a while and moves the mouse. */
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

  private async nextFrame(): Promise<void> {
    await this.page.evaluate(() => new Promise((frame) => requestAnimationFrame(frame)));
  }

  private get visit(): Visit {
    if (!this.current) throw new Error('No page is open.');
    return this.current;
  }

  private async began(kind: Visit['kind'], path: string): Promise<void> {
    const startedAt = await this.page.evaluate((loaded) => {
      Object.assign(window, { keptForTest: true });
      const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
      return loaded && entry ? entry.domContentLoadedEventStart : performance.now();
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

  /** Updates the depth of the current visit, and returns the time in the page. */
  private async look(): Promise<number> {
    const { depth, now } = await this.page.evaluate(() => ({
      depth: Math.round(((scrollY + innerHeight) / document.documentElement.scrollHeight) * 100),
      now: performance.now(),
    }));
    const { visit } = this;
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
