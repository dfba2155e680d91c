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

/** A tracker in a page of its own, with a network that the test answers for. */
export class Tracker {
  /** Of requests and beacons. */
  readonly bodies: string[] = [];
  readonly beacons: string[] = [];
  /** Answers to requests in turn, then 204. A number is a status, an Error a failing network. */
  readonly answers: (number | Error | Response | Promise<Response>)[] = [];
  acceptsBeacons = true;

  // Async, because such a function's promises are native whatever the page has made of Promise.
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

  /** Everything sent, checked against the schema. */
  get batches(): Batch[] {
    return this.bodies.map((body) => {
      const batch: unknown = JSON.parse(body);
      if (!validateBatch(batch)) {
        throw new Error(`${body} is not in the protocol: ${JSON.stringify(validateBatch.errors)}`);
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

  /** Puts a script tag with these attributes into the page and runs the script. */
  async load(attributes: { [name: string]: string } = {}, src = '/watch/ww.js?v=1'): Promise<this> {
    vi.resetModules();
    const script = document.createElement('script');
    script.type = 'text/plain';
    Object.entries(attributes).forEach(([name, value]) => script.setAttribute(name, value));
    script.src = src;
    document.head.append(script);
    setCurrentScript(script);
    await import('../src/full');
    setCurrentScript(null);
    return this;
  }

  /** Lets the waiting be sent. */
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

const setCurrentScript = (script: HTMLScriptElement | null) =>
  Object.defineProperty(document, 'currentScript', { value: script, configurable: true });

/** What jsdom has not, as inert as it can be. */
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

/** Gives each test a tracker and, so that none is left over from the last, takes its listeners away again. */
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
