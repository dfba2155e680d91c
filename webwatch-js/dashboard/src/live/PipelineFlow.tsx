import ProgressBar from 'react-bootstrap/ProgressBar';
import type { Status } from '../api/status';
import { formatBytes, formatCompact } from '../format/numbers';

const NEARLY_FULL = 0.7;

/** The number of accepted events, and the fill level of the buffer between requests and sinks. */
export function PipelineFlow({ status }: { status: Status }) {
  const { buffer, accepted } = status;
  const fill = Math.max(ratio(buffer.used, buffer.capacity), ratio(buffer.used_bytes, buffer.max_bytes));
  return (
    <div className="flow">
      <div>
        <strong>{formatCompact(accepted)}</strong> events accepted
      </div>
      <div className="flow-buffer">
        <span>
          Buffer <strong>{Math.round(fill * 100)}%</strong> of {formatBytes(buffer.max_bytes)}
        </span>
        <ProgressBar
          now={fill * 100}
          variant={fill >= NEARLY_FULL ? 'warning' : 'success'}
          aria-label="Buffer usage"
        />
      </div>
    </div>
  );
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, part / whole) : 0;
}
