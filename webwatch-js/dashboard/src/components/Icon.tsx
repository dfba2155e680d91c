/** Line icons on a 24 px grid, in the text colour. They are decorative: the text next to them carries the meaning. */
const PATHS = {
  pulse: 'M3 12h4l3-8 4 16 3-8h4',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z M12 14.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6Z',
  pointer: 'M5 4l14 6.5-6 1.8L10.5 19 5 4Z M14 14l5 5',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z M12 7v5l3.5 2',
  person: 'M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z M4.5 20.5c1-4 4-6 7.5-6s6.5 2 7.5 6',
  session: 'M4 6.5a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-8Z M9 20h6',
  star: 'M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9L12 16.9l-5.2 2.8 1-5.9-4.3-4.1 5.9-.8L12 3.5Z',
  form: 'M5 4h14v16H5V4Z M8.5 9h7 M8.5 13h7 M8.5 17h4',
  play: 'M7 5l12 7-12 7V5Z',
  download: 'M12 4v11 M7.5 11l4.5 4.5L16.5 11 M5 20h14',
  image: 'M4 5h16v14H4V5Z M4 16l5-5 4 4 3-3 4 4 M15.5 9.5h.01',
  gauge: 'M4.5 17.5a9 9 0 1 1 15 0 M12 14l4-5',
  alert: 'M12 4L2.8 19.5h18.4L12 4Z M12 10v4.5 M12 17.2h.01',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  pause: 'M9 5v14 M15 5v14',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8Z M12 2.5v2 M12 19.5v2 M2.5 12h2 M19.5 12h2 M5.3 5.3l1.4 1.4 M17.3 17.3l1.4 1.4 M5.3 18.7l1.4-1.4 M17.3 6.7l1.4-1.4',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z',
  screen: 'M3.5 5h17v11h-17V5Z M9 20h6 M12 16v4',
  plug: 'M9 3v5 M15 3v5 M6.5 8h11v3a5.5 5.5 0 0 1-11 0V8Z M12 16.5V21',
  database:
    'M12 9c4.4 0 7-1.3 7-3s-2.6-3-7-3-7 1.3-7 3 2.6 3 7 3Z M5 6v12c0 1.7 2.6 3 7 3s7-1.3 7-3V6 M5 12c0 1.7 2.6 3 7 3s7-1.3 7-3',
  dot: 'M12 14a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  refresh: 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9 M19.5 4.5V9H15',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.9}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
