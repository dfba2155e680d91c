/** Wraps an entry point so that no exception of the tracker reaches the page. */
export const guard =
  <A extends unknown[]>(run: (...args: A) => unknown): ((...args: A) => void) =>
  (...args) => {
    try {
      run(...args);
    } catch {
      // A failed measurement must not disturb the page.
    }
  };
