import type { CDPSession } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** In µs, like the next two. */
  readonly ts: number;
  readonly dur?: number;
  /** CPU time of the thread, which does not depend on other load on the machine. */
  readonly tdur?: number;
  readonly args: { readonly data?: { readonly url?: string }; readonly url?: string };
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly cpu: number;
  /** How often the script forced the browser to compute style or layout. */
  forced: number;
}

/** Work of a script between two marks. Times are CPU time in µs. */
export interface Work {
  readonly cpu: number;
  readonly calls: number;
  /** All work of the page's main thread, whatever caused it. */
  readonly mainThread: number;
  /** The longest time that the script took within one task of the browser. */
  readonly longestTask: number;
  readonly frames: number;
  readonly forced: number;
  readonly maxForcedInFrame: number;
}

// Excludes V8's own categories: recording the compilation of every function is expensive for scripts with many small
// ones.
const CATEGORIES = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'v8.execute',
  'blink.user_timing',
];
const ENTRIES = new Set(['EvaluateScript', 'FunctionCall', 'v8.compile']);
const FORCED = new Set(['UpdateLayoutTree', 'Layout']);

/** Records a trace of the whole browser with its built-in profiler. */
export class Recorder {
  private readonly events: TraceEvent[] = [];
  private readonly collect = ({ value }: { value: object[] }) => {
    for (const event of value) this.events.push(event as TraceEvent);
  };

  private constructor(private readonly browser: CDPSession) {}

  static async start(browser: CDPSession): Promise<Recorder> {
    const recorder = new Recorder(browser);
    browser.on('Tracing.dataCollected', recorder.collect);
    await browser.send('Tracing.start', {
      transferMode: 'ReportEvents',
      traceConfig: { recordMode: 'recordAsMuchAsPossible', includedCategories: CATEGORIES },
    });
    return recorder;
  }

  async stop(page: string, script: string): Promise<Trace> {
    const complete = new Promise<{ dataLossOccurred: boolean }>((done) =>
      this.browser.once('Tracing.tracingComplete', done),
    );
    await this.browser.send('Tracing.end');
    const { dataLossOccurred } = await complete;
    this.browser.off('Tracing.dataCollected', this.collect);
    if (dataLossOccurred) throw new Error('The browser lost part of the trace.');
    return new Trace(this.events, page, script);
  }
}

const within = (outer: { start: number; end: number }, ts: number) =>
  outer.start <= ts && ts < outer.end;

/** A trace of one page that separates the work of one script from that of the page itself. */
export class Trace {
  private readonly marks = new Map<string, number>();
  private readonly spans: Span[] = [];
  private readonly tasks: Span[] = [];
  private readonly frames: number[] = [];
  /** Time for parsing on background threads, in µs. */
  readonly backgroundParse: number;

  constructor(events: readonly TraceEvent[], page: string, script: string) {
    const urlOf = ({ args }: TraceEvent) => args.data?.url ?? args.url;
    const parsed = events.filter(({ name }) => name === 'ParseHTML' || name === 'EvaluateScript');
    // Every trace contains the inline script of the page.
    const own = parsed.find((event) => event.name === 'EvaluateScript' && urlOf(event) === page);
    if (!own) throw new Error(`The trace does not contain the script of ${page}.`);
    const main = events
      .filter(({ pid, tid }) => pid === own.pid && tid === own.tid)
      .sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
    for (const event of main) this.add(event, urlOf(event) === script);
    this.backgroundParse = events
      .filter((event) => event.name === 'v8.parseOnBackground' && urlOf(event) === script)
      .reduce((sum, event) => sum + (event.tdur ?? 0), 0);
  }

  /** Adds an event of the main thread. Events are in the order of their start, outer ones first. */
  private add(event: TraceEvent, ofScript: boolean): void {
    const { name, ph, ts } = event;
    if (ph === 'X' && ENTRIES.has(name) ? ofScript : this.microtasks(event)) {
      addOutermost(this.spans, event);
    } else if (ph === 'X' && FORCED.has(name)) {
      const outer = this.spans.at(-1);
      if (outer && within(outer, ts)) outer.forced++;
    } else if (ph === 'X' && name === 'RunTask') {
      addOutermost(this.tasks, event);
    } else if (name === 'Commit' && ph === 'X') {
      this.frames.push(ts);
    } else if (ph === 'I' && name.startsWith('bench:')) {
      this.marks.set(name.slice('bench:'.length), ts);
    }
  }

  /** Whether an event is a run of microtasks of the script; before the script has started they belong to the parser. */
  private microtasks({ name, ph }: TraceEvent): boolean {
    return name === 'RunMicrotasks' && ph === 'X' && this.spans.length > 0;
  }

  /** Returns the work between two marks, or from the beginning to a mark. */
  between(from: string | undefined, to: string): Work {
    const range = { start: from ? this.at(from) : 0, end: this.at(to) };
    const spans = this.spans.filter(({ start }) => within(range, start));
    const tasks = this.tasks.filter(({ start }) => within(range, start));
    const frames = this.frames.filter((ts) => within(range, ts));
    const inFrame = new Map<number, number>();
    let frame = 0;
    for (const { start, forced } of spans) {
      while (frame < frames.length && frames[frame]! < start) frame++;
      inFrame.set(frame, (inFrame.get(frame) ?? 0) + forced);
    }
    return {
      cpu: sum(spans),
      calls: spans.length,
      mainThread: sum(tasks),
      longestTask: Math.max(
        0,
        ...tasks.map((task) => sum(spans.filter(({ start }) => within(task, start)))),
      ),
      frames: frames.length,
      forced: spans.reduce((total, { forced }) => total + forced, 0),
      maxForcedInFrame: Math.max(0, ...inFrame.values()),
    };
  }

  private at(mark: string): number {
    const ts = this.marks.get(mark);
    if (ts === undefined) throw new Error(`The trace does not contain the mark ${mark}.`);
    return ts;
  }
}

const span = ({ ts, dur = 0, tdur }: TraceEvent): Span => ({
  start: ts,
  end: ts + dur,
  cpu: tdur ?? dur,
  forced: 0,
});

/** Adds the span of an event unless it is part of the previous one. */
function addOutermost(spans: Span[], event: TraceEvent): void {
  const outer = spans.at(-1);
  if (!outer || !within(outer, event.ts)) spans.push(span(event));
}

const sum = (spans: readonly Span[]) => spans.reduce((total, { cpu }) => total + cpu, 0);
