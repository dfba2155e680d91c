import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import puppeteer, { type Browser } from 'puppeteer-core';

/** What the tests ask of a browser, whatever drives it. */
export interface Engine {
  open(address: string): Promise<void>;
  evaluate(script: string): Promise<unknown>;
  click(css: string): Promise<void>;
  type(css: string, text: string): Promise<void>;
  back(): Promise<void>;
  /** Closes the tab, and goes on in a new one. */
  closeTab(): Promise<void>;
  quit(): Promise<void>;
}

export async function firefox(): Promise<Engine> {
  const browser: Browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env['FIREFOX'] ?? '/usr/bin/firefox-esr',
    headless: true,
  });
  let page = await browser.newPage();
  return {
    open: async (address) => void (await page.goto(address)),
    evaluate: (script) => page.evaluate(script),
    click: (css) => page.click(css),
    type: (css, text) => page.type(css, text),
    // A page from the cache has no load event to wait for.
    back: () => page.evaluate('setTimeout(() => history.back())').then(() => undefined),
    closeTab: async () => {
      const next = await browser.newPage();
      await page.bringToFront();
      await page.close();
      page = next;
    },
    quit: () => browser.close(),
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

const BINARY = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';

/** WebKitGTK on a screen that is none, by the WebDriver protocol. */
export async function webkit(): Promise<Engine> {
  const started: ChildProcess[] = [];
  const run = (command: string, args: string[], env?: NodeJS.ProcessEnv) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'], env });
    started.push(child);
    return child;
  };
  // Xvfb picks a free display and tells which.
  const screen = run('Xvfb', [
    '-displayfd',
    '1',
    '-screen',
    '0',
    '1024x768x24',
    '-nolisten',
    'tcp',
  ]);
  const display = await new Promise<string>((found, failed) => {
    screen.stdout!.setEncoding('utf8').once('data', (text: string) => found(':' + text.trim()));
    screen.once('error', failed);
  });
  const port = await freePort();
  run('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
    ...process.env,
    DISPLAY: display,
    // As root, and in a container.
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
  });
  const driver = `http://127.0.0.1:${port}`;

  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(driver + path, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    const { value } = (await response.json()) as {
      value: T & { error?: string; message?: string };
    };
    if (!response.ok) throw new Error(`${path}: ${value.error ?? ''} ${value.message ?? ''}`);
    return value;
  };
  for (let tries = 0; ; tries++) {
    try {
      await call('GET', '/status');
      break;
    } catch (error) {
      if (tries > 100) throw error;
      await wait(100);
    }
  }
  const { sessionId } = await call<{ sessionId: string }>('POST', '/session', {
    capabilities: {
      alwaysMatch: {
        browserName: 'MiniBrowser',
        'webkitgtk:browserOptions': { binary: BINARY, args: ['--automation'] },
      },
    },
  });
  const session = `/session/${sessionId}`;
  const element = async (css: string) =>
    Object.values(
      await call<{ [key: string]: string }>('POST', session + '/element', {
        using: 'css selector',
        value: css,
      }),
    )[0]!;
  return {
    open: (url) => call('POST', session + '/url', { url }),
    evaluate: (script) =>
      call('POST', session + '/execute/sync', { script: `return ${script}`, args: [] }),
    click: async (css) => call('POST', `${session}/element/${await element(css)}/click`, {}),
    type: async (css, text) =>
      call('POST', `${session}/element/${await element(css)}/value`, { text }),
    back: () => call('POST', session + '/back', {}),
    closeTab: async () => {
      const last = await call<string>('GET', session + '/window');
      const { handle } = await call<{ handle: string }>('POST', session + '/window/new', {
        type: 'tab',
      });
      await call('POST', session + '/window', { handle: last });
      await call('DELETE', session + '/window');
      await call('POST', session + '/window', { handle });
    },
    quit: async () => {
      await call('DELETE', session).catch(() => undefined);
      started.reverse().forEach((child) => child.kill());
    },
  };
}
