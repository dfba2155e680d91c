import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Status } from '../api/status';
import type { QueryResult } from '../api/query';
import type { Loaded } from '../components/useLoad';
import { jsonResponse, problemResponse, status } from '../test/fixtures';
import { inProgressIndex } from './IntervalsPanel';
import { HistoryPage } from './HistoryPage';

const NOTE = 'Visitors over several days are the sum of the daily visitors.';
const HOSTILE = '<img src=x onerror=alert(1)>';

function loaded(data: Status | null, error: Error | null = null): Loaded<Status> {
  return { data, error, stale: false, reload: () => undefined };
}

/** Responds like the server: `value` for every metric, in one row, two intervals, or a row per label. */
function answer(address: string, value: number, labels: string[]): QueryResult {
  const parameters = new URLSearchParams(address.slice(address.indexOf('?')));
  const metrics = parameters.get('metrics')?.split(',') ?? [];
  const dimension = parameters.get('dimensions');
  const interval = parameters.get('interval');
  const figures = metrics.map(() => value);
  const lead = dimension ? [{ name: dimension, kind: 'dimension' as const }] : [];
  const time = interval ? [{ name: 'time', kind: 'time' as const }] : [];
  const rows = dimension
    ? labels.map((label) => [label, ...figures])
    : interval
      ? [
          ['2026-01-01T00:00:00Z', ...figures],
          ['2026-01-02T00:00:00Z', ...figures],
        ]
      : [figures];
  return {
    columns: [...time, ...lead, ...metrics.map((name) => ({ name, kind: 'metric' as const }))],
    rows,
    from: '',
    to: '',
    time_zone: 'UTC',
    truncated: false,
    notes: dimension || interval ? [] : [NOTE],
    elapsed_ms: 1,
  };
}

const fetchFake = vi.fn<(address: string) => Promise<Response>>();
const addresses = () => fetchFake.mock.calls.map(([address]) => address);

beforeEach(() => {
  vi.stubGlobal('fetch', fetchFake);
  fetchFake.mockReset();
  fetchFake.mockImplementation((address) =>
    Promise.resolve(jsonResponse(answer(address, 1500, ['/a', HOSTILE]))),
  );
});

