// Installs the peers where they are not there yet, builds the tracker and the benchmark, and runs it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const home = resolve(import.meta.dirname, '..');

function run(command, args, cwd = home) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: ['inherit', 2, 2] });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

function installPeers() {
  const peers = join(home, 'peers');
  const stamp = join(peers, 'node_modules', '.installed-lock');
  const lock = createHash('sha256')
    .update(readFileSync(join(peers, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  run('npm', ['ci', '--no-audit', '--no-fund'], peers);
  writeFileSync(stamp, lock);
}

const helps = process.argv.some((argument) => argument === '--help' || argument === '-h');
if (!helps) {
  installPeers();
  run('node', [
    join(home, '../tracker/scripts/build.mjs'),
    '--outDir',
    join(home, 'target/tracker'),
  ]);
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
