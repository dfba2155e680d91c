import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const mockServer = `http://127.0.0.1:${process.env['PORT'] ?? '4180'}`;

export default defineConfig({
  // Every address is relative, so that the same files work under any context path and behind a path-stripping proxy.
  base: './',
  plugins: [react()],
  build: {
    outDir: '../target/classes/META-INF/webwatch/dashboard',
    emptyOutDir: true,
    target: 'es2022',
    // Nothing is inlined: the content security policy allows no inline script or style, and files can be cached for good.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: 'assets/licenses.txt' },
  },
  css: {
    preprocessorOptions: {
      // Bootstrap 5.3 still uses Sass syntax that newer compilers deprecate; our own files must stay free of warnings.
      scss: { quietDeps: true, silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function'] },
    },
  },
  server: { host: '127.0.0.1', proxy: { '/api': mockServer } },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/test/setup.ts'],
    restoreMocks: true,
  },
});
