import { setTimeout as wait } from 'node:timers/promises';
import { holds, type Engine } from './engine';
import type { Random } from './random';
import type { Received, Site } from './site';

const LEAVES = ['link', 'location', 'submit', 'reload', 'back', 'close'] as const;
type Leave = (typeof LEAVES)[number];

/** What waits to be sent as a tab is closed is at most as old: a second, and what a request takes. */
const FLUSH_INTERVAL = 1500;

/** What the script did, and so what is to arrive: the events of a type, of one path, told apart by one attribute. */
interface Did {
  readonly path: string;
  readonly type: string;
  readonly what?: string | undefined;
  /** More of them than were done is no doubling. */
  readonly atLeast?: boolean;
  /** Why these may be missing, by docs/tracker.md. */
  excuse?: string | undefined;
}

export interface Line {
  type: string;
  did: number;
  lost: number;
  excused: number;
  doubled: number;
}

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

/** One engine's rounds of doing things on a page and leaving it at some moment. */
export class Soak {
  readonly did: Did[] = [];
  /** By the path of a round: how long its page can have been looked at. */
  private readonly leaves = new Map<string, Leave>();
  private readonly lasted = new Map<string, number>();
  private readonly problems: string[] = [];
  private events = 0;
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
    const excuse = mood === 0 ? 'the collector refused' : undefined;
    if (mood === 0) await site.answers(503);
    if (mood === 1) await site.answers(1500);

    let path = base;
    let pushed = 0;
    let since = Date.now();
    let started = false;
    const recent: { at: number; did: Did }[] = [];
    const note = (type: string, what?: string, more: Partial<Did> = {}) => {
      const did = { path, type, what, excuse, ...more };
      this.did.push(did);
      recent.push({ at: Date.now(), did });
    };
    const viewEnds = () => {
      if (started) note('form_abandon', '#f');
      started = false;
      // A shorter view may count no millisecond.
      if (Date.now() - since > 50) note('engagement', undefined, { atLeast: true });
    };
    const actions: (() => Promise<unknown>)[] = [
      async () => {
        const id = '#b' + random.below(3);
        await engine.click(id);
        note('click', id);
      },
      async () => {
        const name = 'e' + this.events++;
        await engine.evaluate(`webwatch('event', '${name}', { round: ${number} })`);
        note('custom', name);
      },
      async () => {
        if (pushed === 3) return;
        await engine.evaluate(`history.pushState(null, '', '${base}/${++pushed}')`);
        viewEnds();
        path = `${base}/${pushed}`;
        since = Date.now();
        note('page_view');
      },
      () => engine.evaluate(`scrollTo(0, ${random.below(9000)})`),
      async () => {
        await engine.type('#i', 'x');
        await engine.evaluate('document.activeElement.blur()');
        if (!started) note('form_start', '#f');
        started = true;
      },
      async () => {
        const first = this.events;
        this.events += 20;
        await engine.evaluate(
          `void [...Array(20).keys()].forEach((i) => webwatch('event', 'e' + (${first} + i), { text: 'x'.repeat(400) }))`,
        );
        for (let i = first; i < this.events; i++) note('custom', 'e' + i);
      },
      () => wait(random.below(400)),
    ];
    for (let left = random.below(9); left > 0; left--) await random.pick(actions)();
    await wait(random.below(1500));

