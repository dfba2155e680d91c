import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Runs a command in a folder; if it fails, the process exits with the same status. */
export function run(command, args, cwd, stdio = 'inherit') {
  const { status, error } = spawnSync(command, args, { cwd, stdio });
  if (error) {
    console.error(`Could not start ${command} (${error.message}). Install Node.js 20 or later with npm.`);
    process.exit(1);
  }
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * Installs the packages of a folder unless they already match its package-lock.json. `npm ci` takes half a minute even
 * if nothing has changed, so the hash of the installed lock file is kept next to the packages.
 */
export function install(folder, stdio) {
  const stamp = join(folder, 'node_modules', '.installed-lock');
  const lock = createHash('sha256').update(readFileSync(join(folder, 'package-lock.json'))).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  run('npm', ['ci', '--no-audit', '--no-fund'], folder, stdio);
  writeFileSync(stamp, lock);
}
