// Prints the size of both builds and what each capture adds to the full one.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { home, script } from './bundle.mjs';

const source = (name) => readFileSync(join(home, `src/${name}.ts`), 'utf8');
const size = async (build) => {
  const { plain, gzip, brotli } = await script(build);
  return [plain.length, gzip.length, brotli.length];
};
const row = (name, cells) =>
  console.log(name.padEnd(12), ...cells.map((n) => String(n).padStart(7)));

const all = await size({ entry: source('full'), full: true });
row('', ['min', 'gzip', 'brotli']);
row('core', await size({ entry: source('core'), full: false }));
row('full', all);
console.log('of which, shared code aside:');
for (const name of /start\(\{([^}]*)\}/.exec(source('full'))[1].match(/\w+/g)) {
  const entry = source('full').replace(new RegExp(`(start\\([^]*)\\b${name},`), '$1');
  const rest = await size({ entry, full: true });
  row(
    name,
    all.map((n, i) => n - rest[i]),
  );
}
