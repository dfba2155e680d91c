// Bundles, minifies and compresses the tracker.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import uglify from 'uglify-js';
import { namesFor, variablesOf } from './names.mjs';

export const home = resolve(import.meta.dirname, '..');

/** Returns the source of the entry point of a build, `core` or `full`. */
export const sourceOf = (build) => readFileSync(join(home, `src/${build}.ts`), 'utf8');

/** Returns the names of the captures with which an entry point starts. */
export const capturesOf = (entry) => /start\(\{([^}]*)\}/.exec(entry)[1].match(/\w+/g);

const brotli = (script, mode, postfix) =>
  brotliCompressSync(script, {
    params: {
      [constants.BROTLI_PARAM_MODE]: mode,
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: 16,
      [constants.BROTLI_PARAM_NPOSTFIX]: postfix,
      [constants.BROTLI_PARAM_SIZE_HINT]: script.length,
    },
  });
const shortest = (candidates) => candidates.reduce((a, b) => (b.length < a.length ? b : a));

export const compress = (script) => ({
  brotli: shortest(
    [constants.BROTLI_MODE_GENERIC, constants.BROTLI_MODE_TEXT].flatMap((mode) =>
      [0, 1, 2, 3].map((postfix) => brotli(script, mode, postfix)),
    ),
  ),
  gzip: gzipSync(script, { level: 9, memLevel: 9 }),
});
/** Returns the approximate size in brotli; fast enough for a search over many candidates. */
compress.quick = (text) => brotli(Buffer.from(text), constants.BROTLI_MODE_GENERIC, 2).length;

const known = JSON.parse(readFileSync(join(home, 'scripts/names.json'), 'utf8'));

/**
 * Returns the code of a build both with the original names of its variables and with those that UglifyJS chooses.
 * esbuild bundles the code and shortens the tracker's own properties; UglifyJS does the rest, since its result is
 * smaller by a tenth.
 */
export async function compressed({ entry, full, options = 'undefined' }) {
  const bundled = await build({
    stdin: { contents: entry, resolveDir: join(home, 'src'), loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2021',
    tsconfigRaw: {},
    define: { FULL: String(full), OPTIONS: options },
    // A leading underscore marks names that belong neither to the browser nor to the protocol.
    mangleProps: /^_/,
  });
  // Neither of the two inlines numeric constants or removes the spread of a constant false.
  const numbers = new Map();
  const source = bundled.outputFiles[0].text
    .replace(/^var ([A-Z_]{2,}) = (-?[\d.e]+);$/gm, (_, name, value) => {
      numbers.set(name, value);
      return '';
    })
    .replace(/\b[A-Z_]{2,}\b/g, (name) => numbers.get(name) ?? name)
    .replace(/\.\.\.false,\s*/g, '');
  const [readable, mangled] = [false, { toplevel: true }].map((mangle) => {
    const { code, error } = uglify.minify(source, {
      toplevel: true,
      mangle,
      compress: { passes: 5, unsafe: true, pure_getters: true, inline: 3, collapse_vars: false },
    });
    if (error) throw error;
    return code.replace(/;$/, '');
  });
  return { readable, mangled };
}

// The outer try prevents errors in browsers that lack one of the native functions taken at the start. The comment makes
// Chromium compile all functions together on a background thread. Nearly all of them run while the page loads;
// compiling them one by one on the main thread would take as long as running them.
export const wrapped = (code) => `//# allFunctionsCalledOnLoad\ntry{(()=>{${code}})()}catch{}`;

/** Returns the code of a build with the names from names.json or those of UglifyJS, whichever compresses better. */
export async function minified(build) {
  const { readable, mangled } = await compressed(build);
  const { variables, print } = variablesOf(readable);
  const named = print(namesFor(variables, known[build.full ? 'full' : 'core'] ?? {}));
  const [a, b] = [named, mangled].map((code) => compress.quick(wrapped(code)));
  return a < b ? named : mangled;
}

/** Returns the script for a page, plain and compressed. */
export async function script(build) {
  const plain = Buffer.from(wrapped(await minified(build)));
  return { plain, ...compress(plain) };
}
