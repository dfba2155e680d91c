import { listen } from './listen';
import { doc } from './natives';

export type Path = readonly Element[];

/** The innermost of the elements that matches. */
export const find = (path: Path, css: string): Element | undefined =>
  path.find((element) => element.matches(css));

/**
 * Calls back for every click of the main or middle button outside of `data-webwatch-ignore`, with the elements clicked,
 * innermost first and through open shadow trees.
 */
export function onClick(handle: (path: Path, event: MouseEvent) => void): void {
  let control: Element | null | undefined;

  listen<MouseEvent>(doc, 'click auxclick', (event) => {
    const path = event.composedPath().filter((target) => target instanceof Element);
    // The browser follows a click on a label with one on its control: one action of the user.
    const follows = path[0] == control;
    control = (find(path, 'label') as HTMLLabelElement | undefined)?.control;
    if (path.includes(control!)) control = null;
    if (path[0] && !follows && event.button < 2 && !find(path, '[data-webwatch-ignore]')) {
      handle(path, event);
    }
  });
}
