import { isArray, keysOf, quote } from './natives';

export type Json = string | number | boolean | undefined | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/**
 * Serialises without `toJSON`, which some libraries define on the prototypes of arrays and objects. Absent, empty and
 * non-finite values are left out of objects.
 */
export function json(value: Json): string {
  if (typeof value == 'string') return quote(value);
  if (isArray(value)) return '[' + value.map(json).join() + ']';
  return value && typeof value == 'object'
    ? '{' +
        keysOf(value)
          .filter((key) => {
            const item = (value as JsonObject)[key];
            return item != null && item === item && item !== Infinity && item !== -Infinity;
          })
          .map((key) => quote(key) + ':' + json((value as JsonObject)[key]))
          .join() +
        '}'
    : '' + value;
}
