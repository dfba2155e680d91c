/** At most `length` UTF-16 units, never ending in half a surrogate pair or half a percent escape. */
export function cut(text: string, length: number): string {
  return text.length > length ? text.slice(0, length).replace(/[\uD800-\uDBFF]$|%\w?$/, '') : text;
}
