import { cut } from './cut';
import { doc } from './natives';

const CAMPAIGN = /^(utm_.+|gclid|fbclid|msclkid)$/;

/**
 * The address without user, query (but for allowed parameters) and fragment; of anything but http(s), which may hold an
 * e-mail address or a script, the scheme alone.
 */
export function cleanUrl(address: string, allowed: readonly string[], withHash?: boolean): string {
  if (!address) return '';
  try {
    const url = new URL(address, doc.baseURI);
    if (!/^http/.test(url.protocol)) return url.protocol;
    const query = url.search
      .slice(1)
      .split('&')
      .filter((pair) => {
        const name = pair.split('=')[0]!;
        return CAMPAIGN.test(name) || allowed.includes(name);
      })
      .join('&');
    // A fragment may carry a token (#access_token=…), so it ends where parameters begin.
    const hash = withHash ? url.hash.split(/[?&=]/)[0]! : '';
    return cut(url.origin + url.pathname + (query && '?' + query) + hash, 2048);
  } catch {
    return '';
  }
}
