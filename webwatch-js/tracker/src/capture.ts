import type { JsonObject } from './json';

/** Adds an event to the current page view. */
export type Recorder = (type: string, data: JsonObject) => void;

/**
 * One kind of event that the tracker watches for: a file of its own, called once before the first page view begins, and
 * one line in `captures.ts`. It may return what it wants to be told.
 */
export type Capture = (record: Recorder) => CaptureHooks | void;

export interface CaptureHooks {
  /** A page view has begun: forget the one before. */
  view?(): void;
  /** The page is hidden or left, or its view ends: record what is pending. */
  leave?(): void;
}
