// Replaces the host application during development of the dashboard: it serves the HTTP API with simulated traffic, and
// the built files under a context path, with the content security policy of the real server.
//
//   node dev/mock-server.mjs                      on port 4180, for `npm run dev`
//   SCENARIO=trouble DIR=dist node dev/mock-server.mjs
//
// Scenarios: busy, empty, trouble, nostore, failing (status and queries return problems).

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answer, csvOf } from './mock-query.mjs';
import { World } from './mock-world.mjs';

const BASE = '/shop/webwatch';
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; " +
  "base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

const FAILING = ['/api/query', '/api/status'];

/** The answer of a server whose history store is unavailable. */
export const PROBLEM = {
  type: 'about:blank',
  title: 'Service Unavailable',
  status: 503,
  code: 'store_unavailable',
  detail: 'The DuckDB file is locked by process 4711. WebWatch retries every 30 s.',
};

export function startMock({ port = 0, scenario = 'busy', directory = 'dist' } = {}) {
  const world = new World(scenario);
  const streams = new Set();
  const timer = setInterval(() => {
    world.step();
    for (const stream of streams) {
      sendLive(stream, world);
    }
  }, 1500);
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const path = url.pathname.startsWith(BASE) ? url.pathname.slice(BASE.length) : url.pathname;
    if (scenario === 'failing' && FAILING.includes(path)) {
      sendProblem(response);
    } else if (path === '/api/live/stream') {
      openStream(request, response, streams, world);
    } else if (path === '/api/live') {
      sendJson(response, world.live());
    } else if (path === '/api/status') {
      sendJson(response, world.status());
    } else if (path === '/api/query') {
      sendResult(response, answer(url.searchParams, scenario), url.searchParams.get('format'));
    } else {
      void sendFile(response, directory, path);
    }
  });
  const close = () => {
    clearInterval(timer);
    server.closeAllConnections();
    server.close();
  };
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => {
      resolve({ url: `http://127.0.0.1:${server.address().port}${BASE}/`, close });
    });
  });
}

function openStream(request, response, streams, world) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  streams.add(response);
  sendLive(response, world);
  request.on('close', () => streams.delete(response));
}

function sendLive(response, world) {
  response.write(`event: live\ndata: ${JSON.stringify(world.live())}\n\n`);
}

function sendJson(response, body) {
  response
    .writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
    .end(JSON.stringify(body));
}

function sendResult(response, result, format) {
  if (format === 'csv') {
    response.writeHead(200, { 'Content-Type': 'text/csv; charset=utf-8' }).end(csvOf(result));
  } else {
    sendJson(response, result);
  }
}

function sendProblem(response) {
  response
    .writeHead(PROBLEM.status, { 'Content-Type': 'application/problem+json' })
    .end(JSON.stringify(PROBLEM));
}

async function sendFile(response, directory, path) {
  const name = path === '/' ? '/index.html' : normalize(path);
  try {
    const body = await readFile(join(directory, name));
    const type = TYPES[extname(name)] ?? 'application/octet-stream';
    response.writeHead(200, { 'Content-Type': type, 'Content-Security-Policy': CSP }).end(body);
  } catch {
    response.writeHead(404).end();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { PORT = '4180', SCENARIO = 'busy', DIR = 'dist' } = process.env;
  const { url } = await startMock({ port: Number(PORT), scenario: SCENARIO, directory: DIR });
  console.log(`${SCENARIO} at ${url}`);
}
