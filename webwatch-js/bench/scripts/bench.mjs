// Installs the other trackers if necessary, builds the tracker and the benchmark, and runs it.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { install, run } from '../../scripts/npm.mjs';

const home = resolve(import.meta.dirname, '..');
// Standard output is for the results only.
const STDIO = ['inherit', 2, 2];

if (!process.argv.some((argument) => argument === '--help' || argument === '-h')) {
  install(join(home, 'peers'), STDIO);
  const builder = join(home, '../tracker/scripts/build.mjs');
  run('node', [builder, '--outDir', join(home, 'target/tracker')], home, STDIO);
}
await build({
  entryPoints: [join(home, 'src/main.ts')],
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  outfile: join(home, 'target/bench.mjs'),
  logLevel: 'error',
});
const { status } = spawnSync(
  'node',
  [join(home, 'target/bench.mjs'), home, ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);
