import type { IconName } from '../components/Icon';

/** Colour family of a badge; see `styles/_live.scss`. */
export type Tone = 'view' | 'click' | 'time' | 'session' | 'custom' | 'media' | 'bad' | 'other';

export interface EventLook {
  label: string;
  icon: IconName;
  tone: Tone;
}

const LOOKS: Record<string, EventLook> = {
  page_view: { label: 'Page view', icon: 'eye', tone: 'view' },
  click: { label: 'Click', icon: 'pointer', tone: 'click' },
  engagement: { label: 'Engaged', icon: 'clock', tone: 'time' },
  session: { label: 'Session', icon: 'person', tone: 'session' },
  custom: { label: 'Custom', icon: 'star', tone: 'custom' },
  mouse_move: { label: 'Mouse', icon: 'pointer', tone: 'other' },
  hover: { label: 'Hover', icon: 'pointer', tone: 'other' },
  form_start: { label: 'Form start', icon: 'form', tone: 'custom' },
  form_submit: { label: 'Form sent', icon: 'form', tone: 'custom' },
  form_abandon: { label: 'Form left', icon: 'form', tone: 'bad' },
  form_invalid: { label: 'Form invalid', icon: 'form', tone: 'bad' },
  download: { label: 'Download', icon: 'download', tone: 'media' },
  image_view: { label: 'Image', icon: 'image', tone: 'media' },
  web_vital: { label: 'Vital', icon: 'gauge', tone: 'other' },
  error: { label: 'Error', icon: 'alert', tone: 'bad' },
};

/** How to show an event type; types of a newer server get a plain look under their own name. */
export function lookOf(type: string): EventLook {
  const known = Object.hasOwn(LOOKS, type) ? LOOKS[type] : undefined;
  if (known) {
    return known;
  }
  const words = type.replaceAll('_', ' ');
  const label = words.charAt(0).toUpperCase() + words.slice(1);
  const media = type.startsWith('video_') || type.startsWith('audio_');
  return { label, icon: media ? 'play' : 'dot', tone: media ? 'media' : 'other' };
}
