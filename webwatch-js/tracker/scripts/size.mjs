// Prints the size of both builds and how much each capture adds to the full one.
import { capturesOf, script, sourceOf } from './bundle.mjs';

const size = async (build) => {
  const { plain, gzip, brotli } = await script(build);
  return [plain.length, gzip.length, brotli.length];
};
const row = (name, cells) =>
  console.log(name.padEnd(12), ...cells.map((n) => String(n).padStart(7)));

const full = sourceOf('full');
const all = await size({ entry: full, full: true });
row('', ['min', 'gzip', 'brotli']);
row('core', await size({ entry: sourceOf('core'), full: false }));
row('full', all);
console.log('of which, not counting shared code:');
for (const name of capturesOf(full)) {
  const entry = full.replace(new RegExp(`(start\\([^]*)\\b${name},`), '$1');
  const rest = await size({ entry, full: true });
  row(
    name,
    all.map((n, i) => n - rest[i]),
  );
}
