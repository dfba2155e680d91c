import { find, onClick } from './elements';
import { guard } from './guard';
import { onChange } from './hooks';
import { later } from './later';
import { linkOf } from './link';
import { listen } from './listen';
import { doc, max, min, now } from './natives';
import { selector } from './selector';
import { record } from './tracker';

const LINKED = 'a,area,input,select,textarea,label,';
const ACTIONABLE = LINKED + 'button,summary,[role],[data-testid],[data-webwatch-name]';
/** Elements that may react to a click without changing the document, so that no click on them is considered dead. */
const NEVER_DEAD = LINKED + 'canvas,video,audio';
const RAGE_WITHIN = 1000;
const DEAD_AFTER = 1000;

/**
 * Captures clicks: the element, the position, the target of a link, and whether it is a rage click or a dead click.
 * Sends no values, and no text other than `data-webwatch-label`.
 */
export const clicks = (): void => {
  let recent: [time: number, element: Element][] = [];
  const waiting = new Set<(dead?: boolean) => void>();

  const settle = () => {
    changes.disconnect();
    waiting.forEach((write) => write());
    waiting.clear();
  };
  const changes = new MutationObserver(guard(settle));
  listen('scroll focusin blur', settle);
  onChange(settle);

  onClick((path, event) => {
    const at = now();
    const element = find(path, ACTIONABLE) || path[0]!;
    const href = linkOf(path)[1];
    const root = doc.documentElement;
    const box = element.getBoundingClientRect();
    // A click by keyboard has no position.
    const perMille = (value: number, whole: number) =>
      event.detail ? max(0, min(1000, ((value / whole) * 1000 + 0.5) | 0)) : null;

    recent = recent.filter(([time, of]) => at - time < RAGE_WITHIN && of == element);
    recent.push([at, element]);

    const fields = {
      el: selector(element),
      tg: element.localName,
      ro: element.getAttribute('role'),
      lb: element.getAttribute('data-webwatch-label'),
      hr: href,
      ou: (href?.split('/')[2] ?? location.host) != location.host || null,
      x: perMille(event.pageX, root.scrollWidth),
      y: perMille(event.pageY, root.scrollHeight),
      bx: [box.left + scrollX, box.top + scrollY, box.width, box.height].map(Math.round),
      rg: recent[2] && 1,
    };
    const write = (dead?: boolean) => record('click', { ...fields, dd: dead }, at);

    if (find(path, NEVER_DEAD)) {
      write();
    } else {
      waiting.add(write);
      // Includes the enclosing shadow trees.
      path.forEach((around) =>
        changes.observe(around.getRootNode(), {
          subtree: true,
          childList: true,
          attributes: true,
          characterData: true,
        }),
      );
      later(() => waiting.delete(write) && write(true), DEAD_AFTER);
    }
  });
};
