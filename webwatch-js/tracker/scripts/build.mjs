// Builds the tracker as it is served, in two sizes, and fails when one has grown past its budget.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { home, minified, script } from './bundle.mjs';

/** In brotli. */
const MAX_FULL_BYTES = 5120;
const MAX_CORE_BYTES = 2048;

const { values } = parseArgs({
  options: {
    outDir: { type: 'string', default: join(home, 'dist') },
    // The package for npm, too.
    module: { type: 'boolean', default: false },
  },
});
mkdirSync(values.outDir, { recursive: true });

const builds = {};
let exceeded = false;
for (const [name, file, max] of [
  ['full', 'webwatch', MAX_FULL_BYTES],
  ['core', 'webwatch-core', MAX_CORE_BYTES],
]) {
  const entry = readFileSync(join(home, `src/${name}.ts`), 'utf8');
  const { plain, gzip, brotli } = await script({ entry, full: name === 'full' });
  writeFileSync(join(values.outDir, `${file}.js`), plain);
  writeFileSync(join(values.outDir, `${file}.js.br`), brotli);
  writeFileSync(join(values.outDir, `${file}.js.gz`), gzip);
  if (values.module) {
    const body = await minified({ entry, full: name === 'full', options: 'options' });
    mkdirSync(join(home, 'dist/module'), { recursive: true });
    writeFileSync(
      join(home, `dist/module/${name}.js`),
      'export function start(options){' +
        `if(typeof window=="undefined")return Object.assign(()=>{},{dropped:0});` +
        `(()=>{${body}})();return window.webwatch}\n`,
    );
  }
  builds[name] = {
    hash: createHash('sha256').update(plain).digest('hex').slice(0, 16),
    integrity: 'sha384-' + createHash('sha384').update(plain).digest('base64'),
    captures: /start\(\{([^}]*)\}/.exec(entry)[1].match(/\w+/g),
    bytes: plain.length,
    gzip: gzip.length,
    brotli: brotli.length,
  };
  console.log(
    `tracker, ${name}: ${plain.length} bytes, gzip ${gzip.length}, brotli ${brotli.length} of ${max}`,
  );
  if (brotli.length > max) {
    console.error(`The ${name} tracker is ${brotli.length} bytes in brotli; its budget is ${max}.`);
    exceeded = true;
  }
}
writeFileSync(join(values.outDir, 'tracker.json'), JSON.stringify(builds, null, 2) + '\n');
if (exceeded) process.exit(1);
