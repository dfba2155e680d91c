// Names of the script's variables. UglifyJS uses the shortest names; choosing which variable gets which of them, so
// that brotli finds more repetitions, saves another two per cent.
import { parse } from 'acorn';
import { analyze } from 'eslint-scope';

// Parsed as a module, so that top-level variables are not global.
const VERSION = { ecmaVersion: 2021, sourceType: 'module' };
export const LETTERS = [...'etarnoilscdphumgbfvwyEkxDTSNCjAIzRLPMHOUqBFWGVKYXQZJ$_'];

const isWithin = (scope, around) => {
  for (; scope; scope = scope.upper) if (scope === around) return true;
  return false;
};

/**
 * Analyses a script. Returns its variables, each with a key that is the same in every build (the name of the enclosing
 * function and its own name) and the variables that must not have the same name, and a function that prints the script
 * with other names.
 */
export function variablesOf(code) {
  const tree = parse(code, { ...VERSION, ranges: true });
  const parents = parentsIn(tree);
  const variables = declared(analyze(tree, VERSION), parents);
  addConflicts(variables);
  const pieces = split(code, variables, parents);
  return {
    variables,
    print: (names) =>
      pieces
        .map((piece) => {
          if (typeof piece === 'string') return piece;
          const name = names[piece[0]];
          // A shorthand property needs its key once the variable has another name.
          return (piece[1] ?? name) === name ? name : `${piece[1]}:${name}`;
        })
        .join(''),
  };
}

function parentsIn(tree) {
  const parents = new Map();
  const visit = (node, parent) => {
    parents.set(node, parent);
    for (const key in node) {
      for (const child of [node[key]].flat()) if (child?.type) visit(child, node);
    }
  };
  visit(tree);
  return parents;
}

/** Returns the innermost of a node and its ancestors that passes the test. */
function closest(node, parents, test) {
  while (node && !test(node)) node = parents.get(node);
  return node;
}

function declared(scopes, parents) {
  const variables = [];
  const keys = new Set();
  for (const scope of scopes.scopes.filter(({ type }) => type !== 'global')) {
    for (const { name, defs, identifiers, references } of scope.variables) {
      if (!defs.length) continue;
      const first = `${enclosingFunction(identifiers[0], parents)} ${name}`;
      let key = first;
      for (let i = 2; keys.has(key); i++) key = `${first}~${i}`;
      keys.add(key);
      const visible = visibleIn(scope, identifiers, references, scopes, parents);
      const nodes = new Set([...identifiers, ...references.map(({ identifier }) => identifier)]);
      variables.push({ key, name, scope, visible, nodes, conflicts: new Set() });
    }
  }
  return variables;
}

/** Returns the name of the function in which a variable is declared, or an empty string at the top level. */
function enclosingFunction(identifier, parents) {
  const owner = closest(parents.get(identifier), parents, (node) => {
    const value = node.init ?? node.value;
    return /Function/.test(value?.type) && (node.id ?? node.key) !== identifier;
  });
  return (owner?.id ?? owner?.key)?.name ?? '';
}

/** Returns the scopes that must not reuse the name of a variable: its own and all those between it and a use. */
function visibleIn(scope, identifiers, references, scopes, parents) {
  const visible = new Set([scope]);
  const addUpTo = (from) => {
    for (; from !== scope; from = from.upper) visible.add(from);
  };
  references.forEach(({ from }) => addUpTo(from));
  for (const identifier of identifiers) {
    const block = closest(identifier, parents, (node) => scopes.acquire(node));
    const from = scopes.acquire(block, true);
    if (isWithin(from, scope)) addUpTo(from);
  }
  return visible;
}

function addConflicts(variables) {
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
}

/**
 * Splits a script into its constant parts and the uses of variables: an index and, for a shorthand property, its key.
 */
function split(code, variables, parents) {
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
  return pieces;
}

/** Returns a name for each variable: the known one if it is still free, or else the shortest one that is. */
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
