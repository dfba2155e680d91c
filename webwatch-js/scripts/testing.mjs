// Shared by everything that drives a real browser.
import { createServer } from 'node:net';

/** The browsers of Debian, unless the environment names others. */
export const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
export const FIREFOX = process.env['FIREFOX'] ?? '/usr/bin/firefox-esr';

/** Arguments for a Chromium that may run as root and loads nothing except the pages under test. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Returns a TCP port that is free at the moment.
 *
 * @returns {Promise<number>}
 */
export async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}
