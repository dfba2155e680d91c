// The pipeline status in each scenario. For development only.

import { readFileSync } from 'node:fs';

const DROP_REASONS = '../../../webwatch-core/src/main/java/io/webwatch/event/DropReason.java';

/** Kind and explanation by reason, read from the enum so that the wording exists only once. */
const DROPS = dropsOf(readFileSync(new URL(DROP_REASONS, import.meta.url), 'utf8'));
const HINT =
  '<dependency>\n  <groupId>io.webwatch</groupId>\n  <artifactId>webwatch-duckdb</artifactId>\n</dependency>';

export function droppedIn(scenario) {
  switch (scenario) {
    case 'empty':
      return [];
    case 'trouble':
      return drops({ invalid: 3, buffer_full: 1204, bot: 86, sink_lag: 318 });
    default:
      return drops({ duplicate: 4, bot: 86 });
  }
}

function dropsOf(java) {
  const constant = /^ {4}([A-Z_]+)\(\s*Kind\.([A-Z]+),((?:[\s+]*"[^"]*")+)/gm;
  return Object.fromEntries(
    [...java.matchAll(constant)].map(([, name, kind, literals]) => [
      name.toLowerCase(),
      {
        kind: kind.toLowerCase(),
        explanation: literals
          .replaceAll(/"\s*\+\s*"/g, '')
          .trim()
          .slice(1, -1),
      },
    ]),
  );
}

function drops(counts) {
  return Object.entries(counts).map(([reason, count]) => ({ reason, count, ...DROPS[reason] }));
}

export function statusIn(scenario, startedAt, events) {
  const trouble = scenario === 'trouble';
  const stored = scenario !== 'nostore';
  return {
    version: '0.1.0',
    started_at: new Date(startedAt).toISOString(),
    path: '/webwatch',
    data_directory: '/srv/shop/webwatch-data',
    buffer: {
      used: trouble ? 51_200 : 12,
      capacity: 65_536,
      used_bytes: trouble ? 13_200_000 : 4100,
      max_bytes: 16_777_216,
    },
    accepted: events,
    dropped: droppedIn(scenario),
    pages: { injected: 400, present: 0, no_head: 12, encoded: 0, charset: 0, digest: 0 },
    sinks: [
      ...(stored ? [sink('duckdb', events)] : []),
      ...(trouble
        ? [
            sink('influxdb', 2210, {
              state: 'retrying',
              last_error: 'Connection refused: influx.internal:8086. Next attempt in 16 s.',
              lag: 49,
              retries: 14,
            }),
          ]
        : []),
    ],
    journal: {
      open: true,
      bytes: trouble ? 31_000_000 : 0,
      max_bytes: 268_435_456,
      segments: trouble ? 4 : 0,
      last_error: null,
    },
    dead_letter_bytes: 0,
    store: stored ? 'duckdb' : null,
    hint: stored ? null : HINT,
    warnings: trouble
      ? ['Nearly all requests come from one address: check webwatch.collector.trusted-proxies.']
      : [],
  };
}

function sink(name, written, change = {}) {
  return {
    name,
    state: 'running',
    last_error: null,
    position: 120,
    lag: 0,
    written,
    rejected: 0,
    dropped: 0,
    retries: 0,
    metrics: {},
    ...change,
  };
}
