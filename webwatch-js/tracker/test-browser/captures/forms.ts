import { expect, test } from 'vitest';
import type { Fixture } from '../behaviours';
import { holds } from '../engine';

/** Forms, in any engine. */
export function forms(of: Fixture): void {
  test('forms report start, submit, invalid fields and abandonment without any value', async () => {
    const { engine, site } = of;
    // Not an e-mail field: WebKit's driver may lose the @, and the field would be invalid.
    await of.visit(
      '/forms/all',
      `<form id="one" onsubmit="event.preventDefault()"><input name="email" required>
           <input name="pass" type="password"><input name="agree" type="checkbox"><button>Go</button></form>
         <form id="two"><input name="q"><textarea name="text"></textarea></form>`,
    );
    await engine.type('[name=pass]', 'hunter2');
    await engine.click('[name=agree]');
    await engine.click('#one button');
    await engine.type('[name=email]', 'someone@shop.example');
    await holds(engine.evaluate, "/example$/.test(document.querySelector('[name=email]').value)");
    await engine.press('Enter');
    await site.until('/forms/all', 'form_submit', 1);
    await engine.type('[name=text]', 'secret thoughts');
    await of.leave();
    const [abandon] = await site.until('/forms/all', 'form_abandon', 1);
    expect(abandon).toMatchObject({ form: '#two', last_field: 'text' });
    const starts = await site.events('/forms/all', 'form_start');
    expect(starts.map((event) => event['form'])).toEqual(['#one', '#two']);
    expect(await site.events('/forms/all', 'form_invalid')).toMatchObject([
      { form: '#one', last_field: 'email' },
    ]);
    const submits = await site.events('/forms/all', 'form_submit');
    expect(submits).toMatchObject([{ form: '#one', last_field: 'email' }]);
    const fields = submits[0]!['fields'] as { name: string; changes: number; focus_ms: number }[];
    expect(fields.map(({ name, changes }) => [name, changes])).toEqual([
      ['pass', 1],
      ['agree', 1],
      ['email', 1],
    ]);
    expect(submits[0]!['duration_ms']).toBeGreaterThan(0);
    expect(JSON.stringify(await site.events('/forms/all'))).not.toMatch(/hunter2|someone|secret/);
  });

  test('a form inserted later, with its own submit handler, is reported', async () => {
    const { engine, site } = of;
    await of.visit('/forms/late', '<main></main>');
    await engine.evaluate(`void (document.querySelector('main').innerHTML =
      '<form id="late" novalidate><input name="a" type="email" required><button>Go</button></form>')`);
    await engine.evaluate(
      "void document.getElementById('late').addEventListener('submit', (e) => { e.preventDefault(); e.stopImmediatePropagation(); })",
    );
    await engine.type('[name=a]', 'no address');
    await engine.press('Enter');
    const [submit] = await site.until('/forms/late', 'form_submit', 1);
    expect(submit).toMatchObject({ form: '#late', last_field: 'a' });
    await engine.evaluate("history.pushState(null, '', '/forms/late/next')");
    await site.until('/forms/late/next', 'page_view', 1);
    expect(await site.events('/forms/late', 'form_invalid')).toEqual([]);
    expect(await site.events('/forms/late', 'form_abandon')).toEqual([]);
  });
}
