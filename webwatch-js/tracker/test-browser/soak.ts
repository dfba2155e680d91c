import { setTimeout as wait } from 'node:timers/promises';
import { holds, type Engine } from './engine';
import type { Random } from './random';
import type { Received, Site } from './site';

const LEAVES = ['link', 'location', 'submit', 'reload', 'back', 'close'] as const;
type Leave = (typeof LEAVES)[number];

/** Maximum age of queued events when a tab is closed: a second plus the duration of a request. */
const FLUSH_INTERVAL = 1500;

/**
 * What was done in a page, and therefore which event must arrive: its path, its type, and one distinguishing attribute.
 */
interface Action {
  readonly path: string;
  readonly type: string;
  readonly what?: string | undefined;
  /** More than one event may arrive. */
  readonly atLeast?: boolean;
  /** Why the event may be missing according to docs/tracker.md. */
  excuse?: string | undefined;
}

export interface Line {
  type: string;
  done: number;
  lost: number;
  excused: number;
  duplicated: number;
}

/** The attribute that distinguishes the events of a type. */
const WHAT: { readonly [type: string]: string } = {
  click: 'element',
  custom: 'name',
  form_start: 'form',
  form_submit: 'form',
  form_abandon: 'form',
};

const BODY = (next: string) => `
  <div style="position:fixed;top:0;background:white">
    ${[0, 1, 2].map((i) => `<button id="b${i}" onclick="this.value = +this.value + 1">b${i}</button>`).join('')}
    <a id="next" href="${next}">next</a>
    <form id="f" action="${next}"><input id="i" name="i"><button id="send">send</button></form>
  </div>
  <div style="height:9000px"></div>`;

/** The page of one round, with the actions that a script performs on it at random. */
class ScriptedPage {
  path: string;
  /** How many views were pushed onto the history. */
  pushed = 0;
  private since = Date.now();
  private formStarted = false;
  private readonly recent: { at: number; action: Action }[] = [];

  constructor(
    private readonly engine: Engine,
    private readonly random: Random,
    private readonly base: string,
    private readonly names: Iterator<string, never>,
    private readonly done: Action[],
    private readonly excuse: string | undefined,
  ) {
    this.path = base;
  }

  actAtRandom(): Promise<unknown> {
    const action = this.random.pick([
      this.click,
      this.event,
      this.push,
      this.scroll,
      this.type,
      this.manyEvents,
      this.wait,
    ]);
    return action.call(this);
  }

  /** Records what the given way of leaving the page causes. */
  end(leave: Leave): void {
    if (leave === 'link') this.record('click', '#next');
    if (leave === 'submit') {
      this.record('click', '#send');
      this.record('form_submit', '#f');
      this.formStarted = false;
    }
    this.endView();
  }

  /** Allows actions since a point in time to be lost. */
  excuseSince(time: number, excuse: string): void {
    for (const { at, action } of this.recent) {
      if (at > time) action.excuse ??= excuse;
    }
  }

  private record(type: string, what?: string, more: Partial<Action> = {}): void {
    const action = { path: this.path, type, what, excuse: this.excuse, ...more };
    this.done.push(action);
    this.recent.push({ at: Date.now(), action });
  }

  private endView(): void {
    if (this.formStarted) this.record('form_abandon', '#f');
    this.formStarted = false;
    // A shorter view may count less than a millisecond.
    if (Date.now() - this.since > 50) this.record('engagement', undefined, { atLeast: true });
  }

  private async click(): Promise<void> {
    const id = '#b' + this.random.below(3);
    await this.engine.click(id);
    this.record('click', id);
  }

  private async event(): Promise<void> {
    const name = this.names.next().value;
    await this.engine.evaluate(`webwatch('event', '${name}', { base: '${this.base}' })`);
    this.record('custom', name);
  }

  private async push(): Promise<void> {
    if (this.pushed === 3) return;
    const path = `${this.base}/${++this.pushed}`;
    await this.engine.evaluate(`history.pushState(null, '', '${path}')`);
    this.endView();
    this.path = path;
    this.since = Date.now();
    this.record('page_view');
  }

  private scroll(): Promise<unknown> {
    return this.engine.evaluate(`scrollTo(0, ${this.random.below(9000)})`);
  }

  private async type(): Promise<void> {
    await this.engine.type('#i', 'x');
    await this.engine.evaluate('document.activeElement.blur()');
    if (!this.formStarted) this.record('form_start', '#f');
    this.formStarted = true;
  }

