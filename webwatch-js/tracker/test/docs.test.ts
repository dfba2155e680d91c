// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const file = (path: string) => readFileSync(join(import.meta.dirname, '..', path), 'utf8');
const docs = file('../../docs/tracker.md');

const sources = readdirSync(join(import.meta.dirname, '../src')).map((name) => file('src/' + name));

test('the documentation lists all attributes of the tag', () => {
  const read = [...sources.join('').matchAll(/(?:data\['(\w+)'\]|'(\w+)' in data)/g)].map(
    ([, key, flag]) =>
      'data-' + (key ?? flag)!.replace(/[A-Z]/g, (letter) => '-' + letter.toLowerCase()),
  );
  const documented = [...docs.matchAll(/^\| `(data-(?!webwatch-)[\w-]+)` \|/gm)].map(
    ([, key]) => key,
  );
  expect(new Set(read)).toEqual(new Set(documented));
});

test('the documentation lists all captures', () => {
  const names = /start\(\{([^}]*)\}/.exec(file('src/full.ts'))![1]!.match(/\w+/g)!;
  expect(names.length).toBeGreaterThan(10);
  const documented = [...docs.matchAll(/^\| `(\w+)` \| [^|]+ \| [^|]* \| `data-/gm)].map(
    ([, name]) => name,
  );
  expect(new Set(documented)).toEqual(new Set(names));
  // The names that the server accepts.
  const [, taken] = /tracker\.capture` \| [^`]*\| `([\w,]+)`/.exec(
    file('../../docs/configuration.md'),
  )!;
  expect(new Set(taken!.split(','))).toEqual(new Set(names));
});

test('the documentation states the size limits of the build', () => {
  const limits = [...file('scripts/build.mjs').matchAll(/MAX_\w+_BYTES = (\d+)/g)].map(
    ([, max]) => max,
  );
  const [, full, core] = /above ([\d ]+) and ([\d ]+) bytes/.exec(docs)!;
  expect([full, core].map((text) => text!.replace(/ /g, ''))).toEqual(limits);
});
