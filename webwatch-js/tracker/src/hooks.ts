import { guard } from './guard';

const hooks: ((ended?: boolean) => void)[] = [];

/**
 * Registers a callback for changes of the page view. It is called with
 *
 * - `false` when the page is hidden: record what is pending;
 * - `true` when the view ends because the page is left or another view is about to begin: record what is pending;
 * - `undefined` when a view has begun: reset all state.
 *
 * A page that is left is usually hidden as well, before or after.
 */
export const onChange = (run: (ended?: boolean) => unknown): unknown => hooks.push(guard(run));

/** Runs the registered callbacks. */
export const notify = (ended?: boolean): void => hooks.forEach((run) => run(ended));
