import { find, pathOf } from './elements';
import { onChange } from './hooks';
import { listen } from './listen';
import { now } from './natives';
import { selector } from './selector';
import { record } from './tracker';

const HOVERED_AFTER = 200;

/** Captures how long the pointer rested on elements with `data-webwatch-hover`. */
export const hover = (): void => {
  let element: Element | undefined;
  let since: number;

  const rest = (next?: Element) => {
    if (element != next) {
      const ms = now() - since;
      if (element && ms >= HOVERED_AFTER) {
        record('hover', { el: selector(element), ms });
      }
      element = next;
      since = now();
    }
  };

  listen<PointerEvent>('pointerover pointerout', (event) => {
    if (event.type == 'pointerover') rest(find(pathOf(event), '[data-webwatch-hover]'));
    else if (!event.relatedTarget) rest();
  });
  onChange(() => rest());
};
