// Builds the full and the core script, and fails if one of them exceeds its budget.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { capturesOf, home, minified, script, sourceOf } from './bundle.mjs';

/** Compressed with brotli. */
const MAX_FULL_BYTES = 5120;
const MAX_CORE_BYTES = 2048;

const { values } = parseArgs({
  options: {
    outDir: { type: 'string', default: join(home, 'dist') },
    // Whether to build the npm package, too.
    module: { type: 'boolean', default: false },
  },
});
mkdirSync(values.outDir, { recursive: true });

/** Writes a build of the script, and returns its entry in tracker.json. */
async function writeScript(name, file) {
  const entry = sourceOf(name);
  const { plain, gzip, brotli } = await script({ entry, full: name === 'full' });
  writeFileSync(join(values.outDir, `${file}.js`), plain);
  writeFileSync(join(values.outDir, `${file}.js.br`), brotli);
  writeFileSync(join(values.outDir, `${file}.js.gz`), gzip);
  return {
    hash: createHash('sha256').update(plain).digest('hex').slice(0, 16),
    integrity: 'sha384-' + createHash('sha384').update(plain).digest('base64'),
    captures: capturesOf(entry),
    bytes: plain.length,
    gzip: gzip.length,
    brotli: brotli.length,
  };
}

async function writeModule(name) {
  const body = await minified({
    entry: sourceOf(name),
    full: name === 'full',
    options: 'options',
  });
  mkdirSync(join(home, 'dist/module'), { recursive: true });
  writeFileSync(
    join(home, `dist/module/${name}.js`),
    'export function start(options){' +
      `if(typeof window=="undefined")return Object.assign(()=>{},{dropped:0});` +
      `(()=>{${body}})();return window.webwatch}\n`,
  );
}

const builds = {};
let exceeded = false;
for (const [name, file, max] of [
  ['full', 'webwatch', MAX_FULL_BYTES],
  ['core', 'webwatch-core', MAX_CORE_BYTES],
]) {
  const build = await writeScript(name, file);
  if (values.module) await writeModule(name);
  const { bytes, gzip, brotli } = (builds[name] = build);
  console.log(`tracker, ${name}: ${bytes} bytes, gzip ${gzip}, brotli ${brotli} of ${max}`);
  if (brotli > max) {
    console.error(`The ${name} tracker takes ${brotli} bytes in brotli; its budget is ${max}.`);
    exceeded = true;
  }
}
writeFileSync(join(values.outDir, 'tracker.json'), JSON.stringify(builds, null, 2) + '\n');
if (exceeded) process.exit(1);
