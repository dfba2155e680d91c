import { customEvent } from './custom-event';
import { find, onClick } from './elements';

/**
 * Captures clicks on elements with `data-webwatch-event` as custom events of that name. The element's other
 * `data-webwatch-*` attributes are the properties.
 */
export const events = (): void =>
  onClick((path) => {
    const props: { [name: string]: string | null } = {};
    for (const { name, value } of find(path, '[data-webwatch-event]')?.attributes || []) {
      if (/^data-webwatch-/.test(name)) props[name.slice(14)] = value;
    }
    customEvent(props['event'], { ...props, event: null });
  });
