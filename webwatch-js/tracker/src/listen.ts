import { guard } from './guard';
import { win } from './natives';

/**
 * Adds passive listeners in the capture phase: they do not delay the page, and see events whose propagation it stops.
 *
 * @param types event types, separated by spaces
 */
export const listen = <E extends Event>(
  types: string,
  handle: (event: E) => unknown,
  target: EventTarget = win,
): void =>
  types.split(' ').forEach((type) =>
    target.addEventListener(type, guard(handle) as EventListener, {
      capture: true,
      passive: true,
    }),
  );
