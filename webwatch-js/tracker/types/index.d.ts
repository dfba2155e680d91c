/** What the tag's attributes say where there is a tag. Lists are arrays or texts with commas; see docs/tracker.md. */
export interface Options {
  /** Address to which events go, such as `/webwatch/events`. */
  readonly endpoint: string;
  readonly site?: string;
  /** Route template of the page that was loaded. */
  readonly route?: string;
  /** Names of captures; all by default, none when empty. */
  readonly capture?: readonly Capture[];
  /** Given: nothing is sent before `consent`. */
  readonly consent?: 'required';
  /** Given: with consent the visitor is known by a stored id, unless one of these wishes of the browser is there. */
  readonly storage?: '' | 'globalPrivacyControl' | 'doNotTrack' | 'globalPrivacyControl,doNotTrack';
  readonly queryParams?: string | readonly string[];
  /** Given: the fragment is part of the address. */
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
  /** Events that this page has lost. */
  readonly dropped: number;
}

/** Starts the tracker, once a page, and gives what is then `window.webwatch` too. On a server it does nothing. */
export function start(options: Options): WebWatch;