    if (leave === 'link') note('click', '#next');
    if (leave === 'submit') {
      note('click', '#send');
      note('form_submit', '#f');
      started = false;
    }
    viewEnds();
    if (leave === 'close' && engine.name === 'firefox') {
      for (const { at, did } of recent) {
        if (Date.now() - at < FLUSH_INTERVAL) did.excuse ??= 'Firefox closed the tab';
      }
    }
    await this.leave(leave, base, path, pushed);
    // A page that was loaded anew is there until the next is.
    this.ends = () => this.lasted.set(base, Date.now() - began);
    await site.answers();
  }

  /** Opens a page and waits for the tracker to run. */
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
    this.did.push({ path, type: 'page_view' });
  }

  private async leave(how: Leave, base: string, path: string, pushed: number): Promise<void> {
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
        return this.isAt(path);
      case 'back':
        await engine.evaluate(`void setTimeout(() => history.go(${-1 - pushed}))`);
        return this.isAt(base + '/start');
      case 'close':
        return engine.closeTab();
    }
  }

  /** A page that is left while it still loads: what of it was seen is not known, so only doubling can be told. */
  private async interruptedLoad(base: string): Promise<void> {
    const { engine, site, random } = this;
    await this.arrive(await site.page(base + '/before', 'before'), base + '/before');
    await engine.evaluate(`void setTimeout(() => (location.href = '${site.origin + base}'))`);
    await wait(random.below(300));
    const excuse = 'the page was left while it was loading';
    this.did.push({ path: base, type: 'page_view', excuse });
    if (random.below(2)) return engine.closeTab();
    // The load that was begun may win.
    const next = site.origin + base + '/next';
    do await engine.open(next);
    while ((await engine.evaluate('location.href')) !== next);
    await this.isAt(base + '/next');
  }

  /** Compares what arrived with what was done. */
  async compare(): Promise<{ lines: Line[]; problems: string[] }> {
    let events = await this.site.events('/soak/');
    for (let tries = 0; tries < 40 && this.missing(events).some((did) => !did.excuse); tries++) {
      await wait(250);
      events = await this.site.events('/soak/');
    }
    const lines = new Map<string, Line>();
    const line = (type: string) => {
      const found = lines.get(type) ?? { type, did: 0, lost: 0, excused: 0, doubled: 0 };
      lines.set(type, found);
      return found;
    };
    for (const { type } of this.did) line(type).did++;
    for (const did of this.missing(events)) {
      line(did.type)[did.excuse ? 'excused' : 'lost']++;
      this.problems.push(`lost${did.excuse ? `, since ${did.excuse}` : ''}: ${told(did)}`);
    }
    for (const [key, count] of this.doubled(events)) {
      line(key.split(' ')[1]!).doubled += count;
      this.problems.push(`doubled: ${key}`);
    }
    this.checkSequences(events);
    this.checkTimes(events);
    const by = (problem: string) => this.leaves.get(/\/soak\/\d+/.exec(problem)![0]) ?? 'load';
    return {
      lines: [...lines.values()],
      problems: this.problems.map((problem) => `${problem} (left by ${by(problem)})`),
    };
  }

  private missing(events: Received[]): Did[] {
    const arrived = counted(events.map(told));
    const missing: Did[] = [];
    // Those without an excuse take what arrived first.
    for (const did of [...this.did].sort((a, b) => +!!a.excuse - +!!b.excuse)) {
      const key = told(did);
      const left = arrived.get(key) ?? 0;
      if (left === 0) missing.push(did);
      else if (!did.atLeast) arrived.set(key, left - 1);
    }
    return missing;
  }

  private doubled(events: Received[]): [key: string, count: number][] {
    const expected = counted(this.did.map(told));
    const open = new Set(this.did.filter((did) => did.atLeast).map((did) => did.type));
    const ids = counted(events.map(({ id, path, type }) => `${path} ${type} ${id}`));
    return [
      ...[...counted(events.map(told))]
        .filter(
          ([key]) => (key.split(' ')[1]! in WHAT || / page_view$/.test(key)) && !open.has(key),
        )
        .map(([key, count]): [string, number] => [key, count - (expected.get(key) ?? 0)]),
      ...[...ids].map(([key, count]): [string, number] => [key, count - 1]),
    ].filter(([, count]) => count > 0);
  }

  /** Of each page view the events bear the numbers from 0 on; and of events of one name the order is that of the script. */
  private checkSequences(events: Received[]): void {
    const views = new Map<string, Received[]>();
    for (const event of events) {
      views.set(event.page_view, [...(views.get(event.page_view) ?? []), event]);
    }
    const number = ({ id }: Received) => Number(id.split('.').pop());
    for (const [view, all] of views) {
      const sorted = all.sort((a, b) => number(a) - number(b));
      const refused = this.did.some((did) => did.excuse && did.path === all[0]!.path);
      if (!refused && sorted.some((event, index) => number(event) !== index)) {
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

  /** Time that was told twice would be more than there was. */
  private checkTimes(events: Received[]): void {
    for (const [base, lasted] of this.lasted) {
      const told = events
        .filter(({ path, type }) => type === 'engagement' && RegExp(`^${base}(/\\d)?$`).test(path))
        .reduce((sum, event) => sum + (event['visible_ms'] as number), 0);
      if (told > lasted + 50) this.problems.push(`time: ${base} ${told} of ${lasted} ms`);
    }
  }
}

const told = (of: Did | Received): string =>
  [of.path, of.type, 'what' in of ? of.what : (of as Received)[WHAT[of.type] ?? '']]
    .filter((part) => part !== undefined)
    .join(' ');

const counted = (keys: string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
};
