import { data, matches, withHash } from './settings';

const isKept = (name: string) =>
  FULL
    ? matches('utm_*,fbclid,msclkid,gclid,' + ((data['queryParams'] as string) || 'gclid'), name)
    : /^(utm_.*|fbclid|msclkid|gclid)$/.test(name);

/**
 * The address without user, query (but for allowed parameters) and fragment; of anything but http(s), which may hold an
 * e-mail address or a script, the scheme alone. That of a page without a query takes neither parser nor regular expression:
 * the first of each costs a page that is being loaded half a millisecond.
 */
export const cleanUrl = (url: Location | URL): string =>
  url.protocol.indexOf('http')
    ? url.protocol
    : url.origin +
      url.pathname +
      url.search
        .split('?')
        .join('&')
        .split('&')
        // The first is what stands before the question mark: nothing.
        .filter((pair, index) => !index || isKept(pair.split('=')[0]!))
        .join('&')
        .replace('&', '?') +
      // A fragment may carry a token (#access_token=…), so it ends where parameters begin.
      (FULL && withHash && url == location ? url.hash.split(/[?&=]/)[0] : '');
