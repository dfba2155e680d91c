/** Milliseconds from the start of the navigation (or activation of a prerendered page) to its load event, once known. */
export function loadTime(): number | undefined {
  const entry = performance.getEntriesByType('navigation')[0] as
    (PerformanceNavigationTiming & { activationStart?: number }) | undefined;
  return entry?.loadEventStart
    ? Math.max(0, Math.round(entry.loadEventStart - (entry.activationStart || 0)))
    : undefined;
}
