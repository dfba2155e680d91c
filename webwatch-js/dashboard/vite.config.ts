import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const mockServer = `http://127.0.0.1:${process.env.PORT ?? '4180'}`;

const LICENCES = 'assets/licenses.txt';

/** Adds the licences of the style sheet and the font to those of the bundled scripts, which Vite lists. */
function styleLicences(...packages: string[]): Plugin {
  const { resolve } = createRequire(import.meta.url);
  return {
    name: 'style-licences',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const list = bundle[LICENCES];
        if (list?.type !== 'asset') {
          this.error(`${LICENCES} was not generated`);
        }
        for (const name of packages) {
          const text = await readFile(resolve(`${name}/LICENSE`), 'utf8');
          list.source = `${String(list.source)}\n## ${name}\n\n${text}`;
        }
      },
    },
  };
}

export default defineConfig({
  // Relative addresses work under any context path, and behind a proxy that strips a part of the path.
  base: './',
  plugins: [react(), styleLicences('bootstrap', '@fontsource-variable/inter')],
  build: {
    outDir: '../target/classes/META-INF/webwatch/dashboard',
    emptyOutDir: true,
    target: 'es2022',
    // Nothing is inlined: the content security policy forbids inline scripts and styles, and files can be cached forever.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: LICENCES },
  },
  css: {
    preprocessorOptions: {
      // Bootstrap 5.3 uses Sass syntax that newer compilers deprecate. Our own files must not cause warnings.
      scss: {
        quietDeps: true,
        silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function'],
      },
    },
  },
  server: { host: '127.0.0.1', proxy: { '/api': mockServer } },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/test/setup.ts'],
    restoreMocks: true,
  },
});
