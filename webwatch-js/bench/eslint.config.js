import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  { ignores: ['target/', 'peers/node_modules/'] },
  js.configs.recommended,
  tseslint.configs.strict,
  { rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
  {
    files: ['scripts/**'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly' } },
  },
  {
    files: ['peers/**'],
    languageOptions: { globals: { document: 'readonly', URL: 'readonly', window: 'readonly' } },
  },
);
