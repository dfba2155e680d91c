/**
 * A browser under test, independent of its driver. All input is real input of the browser, not dispatched by a script.
 */
export interface Engine {
  readonly name: 'chromium' | 'firefox' | 'webkit';
  /** Opens a page in the current tab and waits until it is loaded. */
  open(address: string): Promise<void>;
  /** Evaluates an expression in the page. */
  evaluate<T = unknown>(expression: string): Promise<T>;
  click(css: string, how?: Click): Promise<void>;
  /** Moves the mouse to a position in the window. */
  move(x: number, y: number): Promise<void>;
  /** Touches a position in the window, moves the finger to another one, and lifts it. */
  swipe(from: Position, to: Position): Promise<void>;
  /** Focuses a field and types. */
  type(css: string, text: string): Promise<void>;
  press(key: 'Enter' | 'Tab'): Promise<void>;
  back(): Promise<void>;
  reload(): Promise<void>;
  /** Closes the tab and continues in a new one. */
  closeTab(): Promise<void>;
  /** Opens a page in a hidden tab and continues there. Returns a function that shows the tab. */
  openHidden(address: string): Promise<() => Promise<void>>;
  quit(): Promise<void>;
}

export interface Click {
  readonly middle?: boolean;
  readonly control?: boolean;
  /** Number of clicks in quick succession. */
  readonly times?: number;
}

export type Position = readonly [x: number, y: number];

/** Waits until an expression is true in the page, even if the page is being replaced by another. */
export async function holds(evaluate: Engine['evaluate'], expression: string): Promise<void> {
  const end = Date.now() + 15_000;
  for (;;) {
    // A driver may never respond to an evaluation in a page that is being left.
    const timeout = new Promise((done) => setTimeout(done, 1000));
    const value = await Promise.race([evaluate(expression).catch(() => undefined), timeout]);
    if (value) return;
    if (Date.now() > end) throw new Error(`Timed out waiting until ${expression}`);
    await new Promise((done) => setTimeout(done, 25));
  }
}

/** Opens a page and waits until the tracker is running. */
export async function openTracked(engine: Engine, address: string): Promise<void> {
  await engine.open(address);
  await holds(engine.evaluate, 'window.webwatch?.dropped === 0');
}
