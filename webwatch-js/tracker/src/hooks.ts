import { guard } from './guard';

const hooks: ((over?: boolean) => void)[] = [];

/**
 * Calls back when the page is hidden (false) and when its view is over (true), as the page is left or another view is
 * about to begin: what is pending is to be recorded. And when a view has begun (undefined): all that was of the one
 * before is to be forgotten. A page that is left is mostly hidden too, before or after.
 */
export const onChange = (run: (over?: boolean) => unknown): unknown => hooks.push(guard(run));

export const tell = (over?: boolean): void => hooks.forEach((run) => run(over));
