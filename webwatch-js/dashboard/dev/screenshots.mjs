// Takes pictures of the built dashboard in every state, and fails when the browser reports an error or a breach of the
// content security policy.
//
//   npm run build -- --outDir dist && node dev/screenshots.mjs dist OUTPUT_DIR

import { chromium } from 'playwright-core';
import { startMock } from './mock-server.mjs';

const [directory = 'dist', output = 'dist/screenshots', only] = process.argv.slice(2);

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

const SHOTS = [
  { name: 'live-light', scenario: 'busy', size: DESKTOP, hash: '#live', scheme: 'light' },
  { name: 'live-dark', scenario: 'busy', size: DESKTOP, hash: '#live', scheme: 'dark' },
  { name: 'live-trouble', scenario: 'trouble', size: DESKTOP, hash: '#live', scheme: 'light' },
  { name: 'live-empty', scenario: 'empty', size: DESKTOP, hash: '#live', scheme: 'light' },
  { name: 'live-phone', scenario: 'busy', size: PHONE, hash: '#live', scheme: 'light' },
  { name: 'live-failing', scenario: 'failing', size: DESKTOP, hash: '#live', scheme: 'light' },
  {
    name: 'live-offline',
    scenario: 'busy',
    size: DESKTOP,
    hash: '#live',
    scheme: 'light',
    breakStream: true,
  },
  { name: 'history-light', scenario: 'busy', size: DESKTOP, hash: '#history', scheme: 'light' },
  { name: 'history-dark', scenario: 'busy', size: DESKTOP, hash: '#history', scheme: 'dark' },
  {
    name: 'history-today',
    scenario: 'busy',
    size: DESKTOP,
    hash: '#history',
    scheme: 'light',
    press: 'Today',
  },
  {
    name: 'history-custom',
    scenario: 'busy',
    size: DESKTOP,
    hash: '#history',
    scheme: 'light',
    press: 'Custom',
  },
  { name: 'history-empty', scenario: 'empty', size: DESKTOP, hash: '#history', scheme: 'light' },
  {
    name: 'history-failing',
    scenario: 'busy',
    size: DESKTOP,
    hash: '#history',
    scheme: 'light',
    breakQueries: true,
  },
  { name: 'history-nostore', scenario: 'nostore', size: DESKTOP, hash: '#history', scheme: 'light' },
  { name: 'history-phone', scenario: 'busy', size: PHONE, hash: '#history', scheme: 'dark' },
].filter((shot) => !only || shot.name.includes(only));

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
const faults = [];
for (const shot of SHOTS) {
  const mock = await startMock({ scenario: shot.scenario, directory });
  const context = await browser.newContext({
    viewport: shot.size,
    colorScheme: shot.scheme,
    timezoneId: 'Europe/Berlin',
  });
  const page = await context.newPage();
  page.on('console', (message) => {
    const expected = shot.scenario === 'failing' || shot.breakStream || shot.breakQueries;
    if (message.type() === 'error' && !(expected && message.text().startsWith('Failed to load resource'))) {
      faults.push(`${shot.name}: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => faults.push(`${shot.name}: ${error.message}`));
  if (shot.breakQueries) {
    const detail = 'The DuckDB file is locked by process 4711. WebWatch tries again every 30 s.';
    await page.route('**/api/query*', (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({ status: 503, detail }),
      }),
    );
  }
  await page.goto(mock.url + shot.hash);
  await page.waitForTimeout(shot.hash === '#live' ? 2500 : 1200);
  if (shot.press) {
    await page.getByRole('button', { name: shot.press }).click();
    await page.waitForTimeout(700);
  }
  if (shot.breakStream) {
    mock.close();
    await page.waitForTimeout(5000);
  }
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (wide > 0) {
    faults.push(`${shot.name}: ${wide} px wider than the window`);
  }
  await page.screenshot({ path: `${output}/${shot.name}.png`, fullPage: true });
  await context.close();
  mock.close();
}
await browser.close();
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
console.log(`${SHOTS.length} pictures in ${output}`);
