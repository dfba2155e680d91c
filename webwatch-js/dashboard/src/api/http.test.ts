import { describe, expect, it, vi } from 'vitest';
import { jsonResponse, problemResponse } from '../test/fixtures';
import { ApiError, getJson } from './http';

function respondWith(response: Response | Error) {
  const fetchFake = vi.fn<typeof fetch>(() =>
    response instanceof Error ? Promise.reject(response) : Promise.resolve(response),
  );
  vi.stubGlobal('fetch', fetchFake);
  return fetchFake;
}

async function errorOf(response: Response | Error): Promise<ApiError> {
  respondWith(response);
  const error: unknown = await getJson('api/status').catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ApiError);
  return error as ApiError;
}

describe('getJson', () => {
  it('fetches from an address relative to the page', async () => {
    const fetchFake = respondWith(jsonResponse({ version: '1' }));
    await expect(getJson('api/status')).resolves.toEqual({ version: '1' });
    expect(fetchFake.mock.calls[0]?.[0]).toBe('api/status');
  });

  it('reports the detail and the code of a problem document', async () => {
    const error = await errorOf(
      problemResponse(503, { code: 'store_unavailable', title: 'No', detail: 'The file is locked.' }),
    );
    expect(error).toMatchObject({ status: 503, code: 'store_unavailable', message: 'The file is locked.' });
  });

  it('falls back to the title and then to the status', async () => {
    expect((await errorOf(problemResponse(400, { title: 'Bad metric' }))).message).toBe('Bad metric');
    expect((await errorOf(new Response('<h1>Oops</h1>', { status: 502 }))).message).toContain('502');
  });

  it('survives a problem document that is not valid JSON', async () => {
    const broken = new Response('{', {
      status: 500,
      headers: { 'Content-Type': 'application/problem+json' },
    });
    expect((await errorOf(broken)).code).toBe('http_500');
  });

  it('says what to do when access is denied without a reason', async () => {
    expect((await errorOf(new Response('', { status: 403 }))).message).toContain('Sign in');
  });

  it('recognises a sign-in page instead of data', async () => {
    const page = new Response('<html>', { status: 200, headers: { 'Content-Type': 'text/html' } });
    expect((await errorOf(page)).code).toBe('not_json');
  });

  it('reports a server that cannot be reached', async () => {
    expect(await errorOf(new TypeError('Failed to fetch'))).toMatchObject({ status: 0, code: 'network' });
  });

  it('rethrows an abort, so that it is not shown as an error', async () => {
    const abort = new AbortController();
    abort.abort();
    vi.stubGlobal('fetch', () => Promise.reject(abort.signal.reason as Error));
    await expect(getJson('api/status', abort.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });
});
