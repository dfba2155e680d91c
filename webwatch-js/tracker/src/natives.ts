/**
 * The natives as they were when the tracker started: what the page redefines later does no harm.
 */
export const win = window;
export const doc = document;
export const nav = navigator;
export const now = performance.now.bind(performance);
export const random = Math.random;
export const startTimer = win.setTimeout.bind(win);
export const stopTimer = win.clearTimeout.bind(win);
export const nextFrame = win.requestAnimationFrame.bind(win);
export const nativeFetch = win.fetch && win.fetch.bind(win);
export const sendBeacon = nav.sendBeacon && nav.sendBeacon.bind(nav);
export const quote: (text: string) => string = JSON.stringify;
export const isArray = Array.isArray;
export const keysOf = Object.keys;
const encoder = new TextEncoder();
export const byteLength = (text: string): number => encoder.encode(text).length;
