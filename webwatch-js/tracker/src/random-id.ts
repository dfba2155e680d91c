/** 24 characters of five random bits each: 120 bits. */
export function randomId(): string {
  const bytes = new Uint8Array(24).map(() => Math.random() * 256);
  try {
    crypto.getRandomValues(bytes);
  } catch {
    // Then the plain generator has to do.
  }
  return Array.from(bytes, (byte) => (byte & 31).toString(32)).join('');
}
