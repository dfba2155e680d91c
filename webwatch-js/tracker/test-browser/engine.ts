/** What the tests ask of a browser, whatever drives it. All input is the browser's own, none is made by a script. */
export interface Engine {
  readonly name: 'chromium' | 'firefox' | 'webkit';
  /** Opens a page in the present tab and waits until it is loaded. */
  open(address: string): Promise<void>;
  /** The value of an expression in the page. */
  evaluate<T = unknown>(expression: string): Promise<T>;
  click(css: string, how?: Click): Promise<void>;
  /** Moves the mouse there, in the window. */
  move(x: number, y: number): Promise<void>;
  /** A finger there, in the window, that comes, moves to the second place, and is lifted. */
  swipe(from: Place, to: Place): Promise<void>;
  /** Focuses a field and types. */
  type(css: string, text: string): Promise<void>;
  press(key: 'Enter' | 'Tab'): Promise<void>;
  back(): Promise<void>;
  reload(): Promise<void>;
  /** Closes the tab, and goes on in a new one. */
  closeTab(): Promise<void>;
  /** Opens a page in a tab that is not shown, goes on there, and gives what brings it to the front. */
  openHidden(address: string): Promise<() => Promise<void>>;
  quit(): Promise<void>;
}

export interface Click {
  readonly middle?: boolean;
  readonly control?: boolean;
  /** In quick succession. */
  readonly times?: number;
}

export type Place = readonly [x: number, y: number];

/** Waits until an expression holds in the page, also while it is being replaced by another. */
export async function holds(evaluate: Engine['evaluate'], expression: string): Promise<void> {
  const end = Date.now() + 15_000;
  for (;;) {
    // A driver may leave a question to a page that is going away unanswered.
    const silence = new Promise((done) => setTimeout(done, 1000));
    const value = await Promise.race([evaluate(expression).catch(() => undefined), silence]);
    if (value) return;
    if (Date.now() > end) throw new Error(`${expression} does not come to hold.`);
    await new Promise((done) => setTimeout(done, 25));
  }
}

/** Opens a page and waits for the tracker to run there. */
export async function openTracked(engine: Engine, address: string): Promise<void> {
  await engine.open(address);
  await holds(engine.evaluate, 'window.webwatch?.dropped === 0');
}
