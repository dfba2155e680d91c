import type { Browser, Page } from 'playwright-core';
import type { Shop } from './shop';

/** The dashboard in a window of its own, as the person who runs the shop sees it. */
export class Dashboard {
  private constructor(readonly page: Page) {}

  static async open(browser: Browser, shop: Shop): Promise<Dashboard> {
    const context = await browser.newContext({
      httpCredentials: shop.credentials,
      viewport: { width: 1440, height: 1000 },
    });
    const page = await context.newPage();
    await page.goto(`${shop.origin}/webwatch/`);
    await page.getByRole('heading', { name: 'Event stream' }).waitFor();
    return new Dashboard(page);
  }

  /**
   * Does something, waits until the event stream has one more event that reads like this, and says how long after that
   * event it was there.
   */
  async millisUntilSeen(event: string, path: string, act: () => Promise<void>): Promise<number> {
    const before = await this.count(event, path);
    const seen = this.page.waitForFunction(
      ([label, where, least]) => {
        const items = [...document.querySelectorAll('.stream-item')].filter(
          (item) =>
            item.querySelector('.type-badge')?.textContent?.trim() === label &&
            item.querySelector('.stream-path')?.textContent === where,
        );
        const time = items[0]?.querySelector('time')?.dateTime;
        // Browser and server share the clock of this machine. Never 0, which would mean "not yet".
        return items.length > Number(least) && time
          ? Math.max(1, Date.now() - Date.parse(time))
          : 0;
      },
      [event, path, String(before)] as const,
      { polling: 'raf', timeout: 20_000 },
    );
    const [handle] = await Promise.all([seen, act()]);
    return handle.jsonValue();
  }

  private count(event: string, path: string): Promise<number> {
    return this.page.evaluate(
      ([label, where]) =>
        [...document.querySelectorAll('.stream-item')].filter(
          (item) =>
            item.querySelector('.type-badge')?.textContent?.trim() === label &&
            item.querySelector('.stream-path')?.textContent === where,
        ).length,
      [event, path] as const,
    );
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
