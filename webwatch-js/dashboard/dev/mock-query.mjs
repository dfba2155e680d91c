// Answers history queries with plausible figures of a small shop. For development only.

const DAY = 86_400_000;

const VALUES = {
  path: [
    '/',
    '/products',
    '/products/oak-desk',
    '/products/reading-lamp',
    '/products/lounge-chair',
    '/gallery',
    '/journal/how-we-oil-our-tables',
    '/cart',
    '/checkout',
    '/contact',
  ],
  channel: ['search', 'direct', 'social', 'referral', 'email', 'paid'],
  referrer: [
    null,
    'google.com',
    'duckduckgo.com',
    'news.ycombinator.com',
    'pinterest.com',
    'bing.com',
    'instagram.com',
    'designboom.com',
  ],
  utm_campaign: [null, 'autumn-sale', 'newsletter-41', 'lamp-launch'],
  browser: ['Chrome', 'Safari', 'Firefox', 'Edge', 'Samsung Internet', 'Opera'],
  os: ['Windows', 'iOS', 'Android', 'macOS', 'Linux'],
  device: ['desktop', 'mobile', 'tablet'],
  name: ['add_to_cart', 'signup', 'coupon_used', 'wishlist_add', 'search'],
};

const UNITS = {
  engaged_time: 'ms',
  session_duration: 'ms',
  bounce_rate: 'ratio',
  pages_per_session: 'ratio',
};

const SUMMED_NOTE =
  'Visitors over several days are the sum of the daily visitors: someone who visits on two days counts twice.';

/** Returns the offset of `zone` from UTC at `time` in milliseconds. */
function offsetOf(zone, time) {
  const wall = new Date(time).toLocaleString('sv-SE', { timeZone: zone }).replace(' ', 'T');
  return Date.parse(`${wall}Z`) - Math.floor(time / 1000) * 1000;
}

function instantOf(text, zone) {
  const wall = Date.parse(text.includes('T') ? `${text}Z` : text);
  return wall - offsetOf(zone, wall);
}

/** Returns the visitors in the hour from `time`: with weekly and daily waves, slow growth and reproducible noise. */
function visitorsAt(time) {
  if (time > Date.now()) {
    return 0;
  }
  const hour = new Date(time).getUTCHours();
  const weekday = new Date(time).getUTCDay();
  const daily = 0.15 + Math.max(0, Math.sin(((hour - 5) / 19) * Math.PI)) ** 1.4;
  const weekly = weekday === 0 || weekday === 6 ? 0.68 : 1;
  const growth = 1 + (time - Date.parse('2026-06-01')) / (400 * DAY);
  const noise = 0.78 + 0.44 * Math.abs(Math.sin(time / 1.37e8) * Math.cos(time / 0.71e8));
  return Math.max(0, Math.round(21 * daily * weekly * growth * noise));
}

function valueOf(metric, visitors, slope) {
  switch (metric) {
    case 'visitors':
      return visitors;
    case 'sessions':
      return Math.round(visitors * 1.17);
    case 'page_views':
      return Math.round(visitors * (2.7 + slope));
    case 'events':
      return Math.round(visitors * 1.6);
    case 'clicks':
      return Math.round(visitors * 4.1);
    case 'engaged_time':
      return visitors === 0 ? null : 71_000 + slope * 9000;
    case 'bounce_rate':
      return visitors === 0 ? null : 0.388 - slope * 0.04;
    case 'pages_per_session':
      return visitors === 0 ? null : 2.31 + slope * 0.2;
    default:
      return 0;
  }
}

function sumOf(from, to) {
  let sum = 0;
  for (let time = from; time < to; time += DAY / 24) {
    sum += visitorsAt(time);
  }
  return sum;
}

function columnsOf(query) {
  return [
    ...(query.interval ? [{ name: 'time', kind: 'time' }] : []),
    ...(query.dimension ? [{ name: query.dimension, kind: 'dimension' }] : []),
    ...query.metrics.map((name) => ({ name, kind: 'metric', unit: UNITS[name] ?? 'count' })),
  ];
}

function rowsOf({ from, to, metrics, dimension, interval }, scale) {
  const slope = Math.sin(from / (11 * DAY)) * 0.25;
  const row = (visitors) => metrics.map((metric) => valueOf(metric, visitors * scale, slope));
  if (interval) {
    const step = { hour: DAY / 24, week: 7 * DAY }[interval] ?? DAY;
    const times = Array.from({ length: Math.ceil((to - from) / step) }, (_, index) => from + index * step);
    return times.map((time) => [new Date(time).toISOString(), ...row(sumOf(time, time + step))]);
  }
  if (dimension) {
    const total = sumOf(from, to) * (dimension === 'name' ? 0.08 : 0.36);
    const values = scale === 0 ? [] : VALUES[dimension];
    return values.map((value, rank) => [value, ...row(Math.round(total / (1 + rank * 0.9)))]);
  }
  return [row(sumOf(from, to))];
}

export function answer(parameters, scenario) {
  const list = (name) => (parameters.get(name) ?? '').split(',').filter(Boolean);
  const zone = parameters.get('tz') ?? 'UTC';
  const query = {
    from: instantOf(parameters.get('from'), zone),
    to: instantOf(parameters.get('to'), zone),
    metrics: list('metrics'),
    dimension: list('dimensions')[0],
    interval: parameters.get('interval'),
  };
  const total = !query.interval && !query.dimension;
  const summed = total && query.to - query.from > DAY && query.metrics.includes('visitors');
  return {
    columns: columnsOf(query),
    rows: rowsOf(query, scenario === 'empty' ? 0 : 1).slice(0, Number(parameters.get('limit') ?? 100)),
    from: new Date(query.from).toISOString(),
    to: new Date(query.to).toISOString(),
    time_zone: zone,
    truncated: false,
    notes: summed ? [SUMMED_NOTE] : [],
    elapsed_ms: 12,
  };
}

export function csvOf(result) {
  const quote = (cell) =>
    /[",\r\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell ?? '');
  return [result.columns.map((column) => column.name), ...result.rows]
    .map((row) => row.map(quote).join(','))
    .join('\r\n');
}
