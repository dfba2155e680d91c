import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';

const repository = resolve(import.meta.dirname, '../../..');
const servlet = resolve(repository, 'webwatch-servlet/target');
const tracker = resolve(repository, 'webwatch-js/target/classes/META-INF/webwatch/tracker');

/** An old script would be tested as if it were the present one. */
function requirePresentBuild(): void {
  const sources = resolve(import.meta.dirname, '../src');
  const built = statSync(resolve(tracker, 'tracker.json'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const changed = readdirSync(sources).find(
    (file) => statSync(resolve(sources, file)).mtimeMs > built,
  );
  if (changed) throw new Error(`${tracker} is older than src/${changed}: build webwatch-js first.`);
}

/** An event as a sink gets it: what the server has made of what the browser sent. */
export interface Received {
  readonly id: string;
  readonly type: string;
  readonly time: number;
  readonly page_view: string;
  readonly path: string;
  readonly [attribute: string]: unknown;
}

/** A website of a container of its own with WebWatch in it, and what has arrived there. */
export class Site {
  private constructor(
    private readonly java: ChildProcess,
    readonly origin: string,
  ) {}

  /** Starts with these properties, such as `webwatch.tracker.consent=required`. */
  static async start(...properties: string[]): Promise<Site> {
    const list = resolve(servlet, 'test-classpath');
    if (!existsSync(list)) throw new Error(`${list} is missing: build webwatch-servlet first.`);
    requirePresentBuild();
    const classPath = [
      // Before the stand-ins of the servlet's own tests.
      resolve(repository, 'webwatch-js/target/classes'),
      resolve(servlet, 'classes'),
      resolve(servlet, 'test-classes'),
      readFileSync(list, 'utf8').trim(),
    ].join(delimiter);
    const java = spawn(
      'java',
      [
        '-XX:TieredStopAtLevel=1',
        '-cp',
        classPath,
        'io.webwatch.servlet.testing.TrackerSite',
        ...properties,
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    const port = await new Promise<string>((found, failed) => {
      let output = '';
      java.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const ready = /ready (\d+)/.exec(output)?.[1];
        if (ready) found(ready);
      });
      java.once('exit', (code) => failed(new Error(`The site ended with ${code}: ${output}`)));
    });
    return new Site(java, `http://127.0.0.1:${port}`);
  }

  /** Puts a page there, which gets the tracker's tag from the server, and gives its address. */
  async page(path: string, body: string, head = '', policy?: string): Promise<string> {
    await this.file(
      path,
      'text/html;charset=utf-8',
      `<!doctype html><html lang="en"><head><title>${path}</title>${head}</head><body>${body}</body></html>`,
      policy,
    );
    return this.origin + path;
  }

  /** Puts a file there, to be served under a content security policy, if any. */
  async file(
    path: string,
    type: string,
    content: string | Uint8Array,
    policy?: string,
  ): Promise<void> {
    const headers = { 'Content-Type': type, ...(policy && { 'Content-Security-Policy': policy }) };
    await fetch(this.origin + path, { method: 'PUT', headers, body: content as BodyInit });
  }

  /** Statuses for the next requests to the collector, or from 1000 on milliseconds that it takes. */
  async answers(...answers: number[]): Promise<void> {
    await fetch(this.origin + '/test/answers', { method: 'POST', body: answers.join() });
  }

  /** What has arrived from pages below a path. */
  async events(path: string, type?: string): Promise<Received[]> {
    const all = (await (await fetch(this.origin + '/test/events')).json()) as Received[];
    return all.filter((event) => event.path.startsWith(path) && (!type || event.type === type));
  }

  /** The events of a type once there are as many. */
  async until(path: string, type: string, count: number): Promise<Received[]> {
    const end = Date.now() + 15_000;
    for (;;) {
      const events = await this.events(path, type);
      if (events.length >= count) return events;
      if (Date.now() > end) {
        const all = (await this.events(path)).map((event) => JSON.stringify(event)).join('\n');
        throw new Error(`${events.length} of ${count} ${type} arrived from ${path}:\n${all}`);
      }
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  async stop(): Promise<void> {
    const exited = new Promise((done) => this.java.once('exit', done));
    this.java.stdin!.end();
    await exited;
  }
}

/** The tracker's builds as published: their hashes. */
export const builds = (): {
  readonly full: { readonly hash: string; readonly integrity: string };
} =>
  JSON.parse(readFileSync(resolve(tracker, 'tracker.json'), 'utf8')) as ReturnType<typeof builds>;

/** Whether no event has arrived twice. */
export const doubled = (events: Received[]): string[] =>
  events.map((event) => event.id).filter((id, index, ids) => ids.indexOf(id) !== index);

/** A tone as a WAV file, so many seconds long. */
export function tone(seconds: number): Uint8Array {
  const rate = 8000;
  const data = Buffer.alloc(44 + rate * seconds, 128);
  data.write('RIFF', 0);
  data.writeUInt32LE(data.length - 8, 4);
  data.write('WAVEfmt ', 8);
  data.writeUInt32LE(16, 16);
  data.writeUInt16LE(1, 20);
  data.writeUInt16LE(1, 22);
  data.writeUInt32LE(rate, 24);
  data.writeUInt32LE(rate, 28);
  data.writeUInt16LE(1, 32);
  data.writeUInt16LE(8, 34);
  data.write('data', 36);
  data.writeUInt32LE(data.length - 44, 40);
  for (let i = 44; i < data.length; i++) data[i] = 128 + Math.round(20 * Math.sin(i / 3));
  return data;
}
