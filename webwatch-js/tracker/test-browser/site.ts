import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';

const repository = resolve(import.meta.dirname, '../../..');
const servlet = resolve(repository, 'webwatch-servlet/target');
const tracker = resolve(repository, 'webwatch-js/target/classes/META-INF/webwatch/tracker');

/** Throws if the built script is older than its source. */
function requireCurrentBuild(): void {
  const sources = resolve(import.meta.dirname, '../src');
  const built = statSync(resolve(tracker, 'tracker.json'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const changed = readdirSync(sources).find(
    (file) => statSync(resolve(sources, file)).mtimeMs > built,
  );
  if (changed) throw new Error(`${tracker} is older than src/${changed}. Build webwatch-js first.`);
}

/** An event as a sink receives it from the server. */
export interface Received {
  readonly id: string;
  readonly type: string;
  readonly time: number;
  readonly page_view: string;
  readonly path: string;
  readonly [attribute: string]: unknown;
}

/** A website with WebWatch in a separate servlet container, and the events that it has received. */
export class Site {
  private constructor(
    private readonly java: ChildProcess,
    readonly origin: string,
  ) {}

  /** Starts a site with configuration properties, for example `webwatch.tracker.consent=required`. */
  static async start(...properties: string[]): Promise<Site> {
    const list = resolve(servlet, 'test-classpath');
    if (!existsSync(list)) throw new Error(`${list} is missing. Build webwatch-servlet first.`);
    requireCurrentBuild();
    const classPath = [
      // Takes precedence over the stubs in the servlet's own tests.
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
      java.once('exit', (code) => failed(new Error(`The site exited with ${code}:\n${output}`)));
    });
    return new Site(java, `http://127.0.0.1:${port}`);
  }

  /** Publishes a page, into which the server injects the tracker's tag, and returns its address. */
  async page(path: string, body: string, head = '', policy?: string): Promise<string> {
    await this.file(
      path,
      'text/html;charset=utf-8',
      `<!doctype html><html lang="en"><head><title>${path}</title>${head}</head><body>${body}</body></html>`,
      policy,
    );
    return this.origin + path;
  }

  /** Publishes a file, optionally with a content security policy. */
  async file(
    path: string,
    type: string,
    content: string | Uint8Array,
    policy?: string,
  ): Promise<void> {
    const headers = { 'Content-Type': type, ...(policy && { 'Content-Security-Policy': policy }) };
    await fetch(this.origin + path, { method: 'PUT', headers, body: content as BodyInit });
  }

  /**
   * Sets the responses to the next requests to the collector: a status, or a delay in milliseconds if at least 1000.
   */
  async answers(...answers: number[]): Promise<void> {
    await fetch(this.origin + '/test/answers', { method: 'POST', body: answers.join() });
  }

  /** Returns the events received from pages whose path starts with the given one. */
  async events(path: string, type?: string): Promise<Received[]> {
    const all = (await (await fetch(this.origin + '/test/events')).json()) as Received[];
    return all.filter((event) => event.path.startsWith(path) && (!type || event.type === type));
  }

  /** Waits for a number of events of a type, and returns them. */
  async until(path: string, type: string, count: number): Promise<Received[]> {
    const end = Date.now() + 15_000;
    for (;;) {
      const events = await this.events(path, type);
      if (events.length >= count) return events;
      if (Date.now() > end) {
        const all = (await this.events(path)).map((event) => JSON.stringify(event)).join('\n');
        throw new Error(`Received ${events.length} of ${count} ${type} from ${path}:\n${all}`);
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

/** Returns the hashes of the built scripts. */
export const builds = (): {
  readonly full: { readonly hash: string; readonly integrity: string };
} =>
  JSON.parse(readFileSync(resolve(tracker, 'tracker.json'), 'utf8')) as ReturnType<typeof builds>;

/** Returns the ids of events that have arrived more than once. */
export const duplicates = (events: Received[]): string[] =>
  events.map((event) => event.id).filter((id, index, ids) => ids.indexOf(id) !== index);

/** Returns a tone of the given length as a WAV file. */
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
