import type { Capture } from './capture';
import { onClick } from './on-click';
import { customEvent } from './custom-event';

const PREFIX = 'data-webwatch-';

/** Custom events of elements: `data-webwatch-event` names one, the other `data-webwatch-*` are its properties. */
export const events: Capture = (record) => {
  onClick((path) => {
    const element = path.find((candidate) => candidate.hasAttribute(PREFIX + 'event'));
    if (!element) return;
    const props: { [name: string]: string } = {};
    for (const { name, value } of Array.from(element.attributes)) {
      const key = name.startsWith(PREFIX) && name.slice(PREFIX.length);
      if (key && key != 'event') props[key] = value;
    }
    customEvent(record, element.getAttribute(PREFIX + 'event'), props);
  });
};
