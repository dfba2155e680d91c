import { quote } from './natives';

export type Json = string | number | boolean | undefined | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/**
 * Serialises without `toJSON`, which some libraries define on the prototypes of arrays and objects. Absent values are
 * left out of objects.
 */
export function json(value: Json): string {
  return value instanceof Array
    ? '[' + value.map(json) + ']'
    : value instanceof Object
      ? '{' +
        Object.keys(value)
          .filter((key) => (value as JsonObject)[key] != null)
          .map((key) => quote(key) + ':' + json((value as JsonObject)[key])) +
        '}'
      : quote(value);
}
