import { data, matches, withHash } from './settings';

const isKept = (name: string) =>
  FULL
    ? matches('utm_*,fbclid,msclkid,gclid,' + ((data['queryParams'] as string) || 'gclid'), name)
    : /^(utm_.*|fbclid|msclkid|gclid)$/.test(name);

/**
 * Returns the address without credentials, fragment and query, except for allowed query parameters. If the scheme is
 * not http(s), the address may contain an e-mail address or a script, and only the scheme is returned.
 *
 * An address without a query needs no regular expression: the first use of one takes half a millisecond of the page's
 * load.
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
        // The first item is the empty string before the question mark.
        .filter((pair, index) => !index || isKept(pair.split('=')[0]!))
        .join('&')
        .replace('&', '?') +
      // A fragment may contain a token (#access_token=…), so it is cut off where parameters begin.
      (FULL && withHash && url == location ? url.hash.split(/[?&=]/)[0] : '');
