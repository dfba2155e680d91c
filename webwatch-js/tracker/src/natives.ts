/**
 * The natives as they were when the tracker started: what the page redefines later does no harm. Functions of the
 * window need no `this`.
 */
export const win = window;
export const doc = document;
export const nav = navigator;
export const { setTimeout: startTimer, fetch: nativeFetch } = win;
export const { sendBeacon } = nav;
export const { stringify: quote } = JSON;
export const { max, min } = Math;

const { now: clock } = performance;
/** Whole milliseconds of a clock that nobody sets. */
export const now = (): number => clock.call(performance) | 0;
