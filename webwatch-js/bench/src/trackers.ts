import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** A tracker to be measured. */
export interface Tracker {
  readonly key: string;
  readonly name: string;
  readonly licence: string;
  /** Empty for the page without a tracker. */
  readonly script: Buffer;
  readonly gzip: number;
  readonly brotli: number;
  /** Body of the collector's response with status 200; if empty, the status is 204. */
  readonly answer: string;
}

const PEERS = [
  { key: 'plausible', name: 'Plausible', from: '@plausible-analytics/tracker', answer: 'ok' },
  { key: 'snowplow', name: 'Snowplow', from: '@snowplow/browser-tracker', answer: 'ok' },
  { key: 'countly', name: 'Countly', from: 'countly-sdk-web', answer: '{"result":"Success"}' },
  { key: 'posthog', name: 'PostHog', from: 'posthog-js', answer: '{"status":1}' },
];

/** Listens to the same events as a tracker but does nothing, which shows the cost of measuring a call. */
const EMPTY = `for(const type of ['pointermove','scroll','click'])
addEventListener(type,()=>{},{capture:true,passive:true})`;

function tracker(key: string, name: string, licence: string, script: Buffer, answer = ''): Tracker {
  return {
    key,
    name,
    licence,
    script,
    gzip: script.length && gzipSync(script, { level: 9 }).length,
    brotli:
      script.length &&
      brotliCompressSync(script, {
        params: {
          [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
          [constants.BROTLI_PARAM_SIZE_HINT]: script.length,
        },
      }).length,
    answer,
  };
}

async function peer(folder: string, { key, name, from, answer }: (typeof PEERS)[number]) {
  const { outputFiles } = await build({
    entryPoints: [join(folder, `${key}.js`)],
    bundle: true,
    write: false,
    minify: true,
    legalComments: 'none',
    format: 'iife',
    target: 'es2021',
    logLevel: 'error',
  });
  const { version, license } = JSON.parse(
    readFileSync(join(folder, 'node_modules', from, 'package.json'), 'utf8'),
  ) as { version: string; license: string };
  return tracker(key, `${name} ${version}`, license, Buffer.from(outputFiles[0]!.contents), answer);
}

/** Returns the page without a tracker, empty listeners, both builds of WebWatch, and the other trackers. */
export async function trackers(builds: string, peers: string): Promise<Tracker[]> {
  const own = (file: string) => readFileSync(join(builds, file));
  return [
    tracker('none', 'no tracker', '', Buffer.alloc(0)),
    tracker('empty', 'empty listeners', '', Buffer.from(EMPTY)),
    tracker('core', 'WebWatch core', 'Apache-2.0', own('webwatch-core.js')),
    tracker('full', 'WebWatch full', 'Apache-2.0', own('webwatch.js')),
    ...(await Promise.all(PEERS.map((each) => peer(peers, each)))),
  ];
}
