import { doc, quote } from './natives';

/**
 * Returns a selector that is the same on every visit: the element's identifying attribute (for `id`, only a value that
 * does not look generated), or else a path of at most five steps below the nearest ancestor that has one. `>>>` enters
 * an open shadow tree. The selector never contains text or classes.
 */
export const selector = (element: Element, steps = 4): string => {
  const tag = element.localName;
  const same = [...(element.parentNode || doc).children].filter((e) => e.localName == tag);
  let value = '';
  const key = ['data-webwatch-name', 'id', 'data-testid', 'name'].find(
    (name) =>
      (value = element.getAttribute(name)!) &&
      (name != 'id' || /^[a-z](?!.*\d{5})[\w-]*$/i.test(value)),
  );
  const parent = key ? null : element.parentElement;
  const around = parent || (element.getRootNode() as ShadowRoot).host;
  return (
    (around && steps ? selector(around, steps - 1) + (parent ? '>' : '>>>') : '') +
    (key
      ? key == 'id'
        ? '#' + value
        : '[' + key + '=' + quote(value) + ']'
      : same[1]
        ? tag + ':nth-of-type(' + (same.indexOf(element) + 1) + ')'
        : tag)
  );
};
