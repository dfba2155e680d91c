/** 24 characters of five random bits each: 120 bits. */
export const randomId = (): string =>
  crypto
    .getRandomValues(new Uint8Array(24))
    .reduce((id, byte) => id + (byte & 31).toString(32), '');
