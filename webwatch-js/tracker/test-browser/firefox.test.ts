import { expect, test } from 'vitest';
import { behaviours } from './behaviours';
import { openTracked } from './engine';
import { firefox } from './puppeteer';
import { Site } from './site';

behaviours('firefox', () => firefox());

test('globalPrivacyControl_countsWithoutStoringAnything', async () => {
  const site = await Site.start('webwatch.privacy.identity=storage');
  const engine = await firefox({ 'privacy.globalprivacycontrol.enabled': true });
  try {
    await openTracked(engine, await site.page('/gpc', 'x'));
    expect(await engine.evaluate('navigator.globalPrivacyControl')).toBe(true);
    await engine.evaluate("webwatch('consent', true)");
    await site.until('/gpc', 'page_view', 1);
    expect(await engine.evaluate('localStorage.length')).toBe(0);
  } finally {
    await engine.quit();
    await site.stop();
  }
}, 150_000);

test('privacySignals_thatDrop_leaveNothing', async () => {
  const site = await Site.start('webwatch.privacy.gpc=drop', 'webwatch.privacy.dnt=drop');
  for (const setting of [
    { 'privacy.globalprivacycontrol.enabled': true },
    { 'privacy.donottrackheader.enabled': true },
  ]) {
    const engine = await firefox(setting);
    const answered =
      "performance.getEntriesByType('resource').some(({ name, responseStatus }) => /events$/.test(name) && responseStatus === 204)";
    try {
      await openTracked(engine, await site.page('/drop', 'x'));
      await expect.poll(() => engine.evaluate(answered), { timeout: 10_000 }).toBe(true);
    } finally {
      await engine.quit();
    }
  }
  // Longer than the server takes for what it keeps.
  await new Promise((done) => setTimeout(done, 500));
  expect(await site.events('/drop')).toEqual([]);
  await site.stop();
}, 150_000);
