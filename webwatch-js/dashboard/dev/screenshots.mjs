// Takes screenshots of the built dashboard in every state. Fails if the browser reports an error or a violation of the
// content security policy, or if a page is wider than its window.
//
//   npm run build -- --outDir dist && node dev/screenshots.mjs dist OUTPUT_DIR [NAME]

import { chromium } from 'playwright-core';
import { PROBLEM, startMock } from './mock-server.mjs';

const [directory = 'dist', output = 'dist/screenshots', only = ''] = process.argv.slice(2);

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const DEFAULTS = { scenario: 'busy', size: DESKTOP, scheme: 'light' };

/** The name begins with the view. */
const SHOTS = [
  { name: 'live-light' },
  { name: 'live-dark', scheme: 'dark' },
  { name: 'live-trouble', scenario: 'trouble' },
  { name: 'live-trouble-dark', scenario: 'trouble', scheme: 'dark' },
  { name: 'live-empty', scenario: 'empty' },
  { name: 'live-phone', size: PHONE },
  { name: 'live-trouble-phone', scenario: 'trouble', size: PHONE },
  { name: 'live-failing', scenario: 'failing' },
  { name: 'live-offline', breakStream: true },
  { name: 'history-light' },
  { name: 'history-dark', scheme: 'dark' },
  { name: 'history-today', press: 'Today' },
  { name: 'history-custom', press: 'Custom' },
  { name: 'history-empty', scenario: 'empty' },
  { name: 'history-failing', breakQueries: true },
  { name: 'history-nostore', scenario: 'nostore' },
  { name: 'history-phone', size: PHONE, scheme: 'dark' },
]
  .filter((shot) => shot.name.includes(only))
  .map((shot) => ({ ...DEFAULTS, ...shot, view: shot.name.split('-')[0] }));

const faults = [];

/** Opens a page that records what must not happen. */
async function openPage(browser, shot) {
  const context = await browser.newContext({
    viewport: shot.size,
    colorScheme: shot.scheme,
    timezoneId: 'Europe/Berlin',
  });
  const page = await context.newPage();
  const failing = shot.scenario === 'failing' || shot.breakStream || shot.breakQueries;
  page.on('console', (message) => {
    const expected = failing && message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !expected) {
      faults.push(`${shot.name}: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => faults.push(`${shot.name}: ${error.message}`));
  if (shot.breakQueries) {
    const response = {
      status: PROBLEM.status,
      contentType: 'application/problem+json',
      body: JSON.stringify(PROBLEM),
    };
    await page.route('**/api/query*', (route) => route.fulfill(response));
  }
  return page;
}

async function take(browser, shot) {
  const mock = await startMock({ scenario: shot.scenario, directory });
  const page = await openPage(browser, shot);
  await page.goto(`${mock.url}#${shot.view}`);
  await page.waitForTimeout(shot.view === 'live' ? 2500 : 1200);
  if (shot.press) {
    await page.getByRole('button', { name: shot.press }).click();
    await page.waitForTimeout(700);
  }
  if (shot.breakStream) {
    mock.close();
    await page.waitForTimeout(5000);
  }
  const excess = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (excess > 0) {
    faults.push(`${shot.name}: ${excess} px wider than the window`);
  }
  await page.screenshot({ path: `${output}/${shot.name}.png`, fullPage: true });
  await page.context().close();
  mock.close();
}

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
for (const shot of SHOTS) {
  await take(browser, shot);
}
await browser.close();
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
console.log(`${SHOTS.length} screenshots in ${output}`);
