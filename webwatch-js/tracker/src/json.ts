import { quote } from './natives';

export type Json = string | number | boolean | undefined | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/**
 * Serializes a value and ignores `toJSON`, which some libraries define on the prototypes of arrays and objects.
 * Properties that are null or undefined are omitted.
 */
export const json = (value: Json): string =>
  quote(value, function (this: { [key: string]: unknown }, key) {
    return this[key] ?? undefined;
  });
