// @vitest-environment node
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { JSDOM } from 'jsdom';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';

const home = resolve(import.meta.dirname, '..');
let app: string;

const run = (cwd: string, command: string, ...args: string[]) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

beforeAll(() => {
  app = mkdtempSync(join(tmpdir(), 'webwatch-app-'));
  run(home, process.execPath, 'scripts/build.mjs', '--module');
  run(home, 'npm', 'pack', '--silent', '--pack-destination', app);
  const archive = readdirSync(app).find((name) => name.endsWith('.tgz'))!;
  writeFileSync(join(app, 'package.json'), '{ "name": "app", "private": true, "type": "module" }');
  run(app, 'npm', 'install', '--offline', '--no-audit', '--no-fund', './' + archive);
}, 120_000);
afterAll(() => rmSync(app, { recursive: true, force: true }));

const bundle = async (from: string) => {
  writeFileSync(
    join(app, 'main.ts'),
    `import { start } from '${from}';
     const webwatch = start({ endpoint: '/watch/events', capture: ['events'] });
     webwatch('event', 'from-a-module', { a: 1 });`,
  );
  await build({
    root: app,
    logLevel: 'silent',
    build: { lib: { entry: 'main.ts', formats: ['iife'], name: 'app' }, outDir: 'out' },
  });
  const file = readdirSync(join(app, 'out')).find((name) => name.endsWith('.js'))!;
  return readFileSync(join(app, 'out', file), 'utf8');
};

test.each(['@webwatch/tracker', '@webwatch/tracker/core'])(
  'the package works in a Vite application: %s',
  async (from) => {
    const { window } = new JSDOM('<title>App</title>', {
      url: 'https://app.example/',
      runScripts: 'outside-only',
      pretendToBeVisual: true,
    });
    const bodies: string[] = [];
    const observer = class {
      static readonly supportedEntryTypes = [];
      observe(): void {}
      disconnect(): void {}
    };
    const sent = new Promise<void>((done) =>
      Object.assign(window, {
        IntersectionObserver: observer,
        PerformanceObserver: observer,
        fetch: async (_: string, init: { body: string }) => {
          bodies.push(init.body);
          done();
          return { status: 204 };
        },
      }),
    );
    window.eval(await bundle(from));
    await sent;
    window.close();
    const { u, e } = JSON.parse(bodies[0]!) as { u: string; e: { t: string; nm?: string }[] };
    expect(u).toBe('https://app.example/');
    expect(e.map(({ t, nm }) => nm ?? t)).toEqual(['page_view', 'from-a-module']);
  },
  60_000,
);

test('the package has types that reject wrong options', () => {
  writeFileSync(
    join(app, 'types.ts'),
    `import { start } from '@webwatch/tracker';
     const webwatch = start({ endpoint: '/events', capture: ['clicks'] });
     webwatch('consent', true);
     // @ts-expect-error there is no such capture
     start({ endpoint: '/events', capture: ['thoughts'] });
     // @ts-expect-error without an endpoint nothing can be sent
     start({});`,
  );
  const tsc = resolve(home, '../node_modules/typescript/bin/tsc');
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022'];
  const modules = ['--module', 'esnext', '--moduleResolution', 'bundler'];
  expect(run(app, process.execPath, tsc, ...options, ...modules, 'types.ts')).toBe('');
}, 60_000);

test('the package does nothing on a server', () => {
  const code = `import { start } from '@webwatch/tracker'; start({ endpoint: '/events' })('event', 'a'); console.log('fine')`;
  expect(run(app, process.execPath, '--input-type=module', '--eval', code)).toBe('fine\n');
});
