import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Status } from '../api/status';
import type { QueryResult } from '../api/query';
import type { Loaded } from '../components/useLoad';
import { jsonResponse, problemResponse, status } from '../test/fixtures';
import { runningIndex } from './DaysPanel';
import { HistoryPage } from './HistoryPage';

const NOTE = 'Visitors over several days are the sum of the days.';
const HOSTILE = '<img src=x onerror=alert(1)>';

function loaded(data: Status | null, error: Error | null = null): Loaded<Status> {
  return { data, error, stale: false, reload: () => undefined };
}

/** Answers like the server: `value` for every metric, one row, or `rows` labels for a ranking. */
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
    timeZone: 'UTC',
    truncated: false,
    notes: dimension || interval ? [] : [NOTE],
    elapsedMillis: 1,
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
  it('shows totals, the note of the server and the rankings', async () => {
    const { container } = render(<HistoryPage status={loaded(status())} />);
    await waitFor(() => {
      expect(screen.getByRole('region', { name: 'Totals of the range' })).toHaveTextContent(
        'Page views1,500',
      );
    });
    expect(screen.getByText(new RegExp(NOTE))).toBeInTheDocument();
    const pages = await screen.findByRole('table', { name: 'Top pages by page' });
    expect(within(pages).getByRole('rowheader', { name: HOSTILE })).toBeInTheDocument();
    expect(container.querySelector('img')).toBeNull();
    expect(addresses().every((address) => address.startsWith('api/query?'))).toBe(true);
  });

  it('asks for the days of the chosen range in the zone of the browser', async () => {
    render(<HistoryPage status={loaded(status())} />);
    await userEvent.click(screen.getByRole('button', { name: 'Today' }));
    await screen.findByRole('heading', { name: 'By hour' });
    const hourly = addresses().find((address) => address.includes('interval=hour'));
    const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    expect(new URLSearchParams(hourly).get('tz')).toBe(zone);
    expect(screen.getByRole('button', { name: 'Today' })).toHaveAttribute('aria-pressed', 'true');
  });

  it('compares with the range before', async () => {
    fetchFake.mockImplementation((address) => {
      const earlier = /T\d\d/.test(address); // only the bounds of the earlier range hold a time of day
      return Promise.resolve(jsonResponse(answer(address, earlier ? 1000 : 1500, [])));
    });
    render(<HistoryPage status={loaded(status())} />);
    await waitFor(() => {
      const totals = screen.getByRole('region', { name: 'Totals of the range' });
      expect(totals).toHaveTextContent('↑up 50%, was 1,000');
    });
  });

  it('switches a ranking to another dimension', async () => {
    render(<HistoryPage status={loaded(status())} />);
    await userEvent.click(screen.getByRole('button', { name: 'Referrer' }));
    expect(await screen.findByRole('table', { name: 'Sources by referrer' })).toBeInTheDocument();
  });

  it('links each panel to its numbers as CSV', async () => {
    render(<HistoryPage status={loaded(status())} />);
    const link = await screen.findByRole('link', { name: 'Download Top pages as CSV' });
    const parameters = new URLSearchParams(link.getAttribute('href')?.split('?')[1]);
    expect(Object.fromEntries(parameters)).toMatchObject({
      format: 'csv',
      dimensions: 'path',
      limit: '10000',
    });
  });

  it('hides and shows a line of the chart, but never the last', async () => {
    render(<HistoryPage status={loaded(status())} />);
    const toggles = within(await screen.findByRole('group', { name: 'Lines of the chart' })).getAllByRole(
      'button',
    );
    for (const toggle of toggles) {
      await userEvent.click(toggle);
    }
    expect(toggles.map((toggle) => toggle.getAttribute('aria-pressed'))).toEqual(['false', 'false', 'true']);
  });

  it('invites instead of drawing an empty chart', async () => {
    fetchFake.mockImplementation((address) => Promise.resolve(jsonResponse(answer(address, 0, []))));
    render(<HistoryPage status={loaded(status())} />);
    expect(await screen.findByText('Nothing was recorded in these days')).toBeInTheDocument();
    expect(await screen.findByText('No page views in these days')).toBeInTheDocument();
    expect(await screen.findByText('No custom events in these days')).toBeInTheDocument();
  });

  it('says once, in the words of the server, that the store is away', async () => {
    const detail = 'The DuckDB file is locked by process 4711.';
    fetchFake.mockImplementation(() =>
      Promise.resolve(problemResponse(503, { code: 'store_unavailable', detail })),
    );
    render(<HistoryPage status={loaded(status())} />);
    expect(await screen.findAllByText(detail)).toHaveLength(1);
    const before = fetchFake.mock.calls.length;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(fetchFake.mock.calls.length).toBeGreaterThan(before);
  });

  it('keeps one broken panel from hiding the others', async () => {
    fetchFake.mockImplementation((address) =>
      Promise.resolve(
        address.includes('dimensions=name')
          ? problemResponse(501, { detail: 'The store knows no custom events.' })
          : jsonResponse(answer(address, 1500, ['/a'])),
      ),
    );
    render(<HistoryPage status={loaded(status())} />);
    expect(await screen.findByText('The store knows no custom events.')).toBeInTheDocument();
    expect(await screen.findByRole('table', { name: 'Top pages by page' })).toBeInTheDocument();
  });

  it('says which dependency to add when there is no store, and asks nothing', () => {
    render(
      <HistoryPage status={loaded(status({ store: null, hint: 'Add io.webwatch:webwatch-duckdb.' }))} />,
    );
    expect(screen.getByRole('heading', { name: 'History needs a store' })).toBeInTheDocument();
    expect(screen.getByText('Add io.webwatch:webwatch-duckdb.')).toBeInTheDocument();
    expect(fetchFake).not.toHaveBeenCalled();
  });

  it('shows why the status is missing', () => {
    render(<HistoryPage status={loaded(null, new Error('The server cannot be reached.'))} />);
    expect(screen.getByRole('alert')).toHaveTextContent('The server cannot be reached.');
  });
});

describe('custom range', () => {
  it('tells when the days are in the wrong order, and keeps the last good range', async () => {
    const user = userEvent.setup();
    render(<HistoryPage status={loaded(status())} />);
    await user.click(screen.getByRole('button', { name: 'Custom' }));
    const first = screen.getByLabelText('First day');
    const asked = fetchFake.mock.calls.length;
    await user.clear(first);
    await user.type(first, '2999-01-01');
    expect(screen.getByText('The first day must not be after the last.')).toBeInTheDocument();
    expect(
      addresses()
        .slice(asked)
        .some((address) => address.includes('2999')),
    ).toBe(false);
  });
});

describe('running point', () => {
  it('is the last that has begun while the range is not over', () => {
    expect(runningIndex([0, 10, 20, 30], 25)).toBe(2);
    expect(runningIndex([0, 10, 20], 25)).toBe(2);
  });

  it('is none when the range is over', () => {
    expect(runningIndex([0, 10, 20], 31)).toBe(-1);
  });
});
