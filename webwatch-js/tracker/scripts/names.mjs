// Names of the script's variables. UglifyJS gives the shortest; which of the short ones a variable has decides how well
// brotli finds its surroundings again, and that is worth two hundredths.
import { parse } from 'acorn';
import { analyze } from 'eslint-scope';

// As a module, so that what is outermost is not global.
const VERSION = { ecmaVersion: 2021, sourceType: 'module' };
export const LETTERS = [...'etarnoilscdphumgbfvwyEkxDTSNCjAIzRLPMHOUqBFWGVKYXQZJ$_'];

const isWithin = (scope, around) => {
  for (; scope; scope = scope.upper) if (scope === around) return true;
  return false;
};

/**
 * The variables of a script, each with a key by which it is known from build to build (the function around it and its
 * own name) and with those that may not be named like it; and a way to print the script with other names.
 */
export function variablesOf(code) {
  const tree = parse(code, { ...VERSION, ranges: true });
  const scopes = analyze(tree, VERSION);
  const parents = new Map();
  const visit = (node, parent) => {
    parents.set(node, parent);
    for (const key in node) {
      for (const child of [node[key]].flat()) if (child?.type) visit(child, node);
    }
  };
  visit(tree);
  const ancestor = (node, test) => {
    while (node && !test(node)) node = parents.get(node);
    return node;
  };

  const variables = [];
  const keys = new Set();
  for (const scope of scopes.scopes.filter(({ type }) => type !== 'global')) {
    for (const { name, defs, identifiers, references } of scope.variables) {
      if (!defs.length) continue;
      // In each scope between its declaration and a use it is visible.
      const visible = new Set([scope]);
      const see = (from) => {
        for (; from !== scope; from = from.upper) visible.add(from);
      };
      references.forEach(({ from }) => see(from));
      for (const identifier of identifiers) {
        const from = scopes.acquire(
          ancestor(identifier, (node) => scopes.acquire(node)),
          true,
        );
        if (isWithin(from, scope)) see(from);
      }
      const owner = ancestor(parents.get(identifiers[0]), (node) => {
        const value = node.init ?? node.value;
        return /Function/.test(value?.type) && (node.id ?? node.key) !== identifiers[0];
      });
      const around = (owner?.id ?? owner?.key)?.name ?? '';
      let key = `${around} ${name}`;
      for (let i = 2; keys.has(key); i++) key = `${around} ${name}~${i}`;
      keys.add(key);
      const nodes = new Set([...identifiers, ...references.map(({ identifier }) => identifier)]);
      variables.push({ key, name, scope, visible, nodes, conflicts: new Set() });
    }
  }
  variables.forEach((one, index) => {
    for (let other = 0; other < index; other++) {
      const { scope, visible, conflicts } = variables[other];
      if (
        scope === one.scope ||
        (visible.has(one.scope) && isWithin(one.scope, scope)) ||
        (one.visible.has(scope) && isWithin(scope, one.scope))
      ) {
        conflicts.add(index);
        one.conflicts.add(other);
      }
    }
  });

  const uses = new Map();
  variables.forEach(({ nodes }, index) => {
    for (const node of nodes) {
      const up = parents.get(node);
      const property = up.type === 'AssignmentPattern' && up.left === node ? parents.get(up) : up;
      uses.set(node.start, [node.end, index, property.shorthand ? node.name : undefined]);
    }
  });
  const pieces = [];
  let at = 0;
  for (const [start, [end, ...use]] of [...uses].sort(([a], [b]) => a - b)) {
    pieces.push(code.slice(at, start), use);
    at = end;
  }
  pieces.push(code.slice(at));

  return {
    variables,
    print: (names) =>
      pieces
        .map((piece) => {
          if (typeof piece === 'string') return piece;
          const name = names[piece[0]];
          // What was a shorthand is none under another name.
          return (piece[1] ?? name) === name ? name : `${piece[1]}:${name}`;
        })
        .join(''),
  };
}

/** The names by which a variable was known, where they are still free, and for the others any that is. */
export function namesFor(variables, known) {
  const names = [];
  const free = (index, name) =>
    ![...variables[index].conflicts].some((other) => names[other] === name);
  variables.forEach(({ key }, index) => {
    if (known[key] && free(index, known[key])) names[index] = known[key];
  });
  const spare = LETTERS.flatMap((first) => ['', ...'etar'].map((second) => first + second)).sort(
    (a, b) => a.length - b.length,
  );
  variables.forEach((_, index) => {
    names[index] ??= spare.find((name) => free(index, name));
  });
  return names;
}
