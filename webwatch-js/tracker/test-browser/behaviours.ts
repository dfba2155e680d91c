import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { captures } from './captures';
import { delivery } from './delivery';
import { policies } from './policies';
import { privacy } from './privacy';
import { openTracked, type Engine } from './engine';
import { Site, tone } from './site';

/** Shared by the tests of one engine; site and engine are available once the tests run. */
export class Fixture<E extends Engine = Engine> {
  site!: Site;
  engine!: E;

  constructor(readonly name: Engine['name']) {}

  /** Publishes a page, opens it and waits for the tracker to run. */
  async visit(path: string, body: string, head?: string): Promise<void> {
    await openTracked(this.engine, await this.site.page(path, body, head));
  }

  /** Leaves the current page. */
  async leave(): Promise<void> {
    await this.engine.open(await this.site.page('/elsewhere', 'x'));
  }
}

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** Defines the tests of all engines, and others for this engine, on pages of one site. */
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

  // The last test: uncaught errors of the tracker would have been captured on any of the pages before.
  test('no page reported an error of the tracker', async () => {
    const errors = await of.site.events('/', 'error');
    expect(errors.filter(({ path }) => path !== '/errors')).toEqual([]);
  });
}
