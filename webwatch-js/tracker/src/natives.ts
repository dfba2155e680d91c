/**
 * Native objects and functions as they were when the tracker started, so that it does not depend on what the page
 * redefines later. Functions of the window do not need `this`.
 */
export const win = window;
export const doc = document;
export const nav = navigator;
export const { setTimeout: startTimer, fetch: nativeFetch } = win;
export const { sendBeacon } = nav;
export const { stringify: quote } = JSON;
export const { max, min } = Math;

const { now: clock } = performance;
/** Returns whole milliseconds of the browser's monotonic clock. */
export const now = (): number => clock.call(performance) | 0;
