import { customEvent } from './custom-event';
import { find, onClick } from './elements';

/** Custom events of elements: `data-webwatch-event` names one, the other `data-webwatch-*` are its properties. */
export const events = (): void =>
  onClick((path) => {
    const props: { [name: string]: string | null } = {};
    for (const { name, value } of find(path, '[data-webwatch-event]')?.attributes || []) {
      if (/^data-webwatch-/.test(name)) props[name.slice(14)] = value;
    }
    customEvent(props['event'], { ...props, event: null });
  });
