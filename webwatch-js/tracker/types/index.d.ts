/**
 * The counterparts of the script tag's attributes; see docs/tracker.md. A list is an array or a comma-separated string.
 */
export interface Options {
  /** Address to which events are sent, for example `/webwatch/events`. */
  readonly endpoint: string;
  readonly site?: string;
  /** Route template of the page that was loaded. */
  readonly route?: string;
  /** Names of the active captures; all by default, none if empty. */
  readonly capture?: readonly Capture[];
  /** If present, nothing is sent before a call of `consent`. */
  readonly consent?: 'required';
  /** If present, a visitor who agrees is identified by a stored id, unless one of these privacy signals is set. */
  readonly storage?: '' | 'globalPrivacyControl' | 'doNotTrack' | 'globalPrivacyControl,doNotTrack';
  readonly queryParams?: string | readonly string[];
  /** If present, the fragment is part of the address. */
  readonly hash?: true;
  readonly include?: string | readonly string[];
  readonly exclude?: string | readonly string[];
  readonly downloads?: string | readonly string[];
}

export type Capture =
  | 'clicks'
  | 'engagement'
  | 'events'
  | 'downloads'
  | 'forms'
  | 'media'
  | 'images'
  | 'movement'
  | 'hover'
  | 'vitals'
  | 'errors';

export interface WebWatch {
  (call: 'event', name: string, properties?: { readonly [name: string]: unknown }): void;
  (call: 'page'): void;
  (call: 'consent', granted: boolean): void;
  (call: 'identify', user: string | null): void;
  /** Number of events that this page has lost. */
  readonly dropped: number;
}

/**
 * Starts the tracker unless it is already running on the page, and returns `window.webwatch`. On a server the returned
 * function does nothing.
 */
export function start(options: Options): WebWatch;
