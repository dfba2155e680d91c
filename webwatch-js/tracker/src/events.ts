import type { Capture } from './capture';
import { customEvent } from './custom-event';
import { find, onClick } from './on-click';

/** Custom events of elements: `data-webwatch-event` names one, the other `data-webwatch-*` are its properties. */
export const events: Capture = (record) => {
  onClick((path) => {
    const element = find(path, '[data-webwatch-event]');
    if (element) {
      const props: { [name: string]: string | undefined } = {};
      for (const { name, value } of element.attributes) {
        if (/^data-webwatch-/.test(name)) props[name.slice(14)] = value;
      }
      customEvent(record, props['event'], { ...props, event: undefined });
    }
  });
};
