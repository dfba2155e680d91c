import ProgressBar from 'react-bootstrap/ProgressBar';
import type { Status } from '../api/status';
import { formatBytes, formatCompact } from '../format/numbers';

const FULL_SOON = 0.7;

/** Events taken, and how full the buffer between the requests and the sinks is. */
export function PipelineFlow({ status }: { status: Status }) {
  const { buffer, accepted } = status;
  const fill = Math.max(ratio(buffer.used, buffer.capacity), ratio(buffer.usedBytes, buffer.maxBytes));
  return (
    <div className="flow">
      <div>
        <strong>{formatCompact(accepted)}</strong> events accepted
      </div>
      <div className="flow-buffer">
        <span>
          Buffer <strong>{Math.round(fill * 100)} %</strong> of {formatBytes(buffer.maxBytes)}
        </span>
        <ProgressBar
          now={fill * 100}
          variant={fill >= FULL_SOON ? 'warning' : 'success'}
          aria-label="Fill of the buffer"
        />
      </div>
    </div>
  );
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, part / whole) : 0;
}
