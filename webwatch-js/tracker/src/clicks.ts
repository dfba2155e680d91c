import type { Capture } from './capture';
import { cleanUrl } from './clean-url';
import { doc, win } from './natives';
import { find, onClick } from './on-click';
import { selector } from './selector';

const ACTIONABLE =
  'a,button,input,select,textarea,label,summary,[role],[data-testid],[data-webwatch-name]';

/** Any click: which element, where, and whereto. Never text or a value. */
export const clicks: Capture = (record) => {
  onClick((path, event) => {
    const element = find(path, ACTIONABLE) || path[0]!;
    const href = find(path, 'a[href],area[href]')?.getAttribute('href');
    const target = href && cleanUrl(href);
    const root = doc.documentElement;
    const box = element.getBoundingClientRect();
    const left = win.scrollX;
    const top = win.scrollY;
    // A click by keyboard has no place.
    const placed = event.detail || event.clientX || event.clientY;
    const perMille = (value: number, whole: number) =>
      placed ? Math.max(0, Math.min(1000, Math.round((value / whole) * 1000) || 0)) : undefined;

    record('click', {
      el: selector(element),
      tg: element.localName,
      ro: element.getAttribute('role'),
      lb: element.getAttribute('data-webwatch-label'),
      hr: target,
      ou: (/^http/.test(target!) && new URL(target!).host != location.host) || null,
      x: perMille(event.clientX + left, root.scrollWidth),
      y: perMille(event.clientY + top, root.scrollHeight),
      bx: [box.left + left, box.top + top, box.width, box.height].map(Math.round),
    });
  });
};
