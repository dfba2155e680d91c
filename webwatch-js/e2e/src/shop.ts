import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { resolve } from 'node:path';
import { freePort } from '../../scripts/testing.mjs';

const READY_WITHIN_MILLIS = 90_000;

/** Returns the jar of the example: the one named by WEBWATCH_SHOP_JAR, or else the result of the build. */
export function shopJar(): string {
  const jar =
    process.env['WEBWATCH_SHOP_JAR'] ??
    resolve(import.meta.dirname, '../../../examples/spring-boot-shop/target/spring-boot-shop.jar');
  if (!existsSync(jar)) {
    throw new Error(`${jar} is missing. Run ./demo --build-only first, or set WEBWATCH_SHOP_JAR.`);
  }
  return jar;
}

/** A running shop with default settings except for address and port. */
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

  /** Everything that the shop has printed. */
  get log(): string {
    return this.output.join('');
  }

  /** Password of the dashboard, as printed at startup. */
  get password(): string {
    const found = /generated password ([^\s;]+)/.exec(this.log);
    if (!found?.[1]) throw new Error(`The shop did not print a password:\n${this.log}`);
    return found[1];
  }

  get credentials(): { username: string; password: string } {
    return { username: 'webwatch', password: this.password };
  }

  /** Calls the API of the dashboard. */
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

  /** Stops the shop as an operator would, and returns its exit code. */
  async stop(): Promise<number | null> {
    this.java.kill('SIGTERM');
    return this.exited;
  }

  private async ready(): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MILLIS;
    let exited = false;
    void this.exited.then(() => (exited = true));
    while (!(await isReachable(this.origin))) {
      if (exited || Date.now() > deadline) {
        this.java.kill('SIGKILL');
        throw new Error(`The shop did not start:\n${this.log}`);
      }
    }
  }
}

async function isReachable(origin: string): Promise<boolean> {
  try {
    // A HEAD request runs no script, so it does not count as a page view.
    return (await fetch(origin, { method: 'HEAD' })).ok;
  } catch {
    await wait(100);
    return false;
  }
}
