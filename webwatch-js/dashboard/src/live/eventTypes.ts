import type { IconName } from '../components/Icon';
import { wordsOf } from '../format/words';

/** The colours of a badge, defined in `styles/_live.scss`. */
export type Tone = 'view' | 'click' | 'time' | 'session' | 'custom' | 'media' | 'bad' | 'other';

export interface EventLook {
  label: string;
  icon: IconName;
  tone: Tone;
}

const LOOKS: Record<string, EventLook> = {
  page_view: { label: 'Page view', icon: 'eye', tone: 'view' },
  click: { label: 'Click', icon: 'pointer', tone: 'click' },
  engagement: { label: 'Engagement', icon: 'clock', tone: 'time' },
  session: { label: 'Session', icon: 'person', tone: 'session' },
  custom: { label: 'Custom', icon: 'star', tone: 'custom' },
  mouse_move: { label: 'Mouse move', icon: 'pointer', tone: 'other' },
  hover: { label: 'Hover', icon: 'pointer', tone: 'other' },
  form_start: { label: 'Form started', icon: 'form', tone: 'custom' },
  form_submit: { label: 'Form submitted', icon: 'form', tone: 'custom' },
  form_abandon: { label: 'Form abandoned', icon: 'form', tone: 'bad' },
  form_invalid: { label: 'Form invalid', icon: 'form', tone: 'bad' },
  download: { label: 'Download', icon: 'download', tone: 'media' },
  image_view: { label: 'Image', icon: 'image', tone: 'media' },
  web_vital: { label: 'Web vital', icon: 'gauge', tone: 'other' },
  error: { label: 'Error', icon: 'alert', tone: 'bad' },
};

/** How to display an event type. Unknown types, for example of a newer server, get a plain badge with their name. */
export function lookOf(type: string): EventLook {
  const known = Object.hasOwn(LOOKS, type) ? LOOKS[type] : undefined;
  if (known) {
    return known;
  }
  const media = type.startsWith('video_') || type.startsWith('audio_');
  return { label: wordsOf(type), icon: media ? 'play' : 'dot', tone: media ? 'media' : 'other' };
}
