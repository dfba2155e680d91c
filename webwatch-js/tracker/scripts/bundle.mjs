// Bundles and compresses a build of the tracker.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import uglify from 'uglify-js';
import { namesFor, variablesOf } from './names.mjs';

export const home = resolve(import.meta.dirname, '..');

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
/** About as many bytes. */
compress.quick = (text) => brotli(Buffer.from(text), constants.BROTLI_MODE_GENERIC, 2).length;

const known = JSON.parse(readFileSync(join(home, 'scripts/names.json'), 'utf8'));

/**
 * A build's text, with the names of its variables and with UglifyJS's. esbuild bundles and shortens the tracker's own
 * properties; UglifyJS does the rest, better by a tenth.
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
    // Names that begin with an underscore are neither the browser's nor the protocol's.
    mangleProps: /^_/,
  });
  // Neither of the two puts numbers in the place of their names, nor nothing in that of a spread of nothing.
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

// Even a browser without one of the natives that are taken at the start must not see an error.
// Nearly all functions run while the page loads, so Chromium is told to compile them together, beside the page's thread;
// one by one on that thread takes it as long as they run.
export const wrapped = (code) => `//# allFunctionsCalledOnLoad\ntry{(()=>{${code}})()}catch{}`;

/** The shorter of UglifyJS's names and those of names.json. */
export async function minified(build) {
  const { readable, mangled } = await compressed(build);
  const { variables, print } = variablesOf(readable);
  const named = print(namesFor(variables, known[build.full ? 'full' : 'core'] ?? {}));
  const [a, b] = [named, mangled].map((code) => compress.quick(wrapped(code)));
  return a < b ? named : mangled;
}

/** The script of a page, plain and compressed. */
export async function script(build) {
  const plain = Buffer.from(wrapped(await minified(build)));
  return { plain, ...compress(plain) };
}
