/** False in the core build, which leaves out what only settings other than the defaults need; replaced by the build. */
declare const FULL: boolean;

/** What `start` of the module was given; the script has a tag instead. Replaced by the build. */
declare const OPTIONS: { readonly [name: string]: unknown } | undefined;

/** Where the browser has it, a cheap way to its time zone. */
interface Window {
  readonly Temporal?: { readonly Now: { timeZoneId(): string } };
}
