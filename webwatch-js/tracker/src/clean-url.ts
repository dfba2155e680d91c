import { doc } from './natives';
import { data, matcher, withHash } from './settings';

const kept = FULL
  ? matcher('utm_*,fbclid,msclkid,gclid,' + ((data['queryParams'] as string) || 'gclid'))
  : /^(utm_.*|fbclid|msclkid|gclid)$/;

/**
 * The address without user, query (but for allowed parameters) and fragment; of anything but http(s), which may hold an
 * e-mail address or a script, the scheme alone.
 */
export const cleanUrl = (address: string, ofPage?: unknown): string => {
  const url = FULL ? new URL(address, doc.baseURI) : new URL(address);
  url.search = url.search
    .split(/[?&]/)
    .filter((pair) => kept.test(pair.split('=')[0]!))
    .join('&');
  return /^http/.test(url.protocol)
    ? url.origin +
        url.pathname +
        url.search +
        // A fragment may carry a token (#access_token=…), so it ends where parameters begin.
        (FULL && withHash && ofPage ? url.hash.split(/[?&=]/)[0] : '')
    : url.protocol;
};
