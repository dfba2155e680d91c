import { quote } from './natives';

/** What names an element for good: a name given to be found by, or an id that does not look generated. */
function anchor(element: Element): string | undefined {
  const names = ['data-webwatch-name', 'id', 'data-testid', 'data-test', 'data-cy', 'name'];
  for (const key of names) {
    const value = element.getAttribute(key);
    if (value && key != 'id') return '[' + key + '=' + quote(value) + ']';
    if (value && /^[a-z](?!.*\d{5})[\w-]*$/i.test(value)) return '#' + value;
  }
  return undefined;
}

function step(element: Element): string {
  const tag = element.localName;
  const same = Array.from(element.parentNode?.children || []).filter((e) => e.localName == tag);
  return same[1] ? tag + ':nth-of-type(' + (same.indexOf(element) + 1) + ')' : tag;
}

/**
 * A selector that stays the same from visit to visit: the element's own name, else a path of at most five steps below
 * the nearest named ancestor. `>>>` enters an open shadow tree. Never made of text or classes.
 */
export function selector(element: Element): string {
  let path = '';
  let next: Element | null | undefined = element;
  for (let depth = 0; next && depth < 5; depth++) {
    const name = anchor(next);
    path = (name || step(next)) + path;
    const parent: Element | null = name ? null : next.parentElement;
    const host: Element | undefined = parent ? undefined : (next.getRootNode() as ShadowRoot).host;
    path = (parent && depth < 4 ? '>' : host && depth < 4 ? '>>>' : '') + path;
    next = parent || host;
  }
  return path;
}
