import type { Recorder } from './capture';

/** Records a custom event with the first 32 of its properties; what is neither a number nor a boolean becomes text. */
export function customEvent(record: Recorder, name: unknown, props?: unknown): void {
  if (!name) return;
  const source = Object(props) as { [key: string]: unknown };
  const pp: { [key: string]: string | number | boolean } = {};
  for (const key of Object.keys(source).slice(0, 32)) {
    const value = source[key];
    if (value != null) {
      pp[key.slice(0, 64)] =
        value === !!value || Number.isFinite(value)
          ? (value as number | boolean)
          : `${value as string}`.slice(0, 512);
    }
  }
  record('custom', { nm: `${name as string}`.slice(0, 128), pp });
}
