import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';

const READY_WITHIN_MILLIS = 90_000;

/** The packed example: the one of WEBWATCH_SHOP_JAR, else the one that the build has left in its place. */
export function shopJar(): string {
  const jar =
    process.env['WEBWATCH_SHOP_JAR'] ??
    resolve(import.meta.dirname, '../../../examples/spring-boot-shop/target/spring-boot-shop.jar');
  if (!existsSync(jar)) {
    throw new Error(`${jar} is missing: run ./demo --build-only first, or set WEBWATCH_SHOP_JAR.`);
  }
  return jar;
}

/** A running shop, as a person would start it: no property but where it listens. */
export class Shop {
  private constructor(
    private readonly java: ChildProcess,
    private readonly exited: Promise<number | null>,
    private readonly output: string[],
    readonly origin: string,
  ) {}

  static async start(workingDirectory: string): Promise<Shop> {
    const port = await freePort();
    const java = spawn(
      'java',
      ['-jar', shopJar(), `--server.port=${port}`, '--server.address=127.0.0.1'],
      { cwd: workingDirectory, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const output: string[] = [];
    java.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text));
    java.stderr.setEncoding('utf8').on('data', (text: string) => output.push(text));
    const exited = new Promise<number | null>((done) => java.once('exit', done));
    const shop = new Shop(java, exited, output, `http://127.0.0.1:${port}`);
    await shop.ready();
    return shop;
  }

  /** All that it has printed. */
  get log(): string {
    return this.output.join('');
  }

  /** Of the dashboard, as it is printed at start. */
  get password(): string {
    const found = /generated password ([^\s;]+)/.exec(this.log);
    if (!found?.[1]) throw new Error(`no password was printed:\n${this.log}`);
    return found[1];
  }

  get credentials(): { username: string; password: string } {
    return { username: 'webwatch', password: this.password };
  }

  /** Asks the dashboard's API. */
  async api<T>(path: string): Promise<T> {
    const { username, password } = this.credentials;
    const response = await fetch(`${this.origin}/webwatch/api/${path}`, {
      headers: {
        authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      },
    });
    if (!response.ok) {
      throw new Error(`${path}: ${response.status} ${await response.text()}`);
    }
    return (await response.json()) as T;
  }

  /** Stops it as an operator would, and gives its exit code. */
  async stop(): Promise<number | null> {
    this.java.kill('SIGTERM');
    return this.exited;
  }

  private async ready(): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MILLIS;
    let gone = false;
    void this.exited.then(() => (gone = true));
    while (!(await answers(this.origin))) {
      if (gone || Date.now() > deadline) {
        this.java.kill('SIGKILL');
        throw new Error(`the shop did not start:\n${this.log}`);
      }
    }
  }
}

async function answers(origin: string): Promise<boolean> {
  try {
    // HEAD is no page view, nor could it become one.
    return (await fetch(origin, { method: 'HEAD' })).ok;
  } catch {
    await new Promise((later) => setTimeout(later, 100));
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
