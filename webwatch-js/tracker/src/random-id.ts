/** Returns 120 random bits as 24 characters of five bits each. */
export const randomId = (): string =>
  crypto
    .getRandomValues(new Uint8Array(24))
    .reduce((id, byte) => id + (byte & 31).toString(32), '');
