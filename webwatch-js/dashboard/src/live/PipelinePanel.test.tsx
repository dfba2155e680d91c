import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { Drop, SinkStatus, Status } from '../api/status';
import type { Loaded } from '../components/useLoad';
import { status } from '../test/fixtures';
import { PipelinePanel } from './PipelinePanel';
import { troublesOf } from './troubles';

function loaded(change: Partial<Loaded<Status>>): Loaded<Status> {
  return { data: null, error: null, stale: false, reload: () => undefined, ...change };
}

function sink(change: Partial<SinkStatus>): SinkStatus {
  return {
    name: 'influxdb',
    state: 'running',
    last_error: null,
    position: 1,
    lag: 0,
    written: 0,
    rejected: 0,
    retries: 0,
    ...change,
  };
}

function drop(reason: string, count: number, kind: Drop['kind']): Drop {
  return { reason, count, kind, explanation: 'the buffer was full; see webwatch.buffer.max-bytes' };
}

describe('pipeline', () => {
  it('reports that it is healthy', () => {
    render(<PipelinePanel status={loaded({ data: status() })} />);
    expect(screen.getByText('Healthy')).toBeInTheDocument();
    expect(screen.getByText('Nothing dropped.')).toBeInTheDocument();
    expect(screen.getByRole('table', { name: 'Sinks' })).toHaveTextContent('duckdbrunning1,2040');
  });

  it('warns of dropped events with count and explanation, most serious first', () => {
    const dropped = [
      drop('bot', 9, 'harmless'),
      drop('rate', 2, 'refused'),
      drop('buffer_full', 1202, 'lost'),
    ];
    render(<PipelinePanel status={loaded({ data: status({ dropped }) })} />);
    expect(screen.getByText('1,204 events dropped')).toBeInTheDocument();
    const list = screen.getByRole('list', { name: 'Dropped events by reason' });
    const [first, second, third] = within(list).getAllByRole('listitem');
    expect(first).toHaveTextContent(
      '1,202Buffer full lostThe buffer was full; see webwatch.buffer.max-bytes.',
    );
    expect(second).toHaveTextContent('2Rate refused');
    expect(third).toHaveTextContent('9Bot harmless');
  });

  it('does not warn of harmless drops', () => {
    const dropped = [drop('bot', 9, 'harmless'), drop('duplicate', 2, 'harmless')];
    expect(troublesOf(status({ dropped }))).toEqual([]);
  });

  it('warns of drops of a kind that it does not know', () => {
    const dropped = [drop('new_reason', 1, 'new_kind' as Drop['kind'])];
    expect(troublesOf(status({ dropped }))).toEqual(['1 event dropped']);
  });

  it('shows what is on disk for sinks, and why that fails', () => {
    const journal = {
      open: true,
      bytes: 3 << 20,
      max_bytes: 256 << 20,
      segments: 1,
      last_error: 'No space left on device',
    };
    render(<PipelinePanel status={loaded({ data: status({ journal, dead_letter_bytes: 2048 }) })} />);
    expect(screen.getByText('Journal: 3 MB of 256 MB')).toBeInTheDocument();
    expect(screen.getByText('Journal: No space left on device')).toBeInTheDocument();
    expect(screen.getByText('Dead letters: 2 KB, rejected by sinks permanently')).toBeInTheDocument();
    expect(screen.getByText('journal failing')).toBeInTheDocument();
  });

  it('shows a retrying sink with its last error', () => {
    const sinks = [sink({ state: 'retrying', last_error: 'Connection refused <b>8086</b>', lag: 49 })];
    const { container } = render(<PipelinePanel status={loaded({ data: status({ sinks }) })} />);
    expect(screen.getByText('influxdb retrying')).toBeInTheDocument();
    expect(screen.getByText('Connection refused <b>8086</b>')).toBeInTheDocument();
    expect(container.querySelector('.panel-warning')).not.toBeNull();
  });

  it("shows the server's warnings", () => {
    render(
      <PipelinePanel
        status={loaded({ data: status({ warnings: ['Nearly all requests have one address.'] }) })}
      />,
    );
    expect(screen.getByText('1 warning')).toBeInTheDocument();
    expect(screen.getByText('Nearly all requests have one address.')).toBeInTheDocument();
  });

  it('says that nothing is stored without a sink', () => {
    render(<PipelinePanel status={loaded({ data: status({ sinks: [] }) })} />);
    expect(screen.getByText(/No sink is configured/)).toBeInTheDocument();
  });

  it('shows why the status is unavailable, and retries on request', async () => {
    const reload = vi.fn();
    render(<PipelinePanel status={loaded({ error: new Error('The server cannot be reached.'), reload })} />);
    expect(screen.getByRole('alert')).toHaveTextContent('The server cannot be reached.');
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(reload).toHaveBeenCalledOnce();
  });
});
