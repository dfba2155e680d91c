// Bundles the tracker, compresses it as it is served, and fails when it has grown past its budget.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const MAX_BROTLI_BYTES = 3400;

const home = resolve(import.meta.dirname, '..');
const { values } = parseArgs({
  options: { outDir: { type: 'string', default: join(home, 'dist') } },
});

const bundle = await build({
  entryPoints: [join(home, 'src/main.ts')],
  bundle: true,
  write: false,
  minify: true,
  format: 'iife',
  target: 'es2020',
  tsconfigRaw: { compilerOptions: { alwaysStrict: false } },
  legalComments: 'none',
  charset: 'ascii',
  // Even a browser without one of the natives that are captured at the start must not see an error.
  banner: { js: 'try{' },
  footer: { js: '}catch(e){}' },
});
const script = Buffer.from(bundle.outputFiles[0].contents);
const brotli = brotliCompressSync(script, {
  params: {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: script.length,
  },
});
const gzip = gzipSync(script, { level: 9, memLevel: 9 });

const facts = {
  hash: createHash('sha256').update(script).digest('hex').slice(0, 16),
  integrity: 'sha384-' + createHash('sha384').update(script).digest('base64'),
  bytes: script.length,
  gzip: gzip.length,
  brotli: brotli.length,
};
mkdirSync(values.outDir, { recursive: true });
writeFileSync(join(values.outDir, 'webwatch.js'), script);
writeFileSync(join(values.outDir, 'webwatch.js.br'), brotli);
writeFileSync(join(values.outDir, 'webwatch.js.gz'), gzip);
writeFileSync(join(values.outDir, 'tracker.json'), JSON.stringify(facts, null, 2) + '\n');

console.log(
  `tracker: ${facts.bytes} bytes, gzip ${facts.gzip}, brotli ${facts.brotli} of ${MAX_BROTLI_BYTES}`,
);
if (facts.brotli > MAX_BROTLI_BYTES) {
  console.error(
    `The tracker is ${facts.brotli} bytes in brotli; its budget is ${MAX_BROTLI_BYTES}.`,
  );
  process.exit(1);
}
