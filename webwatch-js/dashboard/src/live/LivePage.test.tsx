import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { NOW, recentEvent, snapshot } from '../test/fixtures';
import { EventStream } from './EventStream';
import { MinutesPanel } from './MinutesPanel';
import { NowPanel } from './NowPanel';
import { Announcer } from './Announcer';
import { SinceStart } from './SinceStart';
import { TopPagesPanel } from './TopPagesPanel';

const HOSTILE = `"><img src=x onerror="window.pwned=1"></script><script>window.pwned=1</script>\u202e\u0000😀`;

function passTime(millis: number) {
  act(() => {
    vi.advanceTimersByTime(millis);
  });
}

describe('event stream', () => {
  it('shows hostile text as text in every field', () => {
    const event = recentEvent({
      type: HOSTILE,
      path: HOSTILE,
      title: HOSTILE,
      device: HOSTILE,
      browser: HOSTILE,
      country: HOSTILE,
      detail: HOSTILE,
    });
    const { container } = render(<EventStream recent={[event]} clockSkewMillis={0} />);
    expect(container.querySelector('img, script')).toBeNull();
    expect(window).not.toHaveProperty('pwned');
    expect(container.querySelector('.stream-path')?.textContent).toBe(HOSTILE);
    expect(container.querySelector('.stream-detail')?.textContent).toBe(HOSTILE);
    expect(container.querySelector('.stream-client')?.textContent).toContain(HOSTILE);
  });

  it('accepts types and times that no server should send', () => {
    const events = [
      recentEvent({
        id: '1',
        type: '__proto__',
        time: Number.NaN,
        path: null,
        device: null,
        browser: null,
        detail: null,
      }),
      recentEvent({ id: '2', type: '', time: 9e18 }),
    ];
    render(<EventStream recent={events} clockSkewMillis={0} />);
    expect(screen.getAllByRole('listitem')).toHaveLength(2);
    expect(screen.getByText('(no page)')).toBeInTheDocument();
  });

  it('shows at most 50 events', () => {
    const events = Array.from({ length: 80 }, (_, index) => recentEvent({ id: String(index) }));
    render(<EventStream recent={events} clockSkewMillis={0} />);
    expect(screen.getAllByRole('listitem')).toHaveLength(50);
  });

  it("calculates ages with the server's clock", () => {
    vi.spyOn(Date, 'now').mockReturnValue(NOW - 3_600_000);
    render(<EventStream recent={[recentEvent({ time: NOW - 12_000 })]} clockSkewMillis={3_600_000} />);
    expect(screen.getByText('12 s')).toBeInTheDocument();
  });

  it('does not change while paused, and counts newer events', async () => {
    const user = userEvent.setup();
    const { rerender } = render(<EventStream recent={[recentEvent()]} clockSkewMillis={0} />);
    await user.click(screen.getByRole('button', { name: 'Pause' }));
    const newer = recentEvent({ id: 'view-2', path: '/newer' });
    rerender(<EventStream recent={[newer, recentEvent()]} clockSkewMillis={0} />);
    expect(screen.queryByText('/newer')).toBeNull();
    expect(screen.getByText('paused, 1 newer event')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Resume' }));
    expect(screen.getByText('/newer')).toBeInTheDocument();
  });

  it('says what to do while there are no events', () => {
    render(<EventStream recent={[]} clockSkewMillis={0} />);
    expect(screen.getByText('No events yet')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Pause' })).toBeDisabled();
  });
});

describe('live figures', () => {
  it('are labelled', () => {
    render(<NowPanel snapshot={snapshot({ visitors_now: 1 })} />);
    const panel = screen.getByRole('region', { name: 'Right now' });
    expect(within(panel).getByText('visitor')).toBeInTheDocument();
    expect(within(panel).getByText('1.4')).toBeInTheDocument();
    expect(within(panel).getByText('29')).toBeInTheDocument();
  });

  it('show the average engaged time per session, and a dash before the first session', () => {
    const { rerender } = render(<SinceStart snapshot={snapshot()} startedAt={null} />);
    expect(screen.getByText('1 min 5 s')).toBeInTheDocument();
    const totals = { page_views: 0, clicks: 0, visitors: 0, sessions: 0, engaged_ms: 0, events: 0 };
    rerender(<SinceStart snapshot={snapshot({ totals })} startedAt={null} />);
    expect(screen.getByText('–')).toBeInTheDocument();
    expect(screen.queryByText(/NaN|Infinity/)).toBeNull();
  });

  it('are announced immediately, and then at most every 15 seconds', () => {
    vi.useFakeTimers();
    try {
      const { rerender } = render(<Announcer snapshot={snapshot()} />);
      passTime(10);
      const announcer = screen.getByTestId('announcer');
      expect(announcer).toHaveAttribute('aria-live', 'polite');
      expect(announcer).toHaveTextContent('3 visitors now. Since start: 1,234 page views, 40 clicks');
      rerender(<Announcer snapshot={snapshot({ visitors_now: 4 })} />);
      passTime(5_000);
      expect(announcer).toHaveTextContent('3 visitors now');
      passTime(10_000);
      expect(announcer).toHaveTextContent('4 visitors now');
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('last 30 minutes', () => {
  it('has a table with the same figures', () => {
    render(<MinutesPanel snapshot={snapshot()} />);
    const table = screen.getByRole('table', { name: 'Page views and visitors per minute, last 30 minutes' });
    expect(within(table).getAllByRole('row')).toHaveLength(31);
    expect(screen.getByText('435 page views')).toBeInTheDocument();
  });

  it('can be explored with the keyboard', () => {
    render(<MinutesPanel snapshot={snapshot()} />);
    const scrubber = screen.getByRole('slider');
    expect(scrubber).toHaveAttribute('aria-valuetext', expect.stringContaining('Page views 29, Visitors 1'));
  });

  it('suggests opening the site before the first event', () => {
    const totals = { page_views: 0, clicks: 0, visitors: 0, sessions: 0, engaged_ms: 0, events: 0 };
    render(<MinutesPanel snapshot={snapshot({ totals })} />);
    expect(screen.getByText('No page views yet')).toBeInTheDocument();
    expect(screen.getByText(/Open your site in another tab/)).toBeInTheDocument();
  });

  it('shows a placeholder until data arrives', () => {
    render(<MinutesPanel snapshot={null} />);
    expect(screen.getByRole('status')).toHaveTextContent('Waiting for live data');
  });
});

describe('top pages now', () => {
  it('are a table with a caption', () => {
    render(<TopPagesPanel snapshot={snapshot()} />);
    const table = screen.getByRole('table', { name: 'Pages with active visitors, last five minutes' });
    expect(within(table).getByRole('row', { name: '/products 2 5' })).toBeInTheDocument();
  });

  it('omit pages that all visitors have left', () => {
    const left = { path: '/left', visitors: 0, page_views: 3 };
    const { rerender } = render(
      <TopPagesPanel snapshot={snapshot({ top_pages: [{ path: '/', visitors: 1, page_views: 1 }, left] })} />,
    );
    expect(screen.queryByText('/left')).toBeNull();
    rerender(<TopPagesPanel snapshot={snapshot({ top_pages: [left] })} />);
    expect(screen.getByText('No active visitors')).toBeInTheDocument();
  });

  it('say so when there are no visitors', () => {
    render(<TopPagesPanel snapshot={snapshot({ top_pages: [] })} />);
    expect(screen.getByText('No active visitors')).toBeInTheDocument();
  });
});
