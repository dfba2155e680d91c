import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { SinkStatus, Status } from '../api/status';
import type { Loaded } from '../components/useLoad';
import { status } from '../test/fixtures';
import { PipelinePanel, troublesOf } from './PipelinePanel';

function loaded(change: Partial<Loaded<Status>>): Loaded<Status> {
  return { data: null, error: null, stale: false, reload: () => undefined, ...change };
}

function sink(change: Partial<SinkStatus>): SinkStatus {
  return {
    name: 'influxdb',
    state: 'running',
    lastError: null,
    position: 1,
    lag: 0,
    written: 0,
    rejected: 0,
    retries: 0,
    ...change,
  };
}

describe('pipeline', () => {
  it('is quiet while all is well', () => {
    render(<PipelinePanel status={loaded({ data: status() })} />);
    expect(screen.getByText('All well')).toBeInTheDocument();
    expect(screen.getByText('Nothing dropped.')).toBeInTheDocument();
    expect(screen.getByRole('table', { name: 'Sinks' })).toHaveTextContent('duckdbrunning1,2040');
  });

  it('warns with reason, number and meaning when events are dropped', () => {
    const dropped = { buffer_full: 1204, bot: 9 };
    render(<PipelinePanel status={loaded({ data: status({ dropped }) })} />);
    expect(screen.getByText('1,204 events dropped')).toBeInTheDocument();
    const list = screen.getByRole('list', { name: 'Dropped events by reason' });
    const [first, second] = within(list).getAllByRole('listitem');
    expect(first).toHaveTextContent(/1,204Buffer full lost.*webwatch\.buffer\.capacity/);
    expect(second).toHaveTextContent(/9Bots left out on purpose/);
  });

  it('does not warn of events that were left out on purpose', () => {
    expect(troublesOf(status({ dropped: { bot: 9, duplicate: 2, privacy: 1 } }))).toEqual([]);
  });

  it('warns of reasons that it does not know', () => {
    expect(troublesOf(status({ dropped: { new_reason: 1 } }))).toEqual(['1 event dropped']);
    expect(troublesOf(status({ dropped: { constructor: 2 } }))).toEqual(['2 events dropped']);
  });

  it('tells what is kept on disk for sinks, and when that fails', () => {
    const journal = {
      open: true,
      bytes: 3 << 20,
      maxBytes: 256 << 20,
      segments: 1,
      lastError: 'No space left on device',
    };
    render(<PipelinePanel status={loaded({ data: status({ journal, deadLetterBytes: 2048 }) })} />);
    expect(screen.getByText('Journal: 3 MB of 256 MB')).toBeInTheDocument();
    expect(screen.getByText('Journal: No space left on device')).toBeInTheDocument();
    expect(screen.getByText('Dead letters: 2 KB, refused by sinks for good')).toBeInTheDocument();
    expect(screen.getByText('journal fails')).toBeInTheDocument();
  });

  it('names a sink that retries, with its last error', () => {
    const sinks = [sink({ state: 'retrying', lastError: 'Connection refused <b>8086</b>', lag: 49 })];
    const { container } = render(<PipelinePanel status={loaded({ data: status({ sinks }) })} />);
    expect(screen.getByText('influxdb retries')).toBeInTheDocument();
    expect(screen.getByText('Connection refused <b>8086</b>')).toBeInTheDocument();
    expect(container.querySelector('.panel-warning')).not.toBeNull();
  });

  it('shows the warnings of the server', () => {
    render(
      <PipelinePanel
        status={loaded({ data: status({ warnings: ['Nearly all requests have one address.'] }) })}
      />,
    );
    expect(screen.getByText('1 warning')).toBeInTheDocument();
    expect(screen.getByText('Nearly all requests have one address.')).toBeInTheDocument();
  });

  it('says that nothing is kept without a sink', () => {
    render(<PipelinePanel status={loaded({ data: status({ sinks: [] }) })} />);
    expect(screen.getByText(/No sink is connected/)).toBeInTheDocument();
  });

  it('shows why its state is unknown, and tries again on request', async () => {
    const reload = vi.fn();
    render(<PipelinePanel status={loaded({ error: new Error('The server cannot be reached.'), reload })} />);
    expect(screen.getByRole('alert')).toHaveTextContent('The server cannot be reached.');
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(reload).toHaveBeenCalledOnce();
  });
});
