// Searches for names of the script's variables that make it smaller in brotli, and writes the best ones to names.json.
// Renaming a variable in the source invalidates only its own entry, unless the key in names.json is renamed as well.
// Usage: node scripts/shorten.mjs [seconds per build] [build]
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compress, compressed, home, sourceOf, wrapped } from './bundle.mjs';
import { LETTERS, namesFor, variablesOf } from './names.mjs';

const file = join(home, 'scripts/names.json');
const known = JSON.parse(readFileSync(file, 'utf8'));
const seconds = Number(process.argv[2] ?? 300);

// A fixed seed makes the search reproducible.
let state = 1;
const random = (below) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};

/** Swaps the name of a random variable for a random one from the pool; returns nothing if that is not possible. */
function mutate(names, variables, pool) {
  const index = random(variables.length);
  // Three times out of four, one of the most frequent letters.
  const wanted = pool[random(random(4) ? 16 : pool.length)];
  const given = names[index];
  const next = [...names];
  next[index] = wanted;
  // Conflicting variables that already have this name swap it.
  const moved = [...variables[index].conflicts].filter((other) => names[other] === wanted);
  for (const other of moved) next[other] = given;
  const clash = [index, ...moved].some((one) =>
    [...variables[one].conflicts].some((other) => next[other] === next[one]),
  );
  return wanted === given || clash ? undefined : next;
}

for (const build of process.argv[3] ? [process.argv[3]] : ['core', 'full']) {
  const { readable, mangled } = await compressed({
    entry: sourceOf(build),
    full: build === 'full',
  });
  const { variables, print } = variablesOf(readable);
  const size = (names) => compress.quick(wrapped(print(names)));
  const starts = [namesFor(variables, known[build] ?? {})];
  const uglified = variablesOf(mangled).variables.map(({ name }) => name);
  if (uglified.length === variables.length) starts.push(uglified);
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
    const next = mutate(names, variables, pool);
    const bytes = next ? size(next) : Infinity;
    if (bytes <= best) {
      if (bytes < best) console.log(`${build}: ${bytes}`);
      [best, names] = [bytes, next];
    }
  }
  known[build] = Object.fromEntries(variables.map(({ key }, index) => [key, names[index]]));
  writeFileSync(file, JSON.stringify(known, null, 2) + '\n');
}
