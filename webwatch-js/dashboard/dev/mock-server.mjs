// Stands in for the host application while the dashboard is developed: the HTTP contract with invented traffic, and the
// built files under a context path with the content security policy of the real server.
//
//   node dev/mock-server.mjs                      PORT 4180; use it with `npm run dev`
//   SCENARIO=trouble DIR=dist node dev/mock-server.mjs
//
// Scenarios: busy, empty, trouble, nostore, failing (status and queries answer with problems).

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
    if (scenario === 'failing' && (path === '/api/query' || path === '/api/status')) {
      sendProblem(
        response,
        503,
        'store_unavailable',
        'The DuckDB file is locked by process 4711. WebWatch tries again every 30 s.',
      );
    } else if (path === '/api/live/stream') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
      streams.add(response);
      sendLive(response, world);
      request.on('close', () => streams.delete(response));
    } else if (path === '/api/live') {
      sendJson(response, world.live());
    } else if (path === '/api/status') {
      sendJson(response, world.status());
    } else if (path === '/api/query') {
      const result = answer(url.searchParams, scenario);
      if (url.searchParams.get('format') === 'csv') {
        response.writeHead(200, { 'Content-Type': 'text/csv; charset=utf-8' }).end(csvOf(result));
      } else {
        sendJson(response, result);
      }
    } else {
      void sendFile(response, directory, path);
    }
  });
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => {
      resolve({
        url: `http://127.0.0.1:${server.address().port}${BASE}/`,
        close() {
          clearInterval(timer);
          server.closeAllConnections();
          server.close();
        },
      });
    });
  });
}

function sendLive(response, world) {
  response.write(`event: live\ndata: ${JSON.stringify(world.live())}\n\n`);
}

function sendJson(response, body) {
  response
    .writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
    .end(JSON.stringify(body));
}

function sendProblem(response, status, code, detail) {
  const problem = { type: 'about:blank', title: 'Service Unavailable', status, code, detail };
  response.writeHead(status, { 'Content-Type': 'application/problem+json' }).end(JSON.stringify(problem));
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
