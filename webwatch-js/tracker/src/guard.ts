/** Wraps an entry point so that nothing the tracker does throws into the page. */
export function guard<A extends unknown[]>(run: (...args: A) => void): (...args: A) => void {
  return (...args) => {
    try {
      run(...args);
    } catch {
      // The page comes first: a failed measurement is not its concern.
    }
  };
}
