import { guard } from './guard';
import { win } from './natives';

/** Listens passively and in the capture phase, so that the page can neither be delayed nor hide events. */
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
