import { guard } from './guard';

/** Listens passively and in the capture phase, so that the page can neither be delayed nor hide events. */
export function listen<E extends Event>(
  target: EventTarget,
  types: string,
  handle: (event: E) => void,
): void {
  for (const type of types.split(' ')) {
    target.addEventListener(type, guard(handle) as EventListener, { capture: true, passive: true });
  }
}
