import type { Recorder } from './capture';
import { cut } from './cut';
import { keysOf } from './natives';

/** Records a custom event: of its properties the first 32 that are text, numbers or booleans. */
export function customEvent(record: Recorder, name: unknown, props?: unknown): void {
  if (!name) return;
  const source = Object(props) as { [key: string]: unknown };
  const pp: { [key: string]: string | number | boolean } = {};
  let count = 0;
  for (const key of keysOf(source)) {
    const value = source[key];
    if (
      (typeof value == 'string' || typeof value == 'boolean' || Number.isFinite(value)) &&
      count++ < 32
    ) {
      pp[cut(key, 64)] = typeof value == 'string' ? cut(value, 512) : (value as number | boolean);
    }
  }
  record('custom', { nm: cut('' + name, 128), pp });
}
