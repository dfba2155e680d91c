/** Whether this is the full build; the core build omits what only non-default settings need. Replaced at build time. */
declare const FULL: boolean;

/** Options passed to `start` of the module; undefined in the script, which reads its tag. Replaced at build time. */
declare const OPTIONS: { readonly [name: string]: unknown } | undefined;

/** A fast way to get the time zone, in browsers that support it. */
interface Window {
  readonly Temporal?: { readonly Now: { timeZoneId(): string } };
}
