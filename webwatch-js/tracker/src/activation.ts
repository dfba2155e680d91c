import { guard } from './guard';
import { doc } from './natives';

/** Runs once the page is shown to a person: at once, or when a prerendered page is activated. */
export function whenActive(run: () => void): void {
  if ((doc as Document & { prerendering?: boolean }).prerendering) {
    doc.addEventListener('prerenderingchange', guard(run), { once: true });
  } else {
    run();
  }
}
