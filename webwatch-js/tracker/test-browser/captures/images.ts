import { expect, test } from 'vitest';
import type { Fixture } from '../behaviours';

/** Images, in any engine. */
export function images(of: Fixture): void {
  test('images are reported once they were visible for a second', async () => {
    const { engine, site } = of;
    await of.visit(
      '/images/all',
      `<img src="/a.gif?x=1" width="200" height="200"><div style="height:3000px"></div>
         <img id="far" loading="lazy" src="/b.gif" width="200" height="200"><img src="/a.gif" width="1" height="1">`,
    );
    const [first] = await site.until('/images/all', 'image_view', 1);
    expect(first).toMatchObject({ image: `${site.origin}/a.gif` });
    await engine.evaluate("document.getElementById('far').scrollIntoView()");
    await site.until('/images/all', 'image_view', 2);
    await engine.evaluate('scrollTo(0, 0)');
    await engine.evaluate(`void (() => {
      const late = new Image(100, 100);
      late.src = '/a.gif?late';
      late.dataset['webwatchName'] = 'late';
      document.body.prepend(late);
    })()`);
    const views = await site.until('/images/all', 'image_view', 3);
    expect(views.map((event) => event['image'])).toEqual([
      `${site.origin}/a.gif`,
      `${site.origin}/b.gif`,
      'late',
    ]);
  });

  // Firefox reports the images in a hidden tab as if it was shown.
  test('images in a hidden tab are reported once it is shown', async () => {
    const { engine, site } = of;
    await of.leave();
    const show = await engine.openHidden(
      await site.page('/images/hidden', '<img src="/a.gif" width="200" height="200">'),
    );
    expect(await engine.evaluate('document.hidden')).toBe(true);
    await site.until('/images/hidden', 'page_view', 1);
    await engine.evaluate("webwatch('event', 'first')");
    await new Promise((done) => setTimeout(done, 1500));
    await engine.evaluate("webwatch('event', 'second')");
    await site.until('/images/hidden', 'custom', 2);
    expect(await site.events('/images/hidden', 'image_view')).toEqual([]);
    await show();
    await site.until('/images/hidden', 'image_view', 1);
  });
}
