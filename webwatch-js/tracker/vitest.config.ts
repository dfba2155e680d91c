import { defineConfig } from 'vitest/config';

export default defineConfig({
  // As the build of the script with every capture has it.
  define: { FULL: 'true', OPTIONS: 'undefined' },
  test: {
    include: ['test/**/*.test.ts'],
    environment: 'jsdom',
    environmentOptions: { jsdom: { url: 'https://shop.example/products?id=7&utm_source=mail' } },
    restoreMocks: true,
    pool: 'threads',
  },
});
