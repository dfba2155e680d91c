import { cleanUrl } from './clean-url';
import { find, type Path } from './elements';
import { doc } from './natives';

/** Returns the clean, absolute form of an address in the page, or an empty string if the address is invalid. */
export const resolve = (address: string): string => {
  try {
    return cleanUrl(new URL(address, doc.baseURI));
  } catch {
    return '';
  }
};

/** Returns the innermost link of a path and the address of its target, if any. */
export const linkOf = (path: Path): readonly [Element | undefined, string | undefined] => {
  const link = find(path, 'a,area') as HTMLAnchorElement | undefined;
  const href = link?.href as string | undefined | { readonly baseVal: string };
  // The `href` of an SVG link is an object.
  return [link, href && resolve((href as { baseVal: string }).baseVal ?? href)];
};
