import { quote } from './natives';

export type Json = string | number | boolean | undefined | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/**
 * Serialises what a value itself holds, not what `toJSON` makes of it, which some libraries define on the prototypes of
 * arrays and objects. Absent values are left out of objects.
 */
export const json = (value: Json): string =>
  quote(value, function (this: { [key: string]: unknown }, key) {
    return this[key] ?? undefined;
  });
