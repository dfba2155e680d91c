// Called by Maven with `install`, `build DIRECTORY` or `test`, for the workspaces that become part of the jar.
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { install, run } from './npm.mjs';

const home = resolve(import.meta.dirname, '..');
const packaged = ['tracker', 'dashboard'];

const npm = (...args) => run('npm', args, home);

const commands = {
  install: () => install(home),

  build(directory) {
    for (const name of packaged) {
      const outDir = resolve(directory, name);
      rmSync(outDir, { recursive: true, force: true });
      npm('run', '--silent', 'build', '--workspace', name, '--', '--outDir', outDir);
    }
  },

  test() {
    for (const name of packaged) npm('run', '--silent', 'test', '--workspace', name);
  },
};

const [command, ...args] = process.argv.slice(2);
commands[command](...args);
