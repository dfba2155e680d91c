/** Wraps an entry point so that nothing the tracker does throws into the page. */
export const guard =
  <A extends unknown[]>(run: (...args: A) => unknown): ((...args: A) => void) =>
  (...args) => {
    try {
      run(...args);
    } catch {
      // The page comes first: a failed measurement is not its concern.
    }
  };
