/**
 * - `loss`: an event that should have been kept is gone; the operator can do something about it.
 * - `refused`: a client sent what the collector may not take.
 * - `intended`: left out because the configuration or the visitor asks for it.
 */
export type DropKind = 'loss' | 'refused' | 'intended';

export interface DropMeaning {
  label: string;
  kind: DropKind;
  why: string;
}

const MEANINGS: Record<string, DropMeaning> = {
  buffer_full: {
    label: 'Buffer full',
    kind: 'loss',
    why: 'Events came faster than they could be taken on. Clients send them again; raise webwatch.buffer.capacity if this grows.',
  },
  journal_full: {
    label: 'Journal full',
    kind: 'loss',
    why: 'The journal had no room or could not be written. Clients send these events again; look at the sinks and the disk.',
  },
  sink_lag: {
    label: 'Sink too far behind',
    kind: 'loss',
    why: 'A sink was away for so long that the oldest batches had to go, even from the journal. Its last error says why.',
  },
  live_lag: {
    label: 'Live view too slow',
    kind: 'intended',
    why: 'The live figures leave these events out; history has them.',
  },
  journal_damaged: {
    label: 'Journal damaged',
    kind: 'loss',
    why: 'A file of the journal was damaged by a crash or a faulty disk. What could be read was delivered.',
  },
  sink_removed: {
    label: 'Sink removed',
    kind: 'loss',
    why: 'The journal kept these events for a sink that is configured no more; the other sinks have them.',
  },
  rejected: {
    label: 'Rejected by a sink',
    kind: 'loss',
    why: 'A sink refused these events for good. They are in the dead-letter file with the reason.',
  },
  dead_letter: {
    label: 'Dead letters lost',
    kind: 'loss',
    why: 'The dead-letter files were full or could not be written; see webwatch.dead-letters.max-size.',
  },
  async_unsupported: {
    label: 'Filter not asynchronous',
    kind: 'loss',
    why: 'webwatch.delivery is durable, and a filter before WebWatch allows no asynchronous requests.',
  },
  shutdown: {
    label: 'Undelivered at shutdown',
    kind: 'loss',
    why: 'The application stopped before a sink had taken these events, and they could not be journalled.',
  },
  closed: {
    label: 'Arrived while stopping',
    kind: 'loss',
    why: 'The application was stopping. Clients send these events again after the restart.',
  },
  internal: {
    label: 'Internal error',
    kind: 'loss',
    why: 'A defect in WebWatch. Please report it with the stack trace from the log of the application.',
  },
  invalid: {
    label: 'Invalid',
    kind: 'refused',
    why: 'An event broke the protocol; the rest of its batch was kept. Often an outdated or home-made client.',
  },
  malformed: {
    label: 'Malformed',
    kind: 'refused',
    why: 'A request held no batch at all. Usually scanners, sometimes a proxy that changes bodies.',
  },
  media_type: {
    label: 'Unknown content type',
    kind: 'refused',
    why: 'A request was neither text/plain nor application/json, or was compressed in an unknown way.',
  },
  too_large: {
    label: 'Too large',
    kind: 'refused',
    why: 'A request was above webwatch.collector.max-body-size.',
  },
  rate: {
    label: 'Rate limit',
    kind: 'refused',
    why: 'One address sent more than webwatch.collector.rate-limit. Behind a proxy, check webwatch.collector.trusted-proxies.',
  },
  origin: {
    label: 'Foreign origin',
    kind: 'refused',
    why: 'Another site sent events here. If it is yours, list it in webwatch.collector.allowed-origins.',
  },
  bot: {
    label: 'Bots',
    kind: 'intended',
    why: 'Crawlers and scripted browsers; see webwatch.privacy.bots.',
  },
  duplicate: {
    label: 'Sent twice',
    kind: 'intended',
    why: 'Copies of events that had arrived before: each event is counted once.',
  },
  privacy: {
    label: 'Asked not to be tracked',
    kind: 'intended',
    why: 'The browser sends a privacy signal; see webwatch.privacy.gpc and webwatch.privacy.dnt.',
  },
};

/** What a drop reason means; a reason of a newer server counts as a loss, so that it is never played down. */
export function meaningOf(reason: string): DropMeaning {
  const known = Object.hasOwn(MEANINGS, reason) ? MEANINGS[reason] : undefined;
  if (known) {
    return known;
  }
  const words = reason.replaceAll('_', ' ');
  return {
    label: words.charAt(0).toUpperCase() + words.slice(1),
    kind: 'loss',
    why: 'The log of the application says more.',
  };
}
