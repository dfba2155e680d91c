import { quote } from './natives';

/** What names an element for good: a name given to be found by, or an id that does not look generated. */
function anchor(element: Element): string | undefined {
  for (const key of ['data-webwatch-name', 'id', 'data-testid', 'name']) {
    const value = element.getAttribute(key);
    if (value) {
      if (key != 'id') return '[' + key + '=' + quote(value) + ']';
      if (/^[a-z](?!.*\d{5})[\w-]*$/i.test(value)) return '#' + value;
    }
  }
  return undefined;
}

function step(element: Element): string {
  const tag = element.localName;
  const same = [...(element.parentNode?.children || [])].filter((e) => e.localName == tag);
  return same[1] ? tag + ':nth-of-type(' + (same.indexOf(element) + 1) + ')' : tag;
}

/**
 * A selector that stays the same from visit to visit: the element's own name, else a path of at most five steps below
 * the nearest named ancestor. `>>>` enters an open shadow tree. Never made of text or classes.
 */
export function selector(element: Element): string {
  let path = '';
  let joint = '';
  let next: Element | null | undefined = element;
  for (let depth = 5; next && depth--;) {
    const name = anchor(next);
    path = (name || step(next)) + joint + path;
    const parent: Element | null = name ? null : next.parentElement;
    joint = parent ? '>' : '>>>';
    next = parent || (next.getRootNode() as ShadowRoot).host;
  }
  return path;
}
