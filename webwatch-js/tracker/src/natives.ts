/**
 * The natives as they were when the tracker started: what the page redefines later does no harm.
 */
export const win = window;
export const doc = document;
export const nav = navigator;
export const startTimer = win.setTimeout.bind(win);
export const stopTimer = win.clearTimeout.bind(win);
export const nativeFetch = win.fetch.bind(win);
export const sendBeacon = nav.sendBeacon?.bind(nav);
export const quote: (value: unknown) => string = JSON.stringify;

const clock = performance.now.bind(performance);
/** Whole milliseconds of a clock that nobody sets. */
export const now = (): number => Math.round(clock());

const encoder = new TextEncoder();
export const byteLength = (text: string): number => encoder.encode(text).length;
