// What Maven calls: `install`, `build DIRECTORY` and `test` for the workspaces that the jar is made of.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const home = resolve(import.meta.dirname, '..');
const packed = ['tracker', 'dashboard'];

function npm(...args) {
  const { status, error } = spawnSync('npm', args, { cwd: home, stdio: 'inherit' });
  if (error) {
    console.error(`npm cannot be started (${error.message}): install Node.js 20 or later.`);
    process.exit(1);
  }
  if (status !== 0) process.exit(status ?? 1);
}

const commands = {
  // npm ci takes half a minute even when nothing has changed: a stamp beside the packages says what they were made of.
  install() {
    const stamp = join(home, 'node_modules', '.installed-lock');
    const lock = createHash('sha256').update(readFileSync(join(home, 'package-lock.json'))).digest('hex');
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
    npm('ci', '--no-audit', '--no-fund');
    writeFileSync(stamp, lock);
  },

  build(directory) {
    for (const name of packed) {
      const outDir = resolve(directory, name);
      rmSync(outDir, { recursive: true, force: true });
      npm('run', '--silent', 'build', '--workspace', name, '--', '--outDir', outDir);
    }
  },

  test() {
    for (const name of packed) npm('run', '--silent', 'test', '--workspace', name);
  },
};

const [command, ...args] = process.argv.slice(2);
commands[command](...args);
