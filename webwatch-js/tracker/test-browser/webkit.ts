import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../scripts/testing.mjs';
import type { Engine, Position } from './engine';

const BINARY = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';
const CONTROL = '\uE009';
const KEYS = { Enter: '\uE007', Tab: '\uE004' };

/** Starts the driver of WebKitGTK on a virtual screen. */
async function startDriver(): Promise<{ address: string; stop(): void }> {
  const started: ChildProcess[] = [];
  const run = (command: string, args: string[], env?: NodeJS.ProcessEnv) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'], env });
    started.push(child);
    return child;
  };
  // Xvfb selects a free display and prints its number.
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
    // The sandbox works neither for root nor in a container.
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
  });
  const address = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries++) {
    try {
      await fetch(address + '/status');
      break;
    } catch (error) {
      if (tries > 100) throw error;
      await wait(100);
    }
  }
  return { address, stop: () => started.reverse().forEach((child) => child.kill()) };
}

/** Starts WebKitGTK, controlled by the [WebDriver](https://www.w3.org/TR/webdriver2/) protocol. */
export async function webkit(): Promise<Engine> {
  const driver = await startDriver();
  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(driver.address + path, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    const { value } = (await response.json()) as {
      value: T & { error?: string; message?: string };
    };
    if (!response.ok) throw new Error(`${path}: ${value.error ?? ''} ${value.message ?? ''}`);
    return value;
  };
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
    call<{ [key: string]: string }>('POST', session + '/element', {
      using: 'css selector',
      value: css,
    });
  const act = (...sources: object[]) =>
    call<void>('POST', session + '/actions', { actions: sources });
  const pointer = (kind: string, ...actions: object[]) => ({
    type: 'pointer',
    id: kind,
    parameters: { pointerType: kind },
    actions,
  });
  const to = ([x, y]: Position) => ({ type: 'pointerMove', duration: 0, x, y });
  const still = { type: 'pause', duration: 0 };
  const select = (handle: string) => call<void>('POST', session + '/window', { handle });
  // A new tab is shown only when all others are closed.
  const newTab = async () =>
    (await call<{ handle: string }>('POST', session + '/window/new', { type: 'tab' })).handle;
  const closeFor = async (handle: string) => {
    await call('DELETE', session + '/window');
    await select(handle);
  };

  return {
    name: 'webkit',
    open: (url) => call('POST', session + '/url', { url }),
    evaluate: (expression) =>
      call('POST', session + '/execute/sync', { script: `return ${expression}`, args: [] }),
    click: async (css, { middle, control, times = 1 } = {}) => {
      const button = middle ? 1 : 0;
      const down = { type: 'pointerDown', button };
      const up = { type: 'pointerUp', button };
      // The pointer reaches only what is in the window.
      const script = 'arguments[0].scrollIntoViewIfNeeded()';
      const target = await element(css);
      await call('POST', session + '/execute/sync', { script, args: [target] });
      const move = { ...to([0, 0]), origin: target };
      await act(pointer('mouse', still, move, ...Array(times).fill([down, up]).flat(), still), {
        type: 'key',
        id: 'keys',
        actions: control
          ? [
              { type: 'keyDown', value: CONTROL },
              still,
              still,
              still,
              { type: 'keyUp', value: CONTROL },
            ]
          : [],
      });
    },
    move: (x, y) => act(pointer('mouse', to([x, y]))),
    swipe: (from, target) =>
      act(
        pointer('touch', to(from), { type: 'pointerDown', button: 0 }, to(target), {
          type: 'pointerUp',
          button: 0,
        }),
      ),
    type: async (css, text) =>
      call('POST', `${session}/element/${Object.values(await element(css))[0]!}/value`, { text }),
    press: (key) =>
      act({
        type: 'key',
        id: 'keys',
        actions: [
          { type: 'keyDown', value: KEYS[key] },
          { type: 'keyUp', value: KEYS[key] },
        ],
      }),
    back: () => call('POST', session + '/back', {}),
    reload: () => call('POST', session + '/refresh', {}),
    closeTab: async () => closeFor(await newTab()),
    openHidden: async (url) => {
      const shown = await call<string>('GET', session + '/window');
      const hidden = await newTab();
      await select(hidden);
      await call('POST', session + '/url', { url });
      return async () => {
        await select(shown);
        await closeFor(hidden);
      };
    },
    quit: async () => {
      await call('DELETE', session).catch(() => undefined);
      driver.stop();
    },
  };
}
