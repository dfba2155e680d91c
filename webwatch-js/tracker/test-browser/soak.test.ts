import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from './engine';
import { chromium, firefox } from './puppeteer';
import { Random } from './random';
import { Site } from './site';
import { Soak } from './soak';
import { webkit } from './webkit';

const rounds = Number(process.env['SOAK_ROUNDS'] ?? 6);
const seed = Number(process.env['SOAK_SEED'] ?? Date.now() % 1_000_000);

describe.each([
  ['chromium', chromium],
  ['firefox', () => firefox()],
  ['webkit', webkit],
] as const)('%s', (name, launch) => {
  let site: Site;
  let engine: Engine;

  beforeAll(async () => {
    [site, engine] = await Promise.all([Site.start(), launch()]);
  }, 90_000);
  afterAll(async () => {
    await engine?.quit();
    await site?.stop();
  });

  test(
    'leaving a page at any moment loses and duplicates nothing',
    async () => {
      const soak = new Soak(engine, site, new Random(seed));
      for (let i = 1; i <= rounds; i++) await soak.round(i);
      const { lines, problems } = await soak.compare();
      console.log(`${name}: ${rounds} rounds, SOAK_SEED=${seed}`);
      console.table(Object.fromEntries(lines.map(({ type, ...figures }) => [type, figures])));
      for (const problem of problems) console.log(problem);
      expect(problems.filter((problem) => !problem.startsWith('lost, because'))).toEqual([]);
      expect(lines.reduce((sum, { done }) => sum + done, 0)).toBeGreaterThan(rounds);
    },
    60_000 + rounds * 15_000,
  );
});
