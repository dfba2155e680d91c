import { expect, test } from 'vitest';
import { useTracker } from './tracker';

const tracker = useTracker();

const errorsAfter = async (...errors: ErrorEventInit[]) => {
  await tracker.current.load();
  for (const error of errors) window.dispatchEvent(new ErrorEvent('error', error));
  await tracker.current.flush();
  return tracker.current.of('error').map(({ me, so, li }) => ({ me, so, li }));
};

test('an error is reported with clean addresses', async () => {
  const message = 'Failed at https://user:secret@shop.example/a?token=t#b, again';
  const filename = 'https://shop.example/app.js?session=s';
  expect(await errorsAfter({ message, filename, lineno: 3 })).toEqual([
    { me: 'Failed at https://shop.example/a again', so: 'https://shop.example/app.js', li: 3 },
  ]);
});

test('an error with invalid addresses is reported without them', async () => {
  expect(await errorsAfter({ message: 'at http://[', filename: 'http://[', lineno: 1 })).toEqual([
    { me: 'at ', so: '', li: 1 },
  ]);
});

test('equal errors are reported once', async () => {
  const error = { message: 'oops', filename: 'https://shop.example/app.js', lineno: 1 };
  expect(await errorsAfter(error, error, { ...error, lineno: 2 })).toHaveLength(2);
});
