import { listen } from './listen';

export type Path = readonly Element[];

/** Returns the innermost element of the path that matches the selector. */
export const find = (path: Path, css: string): Element | undefined =>
  path.find((element) => element.matches(css));

/**
 * Returns the elements on the path of an event, innermost first and including those in open shadow trees. The path is
 * empty if one of them has the attribute `data-webwatch-ignore`.
 */
export const pathOf = (event: Event): Path => {
  const path = (event.composedPath() as Element[]).filter((target) => target.matches);
  return find(path, '[data-webwatch-ignore]') ? [] : path;
};

/** Calls the handler for every click of the main or middle button. */
export const onClick = (handle: (path: Path, event: MouseEvent) => unknown): void => {
  let control: unknown;
  listen<MouseEvent>('click auxclick', (event) => {
    const path = pathOf(event);
    // After a click on a label the browser dispatches another one on its control: one action of the user.
    const follows = path[0] == control;
    control = (find(path, 'label') as HTMLLabelElement | undefined)?.control;
    if (path.includes(control as Element)) control = 0;
    if (!follows && event.button < 2) handle(path, event);
  });
};