  private async manyEvents(): Promise<void> {
    const names = Array.from({ length: 20 }, () => this.names.next().value);
    await this.engine.evaluate(
      `void ${JSON.stringify(names)}.forEach((name) => webwatch('event', name, { text: 'x'.repeat(400) }))`,
    );
    for (const name of names) this.record('custom', name);
  }

  private wait(): Promise<void> {
    return wait(this.random.below(400));
  }
}

/** Names for custom events, in ascending order. */
function* eventNames(): Generator<string, never> {
  for (let i = 0; ; i++) yield 'e' + i;
}

/** Rounds in which an engine uses a page and leaves it at a random moment. */
export class Soak {
  readonly done: Action[] = [];
  /** By the path of a round: how its page was left, and for how long it was visible at most. */
  private readonly leaves = new Map<string, Leave>();
  private readonly lasted = new Map<string, number>();
  private readonly problems: string[] = [];
  private readonly names = eventNames();
  private ends: (() => void) | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly site: Site,
    private readonly random: Random,
  ) {}

  async round(number: number): Promise<void> {
    const { engine, site, random } = this;
    const base = `/soak/${number}`;
    const body = BODY(base + '/next');
    for (const path of ['', '/1', '/2', '/3']) await site.page(base + path, body);
    await site.page(base + '/next', 'next');
    const leave = random.pick(LEAVES);
    if (leave === 'back') {
      await this.arrive(await site.page(base + '/start', 'start'), base + '/start');
    }
    if (leave !== 'back' && random.below(7) === 0) return this.interruptedLoad(base);

    this.leaves.set(base, leave);
    const began = Date.now();
    await this.arrive(site.origin + base, base);
    const mood = random.below(8);
    if (mood === 0) await site.answers(503);
    if (mood === 1) await site.answers(1500);
    const excuse = mood === 0 ? 'the collector rejected it' : undefined;
    const page = new ScriptedPage(engine, random, base, this.names, this.done, excuse);
    for (let left = random.below(9); left > 0; left--) await page.actAtRandom();
    await wait(random.below(1500));

    page.end(leave);
    if (leave === 'close' && engine.name === 'firefox') {
      page.excuseSince(Date.now() - FLUSH_INTERVAL, 'Firefox closed the tab');
    }
    await this.leave(leave, base, page);
    // A reloaded page exists until the next one is opened.
    this.ends = () => this.lasted.set(base, Date.now() - began);
    await site.answers();
  }

  /** Opens a page and waits until the tracker is running. */
  private async arrive(address: string, path: string): Promise<void> {
    await this.engine.open(address);
    await this.isAt(path);
    this.ends?.();
    this.ends = undefined;
  }

  private async isAt(path: string): Promise<void> {
    await holds(
      this.engine.evaluate,
      `location.pathname === '${path}' && !window.left && window.webwatch?.dropped === 0`,
    );
    this.done.push({ path, type: 'page_view' });
  }

  private async leave(how: Leave, base: string, page: ScriptedPage): Promise<void> {
    const { engine, site } = this;
    switch (how) {
      case 'link':
        await engine.click('#next');
        return this.isAt(base + '/next');
      case 'submit':
        await engine.click('#send');
        return this.isAt(base + '/next');
      case 'location':
        await engine.evaluate(
          `void setTimeout(() => (location.href = '${site.origin + base}/next'))`,
        );
        return this.isAt(base + '/next');
      case 'reload':
        await engine.evaluate('window.left = true');
        await engine.reload();
        return this.isAt(page.path);
      case 'back':
        await engine.evaluate(`void setTimeout(() => history.go(${-1 - page.pushed}))`);
        return this.isAt(base + '/start');
      case 'close':
        return engine.closeTab();
    }
  }

  /** Leaves a page while it loads. Whether its events arrive is not determined, so only duplicates can be detected. */
  private async interruptedLoad(base: string): Promise<void> {
    const { engine, site, random } = this;
    await this.arrive(await site.page(base + '/before', 'before'), base + '/before');
    await engine.evaluate(`void setTimeout(() => (location.href = '${site.origin + base}'))`);
    await wait(random.below(300));
    const excuse = 'the page was left while it was loading';
    this.done.push({ path: base, type: 'page_view', excuse });
    if (random.below(2)) return engine.closeTab();
    // The load in progress may win.
    const next = site.origin + base + '/next';
    do await engine.open(next);
    while ((await engine.evaluate('location.href')) !== next);
    await this.isAt(base + '/next');
  }

  /** Compares the events that arrived with the actions. */
  async compare(): Promise<{ lines: Line[]; problems: string[] }> {
    let events = await this.site.events('/soak/');
    for (let tries = 0; tries < 40 && this.missing(events).some(({ excuse }) => !excuse); tries++) {
      await wait(250);
      events = await this.site.events('/soak/');
    }
    const lines = new Map<string, Line>();
    const line = (type: string) => {
      const found = lines.get(type) ?? { type, done: 0, lost: 0, excused: 0, duplicated: 0 };
      lines.set(type, found);
      return found;
    };
    for (const { type } of this.done) line(type).done++;
    for (const action of this.missing(events)) {
      const { type, excuse } = action;
      line(type)[excuse ? 'excused' : 'lost']++;
      this.problems.push(`lost${excuse ? `, because ${excuse}` : ''}: ${keyOf(action)}`);
    }
    for (const [key, count] of this.duplicated(events)) {
      line(key.split(' ')[1]!).duplicated += count;
      this.problems.push(`duplicated: ${key}`);
    }
    this.checkSequences(events);
    this.checkTimes(events);
    const by = (problem: string) => this.leaves.get(/\/soak\/\d+/.exec(problem)![0]) ?? 'load';
    return {
      lines: [...lines.values()],
      problems: this.problems.map((problem) => `${problem} (left by ${by(problem)})`),
    };
  }

  private missing(events: Received[]): Action[] {
    const arrived = counted(events.map(keyOf));
    const missing: Action[] = [];
    // Assigns the events that arrived to actions without an excuse first.
    for (const action of [...this.done].sort((a, b) => +!!a.excuse - +!!b.excuse)) {
      const key = keyOf(action);
      const left = arrived.get(key) ?? 0;
      if (left === 0) missing.push(action);
      else if (!action.atLeast) arrived.set(key, left - 1);
    }
    return missing;
  }

  private duplicated(events: Received[]): [key: string, count: number][] {
    const expected = counted(this.done.map(keyOf));
    const open = new Set(this.done.filter(({ atLeast }) => atLeast).map(({ type }) => type));
    const ids = counted(events.map(({ id, path, type }) => `${path} ${type} ${id}`));
    return [
      ...[...counted(events.map(keyOf))]
        .filter(
          ([key]) => (key.split(' ')[1]! in WHAT || / page_view$/.test(key)) && !open.has(key),
        )
        .map(([key, count]): [string, number] => [key, count - (expected.get(key) ?? 0)]),
      ...[...ids].map(([key, count]): [string, number] => [key, count - 1]),
    ].filter(([, count]) => count > 0);
  }

  /** The events of each page view are numbered from 0, and custom events are in the order of the script. */
  private checkSequences(events: Received[]): void {
    const views = new Map<string, Received[]>();
    for (const event of events) {
      views.set(event.page_view, [...(views.get(event.page_view) ?? []), event]);
    }
    const number = ({ id }: Received) => Number(id.split('.').pop());
    for (const [view, all] of views) {
      const sorted = all.sort((a, b) => number(a) - number(b));
      const excused = this.done.some(({ excuse, path }) => excuse && path === all[0]!.path);
      if (!excused && sorted.some((event, index) => number(event) !== index)) {
        this.problems.push(
          `gap: ${all[0]!.path} ${view} ${sorted.map((event) => `${number(event)} ${event.type}`).join(', ')}`,
        );
      }
      const names = sorted.filter(({ type }) => type === 'custom').map((event) => event['name']);
      const order = names.map((name) => Number((name as string).slice(1)));
      if (order.some((value, index) => index > 0 && value < order[index - 1]!)) {
        this.problems.push(`order: ${all[0]!.path} ${names.join()}`);
      }
    }
  }

  /** Time that was reported twice would exceed the time that has passed. */
  private checkTimes(events: Received[]): void {
    for (const [base, lasted] of this.lasted) {
      const reported = events
        .filter(({ path, type }) => type === 'engagement' && RegExp(`^${base}(/\\d)?$`).test(path))
        .reduce((sum, event) => sum + (event['visible_ms'] as number), 0);
      if (reported > lasted + 50) {
        this.problems.push(`time: ${base} ${reported} of ${lasted} ms`);
      }
    }
  }
}

/** Returns a string that is the same for an action and its event. */
const keyOf = (of: Action | Received): string =>
  [of.path, of.type, 'what' in of ? of.what : (of as Received)[WHAT[of.type] ?? '']]
    .filter((part) => part !== undefined)
    .join(' ');

const counted = (keys: string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
};
