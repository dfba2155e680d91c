import type { RecentEvent } from '../api/live';
import { Icon } from '../components/Icon';
import { lookOf } from './eventTypes';

/** One event in the event stream. */
export function EventItem({ event, age }: { event: RecentEvent; age: string }) {
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

function isoOf(time: number): string | undefined {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
