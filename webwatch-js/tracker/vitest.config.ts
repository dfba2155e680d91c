import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Same as in the full build of the script.
  define: { FULL: 'true', OPTIONS: 'undefined' },
  test: {
    include: ['test/**/*.test.ts'],
    environment: 'jsdom',
    environmentOptions: { jsdom: { url: 'https://shop.example/products?id=7&utm_source=mail' } },
    restoreMocks: true,
    pool: 'threads',
  },
});
