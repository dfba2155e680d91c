import { useState } from 'react';
import Button from 'react-bootstrap/Button';
import type { RecentEvent } from '../api/live';
import { Icon } from '../components/Icon';
import { EmptyNotice } from '../components/Notices';
import { Panel } from '../components/Panel';
import { SkeletonLines } from '../components/Skeleton';
import { useNow } from '../components/useNow';
import { plural } from '../format/numbers';
import { formatAge } from '../format/time';
import { EventItem } from './EventItem';

const MAX_EVENTS = 50;

interface EventStreamProps {
  /** Newest first; null until the first snapshot arrives. */
  recent: readonly RecentEvent[] | null;
  clockSkewMillis: number;
}

export function EventStream({ recent, clockSkewMillis }: EventStreamProps) {
  const [held, setHeld] = useState<readonly RecentEvent[] | null>(null);
  const now = useNow(1_000) + clockSkewMillis;
  const events = (held ?? recent ?? []).slice(0, MAX_EVENTS);
  const pause = (
    <PauseButton
      paused={held !== null}
      disabled={events.length === 0}
      onToggle={() => {
        setHeld(held === null ? recent : null);
      }}
    />
  );
  return (
    <Panel
      title="Event stream"
      hint={held === null ? 'newest first' : pausedHint(held, recent ?? [])}
      className="stream"
      busy={recent === null}
      actions={pause}
    >
      {recent === null ? (
        <SkeletonLines count={8} label="Waiting for live data" />
      ) : events.length === 0 ? (
        <EmptyNotice icon="pulse" title="No events yet">
          Open your site in another tab and click around.
        </EmptyNotice>
      ) : (
        // The list scrolls, so it must be reachable with the keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <ol className="stream-list" aria-label="Latest events" tabIndex={0}>
          {events.map((event) => (
            <EventItem key={event.id} event={event} age={formatAge(event.time, now)} />
          ))}
        </ol>
      )}
    </Panel>
  );
}

interface PauseButtonProps {
  paused: boolean;
  disabled: boolean;
  onToggle: () => void;
}

function PauseButton({ paused, disabled, onToggle }: PauseButtonProps) {
  return (
    <Button
      size="sm"
      variant={paused ? 'primary' : 'outline-secondary'}
      disabled={disabled}
      aria-pressed={paused}
      onClick={onToggle}
    >
      <Icon name={paused ? 'play' : 'pause'} size={14} /> {paused ? 'Resume' : 'Pause'}
    </Button>
  );
}

function pausedHint(held: readonly RecentEvent[], recent: readonly RecentEvent[]): string {
  const newer = newerThan(held, recent);
  return newer === 0 ? 'paused' : `paused, ${plural(newer, 'newer event')}`;
}

/** Counts events since the pause; a lower bound once `recent` no longer contains any of the held events. */
function newerThan(held: readonly RecentEvent[], recent: readonly RecentEvent[]): number {
  const newest = held[0]?.id;
  const position = recent.findIndex((event) => event.id === newest);
  return position === -1 ? recent.length : position;
}
