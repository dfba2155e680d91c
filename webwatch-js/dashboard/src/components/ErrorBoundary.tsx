import { Component, type ReactNode } from 'react';
import { ErrorNotice } from './Notices';
import { Panel } from './Panel';

interface ErrorBoundaryProps {
  title: string;
  children: ReactNode;
}

interface ErrorBoundaryState {
  error: Error | null;
}

/** Replaces a view that cannot be rendered, because of a bug or an unexpected response, and keeps the rest of the page. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  private readonly reset = () => {
    this.setState({ error: null });
  };

  override render() {
    const { title, children } = this.props;
    const { error } = this.state;
    return error === null ? (
      children
    ) : (
      <Panel title={title}>
        <ErrorNotice title="This view could not be displayed" error={error} onRetry={this.reset} />
      </Panel>
    );
  }
}
