import { doc } from './natives';
import { keptParams, withHash } from './settings';

/**
 * The address without user, query (but for allowed parameters) and fragment; of anything but http(s), which may hold an
 * e-mail address or a script, the scheme alone.
 */
export function cleanUrl(address: string, ofPage?: boolean): string {
  let url;
  try {
    url = new URL(address, doc.baseURI);
  } catch {
    return '';
  }
  if (!/^http/.test(url.protocol)) return url.protocol;
  const query = url.search.match(/[^?&]+/g)?.filter((pair) => {
    const name = pair.split('=')[0]!;
    return name && (/^(utm_.+|gclid|fbclid|msclkid)$/.test(name) || keptParams.includes(name));
  });
  return (
    url.origin +
    url.pathname +
    (query?.[0] ? '?' + query.join('&') : '') +
    // A fragment may carry a token (#access_token=…), so it ends where parameters begin.
    (ofPage && withHash ? url.hash.split(/[?&=]/)[0]! : '')
  );
}