describe('history', () => {
  it("shows totals, the server's notes and rankings", async () => {
    const { container } = render(<HistoryPage status={loaded(status())} />);
    await waitFor(() => {
      expect(screen.getByRole('region', { name: 'Totals for the period' })).toHaveTextContent(
        'Page views1,500',
      );
    });
    expect(screen.getByText(new RegExp(NOTE))).toBeInTheDocument();
    const pages = await screen.findByRole('table', { name: 'Top pages by Page' });
    expect(within(pages).getByRole('rowheader', { name: HOSTILE })).toBeInTheDocument();
    expect(container.querySelector('img')).toBeNull();
    expect(addresses().every((address) => address.startsWith('api/query?'))).toBe(true);
  });

  it("queries the chosen days in the browser's time zone", async () => {
    render(<HistoryPage status={loaded(status())} />);
    await userEvent.click(screen.getByRole('button', { name: 'Today' }));
    await screen.findByRole('heading', { name: 'By hour' });
    const hourly = addresses().find((address) => address.includes('interval=hour'));
    const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    expect(new URLSearchParams(hourly).get('tz')).toBe(zone);
    expect(screen.getByRole('button', { name: 'Today' })).toHaveAttribute('aria-pressed', 'true');
  });

  it('compares with the previous period', async () => {
    fetchFake.mockImplementation((address) => {
      const earlier = /T\d\d/.test(address); // only the bounds of the previous period have a time of day
      return Promise.resolve(jsonResponse(answer(address, earlier ? 1000 : 1500, [])));
    });
    render(<HistoryPage status={loaded(status())} />);
    await waitFor(() => {
      const totals = screen.getByRole('region', { name: 'Totals for the period' });
      expect(totals).toHaveTextContent('↑up 50%, was 1,000');
    });
  });

  it('switches a ranking to another dimension', async () => {
    render(<HistoryPage status={loaded(status())} />);
    await userEvent.click(screen.getByRole('button', { name: 'Referrer' }));
    expect(await screen.findByRole('table', { name: 'Sources by Referrer' })).toBeInTheDocument();
  });

  it('offers the data of each panel as CSV', async () => {
    render(<HistoryPage status={loaded(status())} />);
    const link = await screen.findByRole('link', { name: 'Download Top pages as CSV' });
    const parameters = new URLSearchParams(link.getAttribute('href')?.split('?')[1]);
    expect(Object.fromEntries(parameters)).toMatchObject({
      format: 'csv',
      dimensions: 'path',
      limit: '10000',
    });
  });

  it('hides and shows a series of the chart, but never hides the last one', async () => {
    render(<HistoryPage status={loaded(status())} />);
    const toggles = within(await screen.findByRole('group', { name: 'Series in the chart' })).getAllByRole(
      'button',
    );
    for (const toggle of toggles) {
      await userEvent.click(toggle);
    }
    expect(toggles.map((toggle) => toggle.getAttribute('aria-pressed'))).toEqual(['false', 'false', 'true']);
  });

  it('shows a notice instead of an empty chart', async () => {
    fetchFake.mockImplementation((address) => Promise.resolve(jsonResponse(answer(address, 0, []))));
    render(<HistoryPage status={loaded(status())} />);
    expect(await screen.findByText('No data for this period')).toBeInTheDocument();
    expect(await screen.findByText('No page views in this period')).toBeInTheDocument();
    expect(await screen.findByText('No custom events in this period')).toBeInTheDocument();
  });

  it("reports once, in the server's words, that the store is unavailable", async () => {
    const detail = 'The DuckDB file is locked by process 4711.';
    fetchFake.mockImplementation(() =>
      Promise.resolve(problemResponse(503, { code: 'store_unavailable', detail })),
    );
    render(<HistoryPage status={loaded(status())} />);
    expect(await screen.findAllByText(detail)).toHaveLength(1);
    const before = fetchFake.mock.calls.length;
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(fetchFake.mock.calls.length).toBeGreaterThan(before);
    expect(screen.queryByText(/Loading|could not be loaded/)).toBeNull();
  });

  it('waits for the totals before it loads anything else', async () => {
    let respond: (response: Response) => void = () => undefined;
    fetchFake.mockImplementationOnce(() => new Promise((resolve) => (respond = resolve)));
    render(<HistoryPage status={loaded(status())} />);
    expect(addresses()).toHaveLength(1);
    expect(addresses()[0]).toContain('bounce_rate');
    respond(jsonResponse(answer(addresses()[0] ?? '', 1500, [])));
    await waitFor(() => {
      expect(addresses().length).toBeGreaterThan(1);
    });
  });

  it('keeps earlier figures when they cannot be refreshed, and says so', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    try {
      render(<HistoryPage status={loaded(status())} />);
      expect(await screen.findByRole('table', { name: 'Top pages by Page' })).toBeInTheDocument();
      fetchFake.mockImplementation(() =>
        Promise.resolve(problemResponse(503, { detail: 'The store is closed.' })),
      );
      await vi.advanceTimersByTimeAsync(61_000);
      expect(await screen.findByText('The history could not be refreshed')).toBeInTheDocument();
      expect(screen.getAllByText('The store is closed.')).toHaveLength(1);
      expect(screen.getByRole('table', { name: 'Top pages by Page' })).toBeInTheDocument();
    } finally {
      vi.useRealTimers();
    }
  });

  it('shows the other panels when one fails', async () => {
    fetchFake.mockImplementation((address) =>
      Promise.resolve(
        address.includes('dimensions=name')
          ? problemResponse(501, { detail: 'The store does not support custom events.' })
          : jsonResponse(answer(address, 1500, ['/a'])),
      ),
    );
    render(<HistoryPage status={loaded(status())} />);
    expect(await screen.findByText('The store does not support custom events.')).toBeInTheDocument();
    expect(await screen.findByRole('table', { name: 'Top pages by Page' })).toBeInTheDocument();
  });

  it('shows which dependency to add when there is no store, and sends no query', () => {
    render(
      <HistoryPage status={loaded(status({ store: null, hint: 'Add io.webwatch:webwatch-duckdb.' }))} />,
    );
    expect(screen.getByRole('heading', { name: 'History needs a store' })).toBeInTheDocument();
    expect(screen.getByText('Add io.webwatch:webwatch-duckdb.')).toBeInTheDocument();
    expect(fetchFake).not.toHaveBeenCalled();
  });

  it('shows why the status is unavailable', () => {
    render(<HistoryPage status={loaded(null, new Error('The server cannot be reached.'))} />);
    expect(screen.getByRole('alert')).toHaveTextContent('The server cannot be reached.');
  });
});

describe('custom range', () => {
  it('rejects days in the wrong order, and keeps the last valid range', async () => {
    const user = userEvent.setup();
    render(<HistoryPage status={loaded(status())} />);
    await user.click(screen.getByRole('button', { name: 'Custom' }));
    const first = screen.getByLabelText('First day');
    const asked = fetchFake.mock.calls.length;
    await user.clear(first);
    await user.type(first, '2999-01-01');
    expect(screen.getByText('The first day must not be after the last day.')).toBeInTheDocument();
    expect(
      addresses()
        .slice(asked)
        .some((address) => address.includes('2999')),
    ).toBe(false);
  });
});

describe('interval in progress', () => {
  it('is the last one that has begun', () => {
    expect(inProgressIndex([0, 10, 20, 30], 25)).toBe(2);
    expect(inProgressIndex([0, 10, 20], 25)).toBe(2);
  });

  it('does not exist when the range is in the past', () => {
    expect(inProgressIndex([0, 10, 20], 31)).toBe(-1);
  });
});
