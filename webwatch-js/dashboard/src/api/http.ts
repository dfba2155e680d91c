/** An RFC 9457 problem as sent by the server. Any member may be missing, for example when a proxy answered. */
interface Problem {
  title?: string;
  code?: string;
  detail?: string;
}

/** A failed request. `message` is a sentence for the user. */
export class ApiError extends Error {
  /** HTTP status, or 0 if there was no response. */
  readonly status: number;
  /** The code of the problem document, or `network`, `timeout`, `not_json` or `http_STATUS` without one. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
  }
}

const TIMEOUT_MILLIS = 30_000;

/**
 * Fetches JSON from an address relative to the page, so that it works under any context path. Rejects with
 * {@link ApiError}, or with AbortError when `signal` is aborted.
 */
export async function getJson<T>(address: string, signal?: AbortSignal): Promise<T> {
  const response = await send(address, signal);
  if (!response.ok) {
    throw await problemOf(response);
  }
  if (!isJson(response)) {
    throw new ApiError(
      response.status,
      'not_json',
      'The server returned a web page instead of data. You may be signed out: reload this page.',
    );
  }
  return (await response.json()) as T;
}

async function send(address: string, signal?: AbortSignal): Promise<Response> {
  const timeout = AbortSignal.timeout(TIMEOUT_MILLIS);
  try {
    return await fetch(address, {
      headers: { Accept: 'application/json' },
      credentials: 'same-origin',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
  } catch (error) {
    if (signal?.aborted) {
      throw error;
    }
    if (timeout.aborted) {
      throw new ApiError(0, 'timeout', 'The server did not respond in time.');
    }
    throw new ApiError(0, 'network', 'The server cannot be reached.');
  }
}

function isJson(response: Response): boolean {
  return /[/+]json\b/.test(response.headers.get('Content-Type') ?? '');
}

async function problemOf(response: Response): Promise<ApiError> {
  let problem: Problem = {};
  if (isJson(response)) {
    problem = await response.json().then(
      (body: Problem | null) => body ?? {},
      () => ({}),
    );
  }
  const message = problem.detail ?? problem.title ?? fallback(response.status);
  return new ApiError(response.status, problem.code ?? `http_${response.status}`, message);
}

function fallback(status: number): string {
  if (status === 401 || status === 403) {
    return 'You do not have access to this dashboard. Sign in again, or ask for access.';
  }
  return `The server responded with status ${status}.`;
}

/** The message to show for any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
