import { listen } from './listen';

export type Path = readonly Element[];

/** The innermost of the elements that matches. */
export const find = (path: Path, css: string): Element | undefined =>
  path.find((element) => element.matches(css));

/** The elements of an event, innermost first and through open shadow trees; none of those to ignore. */
export const pathOf = (event: Event): Path => {
  const path = (event.composedPath() as Element[]).filter((target) => target.matches);
  return find(path, '[data-webwatch-ignore]') ? [] : path;
};

/** Calls back for every click of the main or middle button outside of `data-webwatch-ignore`. */
export const onClick = (handle: (path: Path, event: MouseEvent) => unknown): void => {
  let control: unknown;
  listen<MouseEvent>('click auxclick', (event) => {
    const path = pathOf(event);
    // The browser follows a click on a label with one on its control: one action of the user.
    const follows = path[0] == control;
    control = (find(path, 'label') as HTMLLabelElement | undefined)?.control;
    if (path.includes(control as Element)) control = 0;
    if (!follows && event.button < 2) handle(path, event);
  });
};
