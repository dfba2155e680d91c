import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { page, PICTURE } from './page';
import type { Tracker } from './trackers';

/** Requests that a collector received. */
export interface Sent {
  requests: number;
  /** Size of the bodies as sent. */
  bodyBytes: number;
  /** Size of the bodies before compression. */
  plainBytes: number;
  /** Size of request lines, headers and bodies in HTTP/1.1. */
  wireBytes: number;
  readonly bodies: Buffer[];
}

const nothing = (): Sent => ({
  requests: 0,
  bodyBytes: 0,
  plainBytes: 0,
  wireBytes: 0,
  bodies: [],
});

function plain(body: Buffer): Buffer {
  return body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body;
}

function wireBytes(request: IncomingMessage, body: Buffer): number {
  let bytes = `${request.method} ${request.url} HTTP/1.1\r\n\r\n`.length + body.length;
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    bytes += request.rawHeaders[i]!.length + request.rawHeaders[i + 1]!.length + 4;
  }
  return bytes;
}

/** Serves a page and a script for each tracker in a separate folder, and acts as its collector. */
export class Lab {
  private readonly sent = new Map<string, Sent>();

  private constructor(
    private readonly server: Server,
    private readonly trackers: ReadonlyMap<string, Tracker>,
  ) {
    server.on('request', (request, response) => this.answer(request, response));
  }

  static async start(trackers: readonly Tracker[]): Promise<Lab> {
    const server = createServer();
    const lab = new Lab(server, new Map(trackers.map((tracker) => [tracker.key, tracker])));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return lab;
  }

  address(tracker: Tracker, path = ''): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/${tracker.key}/${path}`;
  }

  /** Returns the requests of a tracker since the previous call. */
  take(tracker: Tracker): Sent {
    const sent = this.sent.get(tracker.key) ?? nothing();
    this.sent.delete(tracker.key);
    return sent;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const [, key = '', ...rest] = new URL(request.url!, 'http://lab').pathname.split('/');
    const tracker = this.trackers.get(key);
    const path = rest.join('/');
    const send = (type: string, content: string | Buffer) =>
      response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(content);
    if (key === 'picture.svg') {
      send('image/svg+xml', PICTURE);
    } else if (!tracker) {
      response.writeHead(404).end();
    } else if (request.method === 'GET' && (path === '' || path === 'offers')) {
      send('text/html;charset=utf-8', page(tracker.script.length ? tag(tracker) : ''));
    } else if (path === 'left') {
      send('text/html', '<!doctype html><title>left</title>');
    } else if (path === 'tracker.js') {
      send('text/javascript;charset=utf-8', tracker.script);
    } else {
      this.collect(tracker, request, response);
    }
  }

  private collect(tracker: Tracker, request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const sent = this.sent.get(tracker.key) ?? nothing();
      this.sent.set(tracker.key, sent);
      sent.requests++;
      sent.bodyBytes += body.length;
      sent.plainBytes += plain(body).length;
      sent.wireBytes += wireBytes(request, body);
      sent.bodies.push(body);
      response.writeHead(tracker.answer ? 200 : 204, { 'Content-Type': 'application/json' });
      response.end(tracker.answer);
    });
  }
}

const tag = (tracker: Tracker) => `<script defer src="/${tracker.key}/tracker.js"></script>`;
