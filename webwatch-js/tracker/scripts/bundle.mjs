// Bundles and compresses a build of the tracker.
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import uglify from 'uglify-js';

export const home = resolve(import.meta.dirname, '..');

const compress = (script) => ({
  brotli: brotliCompressSync(script, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: script.length,
    },
  }),
  gzip: gzipSync(script, { level: 9, memLevel: 9 }),
});

/** esbuild bundles and shortens the tracker's own properties; UglifyJS does the rest, better by a tenth. */
export async function minified({ entry, full, options = 'undefined' }) {
  const bundled = await build({
    stdin: { contents: entry, resolveDir: join(home, 'src'), loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2021',
    tsconfigRaw: {},
    define: { FULL: String(full), OPTIONS: options },
    // Names that begin with an underscore are neither the browser's nor the protocol's.
    mangleProps: /^_/,
  });
  // Neither of the two puts numbers in the place of their names.
  const numbers = new Map();
  const source = bundled.outputFiles[0].text
    .replace(/^var ([A-Z_]{2,}) = ([\d.e]+);$/gm, (_, name, value) => {
      numbers.set(name, value);
      return '';
    })
    .replace(/\b[A-Z_]{2,}\b/g, (name) => numbers.get(name) ?? name);
  const candidates = [];
  for (const inline of [0, 1, 3]) {
    for (const collapse_vars of [false, true]) {
      const { code, error } = uglify.minify(source, {
        toplevel: true,
        compress: { passes: 5, unsafe: true, pure_getters: true, inline, collapse_vars },
      });
      if (error) throw error;
      candidates.push(code.replace(/;$/, ''));
    }
  }
  const sizes = candidates.map((code) => compress(Buffer.from(code)).brotli.length);
  return candidates[sizes.indexOf(Math.min(...sizes))];
}

/** The script of a page, plain and compressed. */
export async function script(build) {
  // Even a browser without one of the natives that are taken at the start must not see an error.
  const plain = Buffer.from(`try{(()=>{${await minified(build)}})()}catch{}`);
  return { plain, ...compress(plain) };
}
