import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { captures } from './captures';
import { delivery } from './delivery';
import { policies } from './policies';
import { privacy } from './privacy';
import type { Engine } from './engine';
import { Site, tone } from './site';

/** What the tests of one engine share: known once they run. */
export class Fixture<E extends Engine = Engine> {
  site!: Site;
  engine!: E;

  constructor(readonly name: Engine['name']) {}
}

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** All that the tracker is to do in any engine, and in this one beside; each on pages of one site. */
export function behaviours<E extends Engine>(
  name: Engine['name'],
  launch: () => Promise<E>,
  others: (of: Fixture<E>) => void = () => undefined,
): void {
  const of = new Fixture<E>(name);

  beforeAll(async () => {
    [of.site, of.engine] = await Promise.all([Site.start(), launch()]);
    await of.site.file('/a.gif', 'image/gif', PIXEL);
    await of.site.file('/b.gif', 'image/gif', PIXEL);
    await of.site.file('/tone.wav', 'audio/wav', tone(2));
  }, 90_000);
  afterAll(async () => {
    await of.engine?.quit();
    await of.site?.stop();
  });
  afterEach(() => of.site.answers());

  captures(of);
  delivery(of);
  privacy(of);
  policies(of);
  others(of);

  // The last: what the tracker itself would have thrown, it had caught and told.
  test('pages_haveSeenNoErrorButTheirOwn', async () => {
    const errors = await of.site.events('/', 'error');
    expect(errors.filter(({ path }) => path !== '/errors')).toEqual([]);
  });
}
