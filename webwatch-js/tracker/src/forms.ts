import { pathOf } from './elements';
import { onChange } from './hooks';
import { later } from './later';
import { listen } from './listen';
import { now } from './natives';
import { selector } from './selector';
import { record } from './tracker';

/** Use of a field: how often it was focused, for how many milliseconds, and how often it was changed. */
type Use = [focuses: number, millis: number, changes: number];

interface Started {
  readonly _at: number;
  readonly _fields: Map<string, Use>;
  _last?: string;
}

/**
 * Captures when forms are started, submitted, found invalid or abandoned. Sends the names of fields but never values.
 */
export const forms = (): void => {
  const started = new Map<HTMLFormElement, Started>();
  let focused: Use | 0 = 0;
  let since: number;
  let invalid: unknown;

  const accrue = () => {
    if (focused) focused[1] += now() - since;
    since = now();
  };

  const write = (form: HTMLFormElement, type: string, last?: string) => {
    const begun = started.get(form);
    accrue();
    record('form_' + type, {
      fm: selector(form),
      du: begun && now() - begun._at,
      fs: begun && [...begun._fields].slice(0, 50).map(([name, use]) => [name, ...use]),
      lf: last || begun?._last,
    });
  };

  /** Returns the record of a field's use, and starts the form with the first one. */
  const usageOf = (form: HTMLFormElement, name: string): Use => {
    let begun = started.get(form);
    if (!begun) {
      started.set(form, (begun = { _at: now(), _fields: new Map() }));
      write(form, 'start', name);
    }
    const figures = begun._fields.get(name) || [0, 0, 0];
    begun._fields.set((begun._last = name), figures);
    return figures;
  };

  listen('focusin focusout change submit invalid', (event) => {
    const type = event.type;
    const field = pathOf(event)[0] as HTMLInputElement | undefined;
    const form = type == 'submit' ? (field as HTMLElement as HTMLFormElement) : field?.form;
    if (type != 'change') {
      accrue();
      if (/focus/.test(type)) focused = 0;
    }
    // Buttons do not count as fields.
    if (form && !/^(sub|but|res|im)/.test(field!.type)) {
      const name = field!.getAttribute('name') || field!.id;
      if (type == 'focusin') (focused = usageOf(form, name))[0]++;
      if (type == 'change') usageOf(form, name)[2]++;
      if (type == 'submit') {
        write(form, type);
        started.delete(form);
      }
      // Dispatched for each invalid field; only the first one of an attempt counts.
      if (type == 'invalid' && invalid != form) {
        invalid = form;
        later(() => (invalid = 0), 0);
        write(form, type, name);
      }
    }
  });

  onChange((ended) => {
    if (ended) {
      started.forEach((_, form) => write(form, 'abandon'));
      started.clear();
    }
  });
};
