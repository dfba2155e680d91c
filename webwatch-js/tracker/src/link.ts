import { cleanUrl } from './clean-url';
import { find, type Path } from './elements';
import { doc } from './natives';

/** Where something on the page points to; empty when that is no address. */
export const resolve = (address: string): string => {
  try {
    return cleanUrl(new URL(address, doc.baseURI));
  } catch {
    return '';
  }
};

/** The link of a path, if any, and its target. */
export const linkOf = (path: Path): readonly [Element | undefined, string | undefined] => {
  const link = find(path, 'a,area') as HTMLAnchorElement | undefined;
  const href = link?.href as string | undefined | { readonly baseVal: string };
  // SVG has links as well.
  return [link, href && resolve((href as { baseVal: string }).baseVal ?? href)];
};
