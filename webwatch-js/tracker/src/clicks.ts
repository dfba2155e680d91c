import type { Capture } from './capture';
import { cleanUrl } from './clean-url';
import { cut } from './cut';
import { doc, win } from './natives';
import { onClick } from './on-click';
import { selector } from './selector';

const ACTIONABLE =
  'a,button,input,select,textarea,label,summary,[role],[onclick],[data-testid],[data-webwatch-name]';

const perMille = (value: number, whole: number): number =>
  Math.max(0, Math.min(1000, Math.round((value / whole) * 1000)));

/** Any click: which element, where, and whereto. Never text or a value. */
export const clicks: Capture = (record, settings) => {
  onClick((path, event) => {
    const element = path.find((candidate) => candidate.matches(ACTIONABLE)) || path[0]!;
    const href = path
      .find((candidate) => candidate.matches('a[href],area[href]'))
      ?.getAttribute('href');
    const target = href != null ? cleanUrl(href, settings.params) : undefined;
    const root = doc.documentElement;
    const box = element.getBoundingClientRect();
    const { clientX, clientY } = event;
    // A click by keyboard has no place.
    const placed = event.detail || clientX || clientY;
    record('click', {
      el: cut(selector(element), 256),
      tg: cut(element.localName, 32),
      ro: element.getAttribute('role')?.slice(0, 64),
      lb: element.getAttribute('data-webwatch-label')?.slice(0, 128),
      hr: target,
      ou: (target && /^http/.test(target) && new URL(target).host != location.host) || undefined,
      x: placed ? perMille(clientX + win.scrollX, root.scrollWidth) : undefined,
      y: placed ? perMille(clientY + win.scrollY, root.scrollHeight) : undefined,
      bx: [box.left + win.scrollX, box.top + win.scrollY, box.width, box.height].map((side) =>
        Math.max(0, Math.round(side)),
      ),
    });
  });
};
