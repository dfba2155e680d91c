// Looks for names of the script's variables that make it smaller in brotli, and keeps the best in names.json; a change
// of the source loses only those of the variables that it changes. Usage: node scripts/shorten.mjs [seconds for each] [build].
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compress, compressed, home, wrapped } from './bundle.mjs';
import { LETTERS, namesFor, variablesOf } from './names.mjs';

const file = join(home, 'scripts/names.json');
const known = JSON.parse(readFileSync(file, 'utf8'));
const seconds = Number(process.argv[2] ?? 300);

// The same search each time.
let state = 1;
const random = (below) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};

for (const build of process.argv[3] ? [process.argv[3]] : ['core', 'full']) {
  const entry = readFileSync(join(home, `src/${build}.ts`), 'utf8');
  const { readable, mangled } = await compressed({ entry, full: build === 'full' });
  const { variables, print } = variablesOf(readable);
  const size = (names) => compress.quick(wrapped(print(names)));
  const starts = [namesFor(variables, known[build] ?? {})];
  const theirs = variablesOf(mangled).variables.map(({ name }) => name);
  if (theirs.length === variables.length) starts.push(theirs);
  let best = Infinity;
  let names;
  for (const start of starts) {
    const bytes = size(start);
    if (bytes < best) [best, names] = [bytes, start];
  }
  console.log(`${build}: ${variables.length} variables, ${best} bytes`);
  const end = Date.now() + seconds * 1000;
  const pool = [...new Set([...LETTERS, ...names])];
  while (Date.now() < end) {
    const index = random(variables.length);
    // The letters that are everywhere, three times of four.
    const wanted = pool[random(random(4) ? 16 : pool.length)];
    const given = names[index];
    const next = [...names];
    next[index] = wanted;
    const { conflicts } = variables[index];
    const moved = [...conflicts].filter((other) => names[other] === wanted);
    // Whoever has the name gets the other's.
    for (const other of moved) next[other] = given;
    const clash = [index, ...moved].some((one) =>
      [...variables[one].conflicts].some((other) => next[other] === next[one]),
    );
    if (wanted === given || clash) continue;
    const bytes = size(next);
    if (bytes <= best) {
      if (bytes < best) console.log(`${build}: ${bytes}`);
      [best, names] = [bytes, next];
    }
  }
  known[build] = Object.fromEntries(variables.map(({ key }, index) => [key, names[index]]));
  writeFileSync(file, JSON.stringify(known, null, 2) + '\n');
}
