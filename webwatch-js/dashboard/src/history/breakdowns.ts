import type { Dimension, Metric } from '../api/query';
import type { IconName } from '../components/Icon';

export interface BreakdownView {
  dimension: Dimension;
  label: string;
  /** Label for an empty value. */
  none: string;
  /** Whether the values are lower-case words that should be capitalised. */
  words?: true;
}

export interface Breakdown {
  title: string;
  views: readonly [BreakdownView, ...BreakdownView[]];
  metrics: readonly { metric: Metric; label: string }[];
  filters?: readonly string[];
  empty: { icon: IconName; title: string; text: string };
}

const BY_VISITORS: Breakdown['metrics'] = [
  { metric: 'visitors', label: 'Visitors' },
  { metric: 'page_views', label: 'Views' },
];

export const PAGES: Breakdown = {
  title: 'Top pages',
  views: [{ dimension: 'path', label: 'Page', none: '(none)' }],
  metrics: [
    { metric: 'page_views', label: 'Views' },
    { metric: 'visitors', label: 'Visitors' },
  ],
  empty: {
    icon: 'eye',
    title: 'No page views in this period',
    text: 'Visited pages appear here.',
  },
};

export const SOURCES: Breakdown = {
  title: 'Sources',
  views: [
    { dimension: 'channel', label: 'Channel', none: 'Direct', words: true },
    { dimension: 'referrer', label: 'Referrer', none: 'Direct or unknown' },
    { dimension: 'utm_campaign', label: 'Campaign', none: 'No campaign' },
  ],
  metrics: BY_VISITORS,
  empty: {
    icon: 'pulse',
    title: 'No visits in this period',
    text: 'The sources of your visitors appear here.',
  },
};

export const DEVICES: Breakdown = {
  title: 'Devices',
  views: [
    { dimension: 'browser', label: 'Browser', none: 'Unknown' },
    { dimension: 'os', label: 'OS', none: 'Unknown' },
    { dimension: 'device', label: 'Device', none: 'Unknown', words: true },
  ],
  metrics: BY_VISITORS,
  empty: { icon: 'screen', title: 'No visits in this period', text: "Your visitors' devices appear here." },
};

export const CUSTOM_EVENTS: Breakdown = {
  title: 'Custom events',
  views: [{ dimension: 'name', label: 'Event', none: '(no name)' }],
  metrics: [
    { metric: 'events', label: 'Events' },
    { metric: 'visitors', label: 'Visitors' },
  ],
  filters: ['type:is:custom'],
  empty: {
    icon: 'star',
    title: 'No custom events in this period',
    text: "Send one with webwatch('event', 'signup'), or mark an element with data-webwatch-event.",
  },
};
