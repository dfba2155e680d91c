import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, vi } from 'vitest';

const repository = join(import.meta.dirname, '../../..');

export const readJson = (path: string): unknown =>
  JSON.parse(readFileSync(join(repository, path), 'utf8'));

export const validateBatch: ValidateFunction = new Ajv2020({
  strictTypes: false,
  strictRequired: false,
}).compile(readJson('docs/protocol.schema.json') as object);

/** A test vector of the protocol. */
export interface Vector {
  readonly name: string;
  readonly verdict: 'accepted' | 'malformed';
  readonly body?: unknown;
  readonly invalid?: number;
}

export const { vectors } = readJson(
  'webwatch-core/src/main/resources/META-INF/webwatch/protocol/vectors.json',
) as { readonly vectors: readonly Vector[] };

export interface Event {
  readonly t: string;
  readonly n: number;
  readonly o: number;
  readonly [key: string]: unknown;
}
export interface Batch {
  readonly p: string;
  readonly u: string;
  readonly e: Event[];
  readonly [key: string]: unknown;
}
export interface Sent extends Event {
  readonly batch: Batch;
}

/** A tracker with a simulated network, whose responses the test determines. */
export class Tracker {
  /** Bodies of requests and beacons. */
  readonly bodies: string[] = [];
  readonly beacons: string[] = [];
  /** Responses to the next requests; 204 after the last one. A number is a status, an Error a network failure. */
  readonly answers: (number | Error | Response | Promise<Response>)[] = [];
  acceptsBeacons = true;

  // Async functions return native promises even if the test replaces Promise.
  readonly fetch = vi.fn(async (_url: string, init: { body: string }): Promise<Response> => {
    this.bodies.push(init.body);
    const answer = (await this.answers.shift()) ?? 204;
    if (answer instanceof Error) throw answer;
    return typeof answer == 'number' ? new Response(null, { status: answer }) : answer;
  });
  readonly sendBeacon = vi.fn((_url: string, body: string): boolean => {
    if (this.acceptsBeacons) {
      this.bodies.push(body);
      this.beacons.push(body);
    }
    return this.acceptsBeacons;
  });

  /** All batches sent. Throws if one of them violates the schema. */
  get batches(): Batch[] {
    return this.bodies.map((body) => {
      const batch: unknown = JSON.parse(body);
      if (!validateBatch(batch)) {
        throw new Error(`${body} violates the protocol: ${JSON.stringify(validateBatch.errors)}`);
      }
      return batch as Batch;
    });
  }

  get events(): Sent[] {
    return this.batches.flatMap((batch) => batch.e.map((event) => ({ ...event, batch })));
  }

  of(type: string): Sent[] {
    return this.events.filter((event) => event.t == type);
  }

  /** Adds a script tag with the given attributes to the page, and runs the script. */
  async load(attributes: { [name: string]: string } = {}, src = '/watch/ww.js?v=1'): Promise<this> {
    vi.resetModules();
    setCurrentScript(addScript(src, attributes));
    await import('../src/full');
    setCurrentScript(null);
    return this;
  }

  /** Advances the time until queued events have been sent. */
  async flush(): Promise<void> {
    await vi.advanceTimersByTimeAsync(3000);
  }
}

export function body(html: string): void {
  document.body.innerHTML = html;
  // jsdom cannot navigate.
  document
    .querySelectorAll('a')
    .forEach((link) => (link.onclick = (event) => event.preventDefault()));
}

export const one = <E extends HTMLElement>(css: string): E => document.querySelector<E>(css)!;

/** Adds a script tag that jsdom does not run. */
export function addScript(
  src: string,
  attributes: { readonly [name: string]: string } = {},
): HTMLScriptElement {
  const script = document.createElement('script');
  script.type = 'text/plain';
  Object.entries(attributes).forEach(([name, value]) => script.setAttribute(name, value));
  script.src = src;
  document.head.append(script);
  return script;
}

export const setCurrentScript = (script: HTMLScriptElement | null) =>
  Object.defineProperty(document, 'currentScript', { value: script, configurable: true });

/** Replaces observers that jsdom does not implement, and never reports anything. */
export class Observer {
  static readonly supportedEntryTypes: readonly string[] = [];
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
  takeRecords(): never[] {
    return [];
  }
}

export function setVisibility(state: 'visible' | 'hidden'): void {
  Object.defineProperty(document, 'hidden', { value: state == 'hidden', configurable: true });
  document.dispatchEvent(new window.Event('visibilitychange', { bubbles: true }));
}

export function setFocus(focused: boolean): void {
  vi.spyOn(document, 'hasFocus').mockReturnValue(focused);
  window.dispatchEvent(new window.Event(focused ? 'focus' : 'blur'));
}

/** Provides each test with a tracker, and removes its listeners and other effects after the test. */
export function useTracker(): { readonly current: Tracker } {
  const use = { current: undefined as unknown as Tracker };
  let undo: (() => void)[] = [];

  beforeEach(() => {
    vi.useFakeTimers();
    const tracker = new Tracker();
    use.current = tracker;
    vi.stubGlobal('fetch', tracker.fetch);
    Object.defineProperty(document, 'scrollingElement', {
      value: document.documentElement,
      configurable: true,
    });
    vi.stubGlobal('IntersectionObserver', Observer);
    vi.stubGlobal('PerformanceObserver', Observer);
    Object.defineProperty(navigator, 'sendBeacon', {
      value: tracker.sendBeacon,
      configurable: true,
      writable: true,
    });
    performance.getEntriesByType = () =>
      [{ loadEventStart: 321.4 }] as unknown as PerformanceEntryList;
    vi.spyOn(document, 'hasFocus').mockReturnValue(true);
    for (const target of [window, document]) {
      const native: EventTarget['addEventListener'] = target.addEventListener;
      target.addEventListener = (...args: [string, EventListener, AddEventListenerOptions?]) => {
        undo.push(() => target.removeEventListener(...args));
        native.apply(target, args);
      };
      undo.push(() => (target.addEventListener = native));
    }
    const { pushState, replaceState } = history;
    undo.push(() => Object.assign(history, { pushState, replaceState }));
  });

  afterEach(() => {
    undo.reverse().forEach((run) => run());
    undo = [];
    Reflect.deleteProperty(document, 'hidden');
    Reflect.deleteProperty(document, 'prerendering');
    Reflect.deleteProperty(window, 'webwatch');
    Reflect.deleteProperty(window, 'navigation');
    document.head.innerHTML = '<title>Products</title>';
    document.body.innerHTML = '';
    history.replaceState(null, '', '/products?id=7&utm_source=mail');
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });
  return use;
}
