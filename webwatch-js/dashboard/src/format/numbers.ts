const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const wholePercent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });

export const NOTHING = '–';

/** `12,345`. */
export function formatCount(value: number | null): string {
  return value === null ? NOTHING : whole.format(value);
}

/** `12,345` below one hundred thousand, otherwise `1.2M`. For places with little space. */
export function formatCompact(value: number | null): string {
  if (value === null) {
    return NOTHING;
  }
  return Math.abs(value) < 100_000 ? whole.format(value) : compact.format(value);
}

/** Formats rates and averages: with one decimal below 100. */
export function formatRate(value: number | null): string {
  if (value === null) {
    return NOTHING;
  }
  return Math.abs(value) < 100 ? oneDigit.format(value) : whole.format(value);
}

/** Formats a ratio between 0 and 1 as a percentage. */
export function formatRatio(value: number | null): string {
  return value === null ? NOTHING : percent.format(value);
}

/** `64 KB`, in multiples of 1,024. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${oneDigit.format(value)} ${units[unit] ?? 'B'}`;
}

/** `1 click`, `2 clicks`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

export type Change =
  { kind: 'none' } | { kind: 'new' } | { kind: 'same' } | { kind: 'up' | 'down'; text: string };

/** The change from `previous` to `current`, rounded to whole percent. */
export function changeOf(current: number | null, previous: number | null): Change {
  if (current === null || previous === null) {
    return { kind: 'none' };
  }
  if (previous === 0) {
    return current === 0 ? { kind: 'same' } : { kind: 'new' };
  }
  const ratio = (current - previous) / previous;
  if (Math.abs(ratio) < 0.005) {
    return { kind: 'same' };
  }
  const size = Math.abs(ratio);
  const text = size >= 10 ? `${oneDigit.format(size + 1)}×` : wholePercent.format(size);
  return { kind: ratio > 0 ? 'up' : 'down', text };
}
