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

  /** Does something and says how long it took until the event stream had one more event that reads like this. */
  async millisUntilSeen(event: string, path: string, act: () => Promise<void>): Promise<number> {
    const before = await this.count(event, path);
    const began = Date.now();
    await act();
    await this.page.waitForFunction(
      ([label, where, least]) =>
        [...document.querySelectorAll('.stream-item')].filter(
          (item) =>
            item.querySelector('.type-badge')?.textContent?.trim() === label &&
            item.querySelector('.stream-path')?.textContent === where,
        ).length > Number(least),
      [event, path, String(before)] as const,
      { polling: 'raf', timeout: 10_000 },
    );
    return Date.now() - began;
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
