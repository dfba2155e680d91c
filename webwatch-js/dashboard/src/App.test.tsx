import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { App } from './App';
import { ConnectionBadge } from './components/ConnectionBadge';
import { ThemeToggle } from './components/ThemeToggle';
import { jsonResponse, snapshot, status } from './test/fixtures';
import { startTheme } from './theme/theme';

const answers: Record<string, unknown> = {};

beforeEach(() => {
  answers['api/status'] = status({ store: null, hint: 'Add io.webwatch:webwatch-duckdb.' });
  answers['api/live'] = snapshot();
  vi.stubGlobal('EventSource', undefined);
  vi.stubGlobal('fetch', (address: string) =>
    Promise.resolve(jsonResponse(answers[address.replace(/\?.*/, '')])),
  );
});

describe('page', () => {
  it('has landmarks, a heading and a link past the header', async () => {
    render(<App />);
    expect(await screen.findByText('1,234')).toBeInTheDocument();
    expect(screen.getByRole('banner')).toBeInTheDocument();
    expect(screen.getByRole('navigation', { name: 'Views' })).toBeInTheDocument();
    expect(screen.getByRole('main')).toBeInTheDocument();
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Live analytics for localhost');
    await userEvent.click(screen.getByRole('button', { name: 'Skip to main content' }));
    expect(screen.getByRole('main')).toHaveFocus();
  });

  it('shows the view in the address, and the live view if that is unknown', async () => {
    render(<App />);
    act(() => {
      window.location.hash = '#history';
      window.dispatchEvent(new HashChangeEvent('hashchange'));
    });
    expect(screen.getByRole('link', { name: 'History' })).toHaveAttribute('aria-current', 'page');
    expect(await screen.findByRole('heading', { name: 'History needs a store' })).toBeInTheDocument();
    act(() => {
      window.location.hash = '#constructor';
      window.dispatchEvent(new HashChangeEvent('hashchange'));
    });
    expect(screen.getByRole('link', { name: 'Live' })).toHaveAttribute('aria-current', 'page');
  });
});

describe('a response of unexpected shape', () => {
  it('replaces the view with an error and leaves the rest of the page usable', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    answers['api/live'] = { time: 0 };
    render(<App />);
    expect(await screen.findByText('This view could not be displayed')).toBeInTheDocument();
    expect(screen.getByRole('navigation', { name: 'Views' })).toBeInTheDocument();
    answers['api/live'] = snapshot();
    await userEvent.click(screen.getByRole('link', { name: 'History' }));
    expect(await screen.findByRole('heading', { name: 'History needs a store' })).toBeInTheDocument();
  });
});

describe('connection badge', () => {
  it('shows the state and the reason', () => {
    const { rerender } = render(
      <ConnectionBadge connection={{ state: 'offline', reason: 'The server cannot be reached.' }} />,
    );
    expect(screen.getByRole('status')).toHaveTextContent('Offline: The server cannot be reached.');
    rerender(<ConnectionBadge connection={{ state: 'live', transport: 'polling' }} />);
    expect(screen.getByRole('status')).toHaveTextContent(/Live.*every two seconds/);
  });
});

describe('theme', () => {
  it('switches from system to light to dark, and is remembered', async () => {
    startTheme();
    const { unmount } = render(<ThemeToggle />);
    expect(document.documentElement.dataset.bsTheme).toBe('light');
    await userEvent.click(screen.getByRole('button', { name: /Switch to light/ }));
    await userEvent.click(screen.getByRole('button', { name: /Switch to dark/ }));
    expect(document.documentElement.dataset.bsTheme).toBe('dark');
    unmount();
    delete document.documentElement.dataset.bsTheme;
    startTheme();
    expect(document.documentElement.dataset.bsTheme).toBe('dark');
  });

  it('can be switched without storage', async () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('blocked', 'SecurityError');
    });
    startTheme();
    render(<ThemeToggle />);
    await userEvent.click(screen.getByRole('button', { name: /Switch to light/ }));
    await userEvent.click(screen.getByRole('button', { name: /Switch to dark/ }));
    expect(document.documentElement.dataset.bsTheme).toBe('dark');
  });
});
