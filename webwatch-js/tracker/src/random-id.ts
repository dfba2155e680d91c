import { random } from './natives';

const source = window.crypto;

/** 24 characters of five random bits each: 120 bits. */
export function randomId(): string {
  const bytes = new Uint8Array(24);
  try {
    source.getRandomValues(bytes);
  } catch {
    bytes.forEach((_, index) => (bytes[index] = random() * 256));
  }
  return Array.from(bytes, (byte) => (byte & 31).toString(32)).join('');
}
