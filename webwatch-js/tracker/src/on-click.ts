import { listen } from './listen';
import { doc } from './natives';

/**
 * Calls back for every click of the main or middle button outside of `data-webwatch-ignore`, with the elements clicked,
 * innermost first and through open shadow trees.
 */
export function onClick(handle: (path: Element[], event: MouseEvent) => void): void {
  let control: Element | null | undefined;
  let time = 0;

  listen<MouseEvent>(doc, 'click auxclick', (event) => {
    const path = event
      .composedPath()
      .filter((target) => (target as Node).nodeType == 1) as Element[];
    // The browser follows a click on a label with one on its control: one action of the user.
    const follows = path[0] == control && event.timeStamp - time < 50;
    const label = path.find((element) => element.localName == 'label') as HTMLLabelElement;
    control = label && !path.includes(label.control!) ? label.control : null;
    time = event.timeStamp;
    if (
      follows ||
      event.button > 1 ||
      !path[0] ||
      path.some((element) => element.hasAttribute('data-webwatch-ignore'))
    ) {
      return;
    }
    handle(path, event);
  });
}
