/** `buffer_full` becomes `Buffer full`. */
export function wordsOf(id: string): string {
  return capitalized(id.replaceAll('_', ' '));
}

export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
