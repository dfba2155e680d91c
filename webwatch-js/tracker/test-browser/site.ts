import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Event {
  readonly t: string;
  readonly n: number;
  readonly o: number;
  readonly [key: string]: unknown;
}
export interface Received extends Event {
  readonly page: string;
  readonly url: string;
  readonly referrer: string;
  readonly title: string;
}

/** A small site with the tracker as it is shipped, and what its collector has received. */
export class Site {
  readonly events: Received[] = [];
  readonly batches: unknown[] = [];
  /** Answers to give to the next requests instead of 204. */
  readonly answers: number[] = [];
  pages: { [path: string]: string } = {};
  private readonly waiting: (() => void)[] = [];

  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  static async start(): Promise<Site> {
    const out = mkdtempSync(join(tmpdir(), 'webwatch-tracker-'));
    execFileSync(process.execPath, [
      join(import.meta.dirname, '../scripts/build.mjs'),
      '--outDir',
      out,
    ]);
    const script = readFileSync(join(out, 'webwatch.js'));
    rmSync(out, { recursive: true });

    const server = createServer((request, response) => {
      const path = new URL(request.url!, 'http://localhost').pathname;
      if (path === '/watch/ww.js') {
        response.setHeader('Content-Type', 'text/javascript').end(script);
      } else if (path === '/watch/events' && request.method === 'POST') {
        let body = '';
        request.setEncoding('utf8').on('data', (text) => (body += text));
        request.on('end', () => {
          const status = site.answers.shift() ?? 204;
          if (status === 204) site.receive(body);
          response.writeHead(status).end();
        });
      } else if (path in site.pages) {
        response
          .setHeader('Content-Type', 'text/html; charset=utf-8')
          .end(
            `<!doctype html><head><title>${path}</title><script defer src="/watch/ww.js"></script></head><body>${site.pages[path]}</body>`,
          );
      } else {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const site = new Site(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return site;
  }

  private receive(body: string): void {
    const batch = JSON.parse(body) as { p: string; u: string; r: string; t: string; e: Event[] };
    this.batches.push(batch);
    for (const event of batch.e) {
      this.events.push({
        ...event,
        page: batch.p,
        url: batch.u,
        referrer: batch.r,
        title: batch.t,
      });
    }
    this.waiting.splice(0).forEach((notify) => notify());
  }

  /** The events once there are as many of a type as asked for. */
  async until(type: string, count: number): Promise<Received[]> {
    while (this.of(type).length < count) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    return this.of(type);
  }

  of(type: string): Received[] {
    return this.events.filter((event) => event.t === type);
  }

  clear(): void {
    this.events.length = this.batches.length = this.answers.length = 0;
    this.pages = {};
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
