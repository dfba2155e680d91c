// @vitest-environment node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const file = (path: string) => readFileSync(join(import.meta.dirname, '..', path), 'utf8');
const docs = file('../../docs/tracker.md');

test('attributesOfTheTag_areThoseOfTheDocumentation', () => {
  const read = [...file('src/settings.ts').matchAll(/data\['(\w+)'\]/g)].map(
    ([, key]) => 'data-' + key!.replace(/[A-Z]/g, (letter) => '-' + letter.toLowerCase()),
  );
  const documented = [...docs.matchAll(/^\| `(data-(?!webwatch-)[\w-]+)` \|/gm)].map(
    ([, key]) => key,
  );
  expect(new Set(read)).toEqual(new Set(documented));
});

test('capturesByName_areThoseOfTheDocumentation', () => {
  const names = /= \{ (.*) \};/.exec(file('src/captures.ts'))![1]!.split(', ');
  expect(names.length).toBeGreaterThan(2);
  const row = /^\| `data-capture` \|.*$/m.exec(docs)![0];
  expect(row.match(/`(\w+)`/g)).toEqual(names.map((name) => '`' + name + '`'));
});

test('sizeLimit_isThatOfTheDocumentation', () => {
  const limit = Number(/MAX_BROTLI_BYTES = (\d+)/.exec(file('scripts/build.mjs'))![1]);
  const said = Number(/fails above ([\d ]+) bytes in brotli/.exec(docs)![1]!.replace(/ /g, ''));
  expect(said).toBe(limit);
});
