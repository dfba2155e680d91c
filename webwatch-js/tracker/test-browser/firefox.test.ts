import { expect, test } from 'vitest';
import { behaviours } from './behaviours';
import { openTracked } from './engine';
import { firefox } from './puppeteer';
import { Site } from './site';

behaviours('firefox', () => firefox());

test('with Global Privacy Control a page view counts but nothing is stored', async () => {
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

test('privacy signals configured to drop leave no events', async () => {
  const site = await Site.start('webwatch.privacy.gpc=drop', 'webwatch.privacy.dnt=drop');
  const answered =
    "performance.getEntriesByType('resource').some(({ name, responseStatus }) => /events$/.test(name) && responseStatus === 204)";
  const visit = async (settings: { [name: string]: unknown }) => {
    const engine = await firefox(settings);
    try {
      await openTracked(engine, await site.page('/drop', 'x'));
      await expect.poll(() => engine.evaluate(answered), { timeout: 10_000 }).toBe(true);
    } finally {
      await engine.quit();
    }
  };
  try {
    await visit({ 'privacy.globalprivacycontrol.enabled': true });
    await visit({ 'privacy.donottrackheader.enabled': true });
    // The server handles events in order, so anything it kept of the visits would arrive before this page view.
    await fetch(`${site.origin}/webwatch/pixel.gif?u=${site.origin}/keep`);
    await site.until('/keep', 'page_view', 1);
    expect(await site.events('/drop')).toEqual([]);
  } finally {
    await site.stop();
  }
}, 150_000);
