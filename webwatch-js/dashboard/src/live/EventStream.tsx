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
import { lookOf } from './eventTypes';

const MOST_EVENTS = 50;

interface EventStreamProps {
  /** Newest first; null before the first answer. */
  recent: readonly RecentEvent[] | null;
  clockSkewMillis: number;
}

export function EventStream({ recent, clockSkewMillis }: EventStreamProps) {
  const [held, setHeld] = useState<readonly RecentEvent[] | null>(null);
  const now = useNow(1_000) + clockSkewMillis;
  const paused = held !== null;
  const events = (held ?? recent ?? []).slice(0, MOST_EVENTS);
  const waiting = paused ? newerThan(recent ?? [], held) : 0;

  return (
    <Panel
      title="Event stream"
      hint={paused ? `paused${waiting > 0 ? `, ${plural(waiting, 'newer event')}` : ''}` : 'newest first'}
      className="stream"
      busy={recent === null}
      actions={
        <Button
          size="sm"
          variant={paused ? 'primary' : 'outline-secondary'}
          disabled={events.length === 0}
          aria-pressed={paused}
          onClick={() => {
            setHeld(paused ? null : recent);
          }}
        >
          <Icon name={paused ? 'play' : 'pause'} size={14} /> {paused ? 'Resume' : 'Pause'}
        </Button>
      }
    >
      {recent === null ? (
        <SkeletonLines count={8} label="Waiting for live data" />
      ) : events.length === 0 ? (
        <EmptyNotice icon="pulse" title="No events yet">
          Open your site in another tab and click around.
        </EmptyNotice>
      ) : (
        // The list scrolls, so the keyboard must reach it.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <ol className="stream-list" aria-label="Newest events" tabIndex={0}>
          {events.map((event) => (
            <StreamItem key={event.id} event={event} age={formatAge(event.time, now)} />
          ))}
        </ol>
      )}
    </Panel>
  );
}

function StreamItem({ event, age }: { event: RecentEvent; age: string }) {
  const look = lookOf(event.type);
  const client = [event.browser, event.device, event.country].filter(Boolean).join(' · ');
  return (
    <li className="stream-item">
      <span className="type-badge" data-tone={look.tone}>
        <Icon name={look.icon} size={13} />
        {look.label}
      </span>
      <span className="stream-what">
        <span className="stream-path" title={event.title ?? undefined}>
          {event.path ?? '(no page)'}
        </span>
        {event.detail && (
          <span className="stream-detail" title={event.detail}>
            {event.detail}
          </span>
        )}
      </span>
      <span className="stream-client">{client}</span>
      <time className="stream-age" dateTime={isoOf(event.time)}>
        {age}
      </time>
    </li>
  );
}

/** How many events came after the list was held. Once all held events have left the server's list, it is at least that many. */
function newerThan(recent: readonly RecentEvent[], held: readonly RecentEvent[]): number {
  const newest = held[0]?.id;
  const position = recent.findIndex((event) => event.id === newest);
  return position === -1 ? recent.length : position;
}

function isoOf(time: number): string | undefined {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
