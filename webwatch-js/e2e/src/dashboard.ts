import type { Browser, Page } from 'playwright-core';
import type { Shop } from './shop';

/** The dashboard in a separate browser context, as the operator of the shop sees it. */
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
   * Performs an action and waits until the event stream shows one more event with this label and path.
   *
   * @returns the milliseconds between the event and its appearance
   */
  async millisUntilSeen(label: string, path: string, act: () => Promise<void>): Promise<number> {
    const items = await this.page.evaluateHandle(
      ([label, path]) =>
        () =>
          [...document.querySelectorAll('.stream-item')].filter(
            (item) =>
              item.querySelector('.type-badge')?.textContent?.trim() === label &&
              item.querySelector('.stream-path')?.textContent === path,
          ),
      [label, path] as const,
    );
    const before = await items.evaluate((find) => find().length);
    const seen = this.page.waitForFunction(
      ({ find, before }) => {
        const found = find();
        const time = found[0]?.querySelector('time')?.dateTime;
        // Browser and server use the same clock. Never returns 0, which would mean "not yet".
        return found.length > before && time ? Math.max(1, Date.now() - Date.parse(time)) : 0;
      },
      { find: items, before },
      { polling: 'raf', timeout: 20_000 },
    );
    const [handle] = await Promise.all([seen, act()]);
    return handle.jsonValue();
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
