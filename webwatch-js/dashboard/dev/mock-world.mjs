// Simulates the traffic of a small shop: visitors who arrive, look around and leave. For development only.

import { droppedIn, statusIn } from './mock-status.mjs';

const PAGES = [
  ['/', 'Juniper & Oak: furniture that stays', 30],
  ['/products', 'All products', 24],
  ['/products/oak-desk', 'Oak desk', 15],
  ['/products/reading-lamp', 'Reading lamp', 11],
  ['/products/lounge-chair', 'Lounge chair', 9],
  ['/gallery', 'Gallery', 7],
  ['/journal/how-we-oil-our-tables', 'How we oil our tables', 5],
  ['/cart', 'Your cart', 6],
  ['/checkout', 'Checkout', 3],
  ['/contact', 'Contact', 2],
];
const CLIENTS = [
  ['desktop', 'Chrome', 'DE', 34],
  ['mobile', 'Safari', 'US', 24],
  ['desktop', 'Firefox', 'FR', 12],
  ['mobile', 'Chrome', 'IN', 16],
  ['desktop', 'Edge', 'GB', 8],
  ['tablet', 'Safari', 'NL', 6],
];
const ACTIONS = [
  ['page_view', 40, (page) => (page === '/gallery' ? 'spa' : 'load')],
  ['click', 30, () => pick(['button.add-to-cart', 'nav > a.products', 'img.hero', 'a[href="/cart"]'])],
  ['engagement', 22, () => `${5 + random(50)} s, scrolled to ${20 + random(80)}%`],
  ['custom', 6, () => pick(['add_to_cart', 'signup', 'coupon_used'])],
  ['download', 2, () => 'catalogue-2026.pdf'],
  ['form_submit', 2, () => 'form#newsletter'],
  ['image_view', 3, () => '/img/oak-desk-side.jpg'],
  ['video_play', 1, () => 'workshop.webm'],
  ['web_vital', 3, () => `LCP ${1200 + random(900)} ms, good`],
  ['error', 1, () => "TypeError: can't read 'price' of <undefined>"],
];
const MINUTE = 60_000;

const random = (below) => Math.floor(Math.random() * below);
const pick = (list) => list[random(list.length)];
const randomId = () => Math.random().toString(36).slice(2, 14);

function weighted(list, weightAt) {
  let left = Math.random() * list.reduce((sum, entry) => sum + entry[weightAt], 0);
  return list.find((entry) => (left -= entry[weightAt]) < 0) ?? list[0];
}

function newVisitor(now) {
  const [device, browser, country] = weighted(CLIENTS, 3);
  const until = now + (20 + random(240)) * 1000;
  return { id: randomId(), device, browser, country, path: weighted(PAGES, 2), until, fresh: true };
}

export class World {
  constructor(scenario) {
    this.scenario = scenario;
    this.startedAt = Date.now() - 192 * MINUTE;
    this.totals = { page_views: 0, clicks: 0, visitors: 0, sessions: 0, engaged_ms: 0, events: 0 };
    this.recent = [];
    this.visitors = [];
    this.minutes = new Map();
    if (scenario !== 'empty') {
      this.totals = {
        page_views: 1184,
        clicks: 2071,
        visitors: 342,
        sessions: 391,
        engaged_ms: 391 * 74_000,
        events: 5388,
      };
      for (let age = 30 * MINUTE; age > 0; age -= 1500) {
        this.step(Date.now() - age);
      }
    }
  }

  /** Simulates about a second and a half of traffic. */
  step(now = Date.now()) {
    if (this.scenario === 'empty') {
      return;
    }
    const wave = 9 + 5 * Math.sin(now / (7 * MINUTE)) + 2 * Math.sin(now / (2 * MINUTE));
    this.visitors = this.visitors.filter((visitor) => visitor.until > now);
    while (this.visitors.length < wave) {
      this.visitors.push(newVisitor(now));
    }
    for (const visitor of this.visitors) {
      if (visitor.fresh || Math.random() < 0.1) {
        this.act(visitor, now - random(1400));
      }
    }
    this.recent.sort((one, other) => other.time - one.time).splice(50);
  }

  act(visitor, time) {
    const [type, , detailOf] = visitor.fresh ? ACTIONS[0] : weighted(ACTIONS, 1);
    if (type === 'page_view') {
      visitor.path = weighted(PAGES, 2);
    }
    const [path, title] = visitor.path;
    const { device, browser, country } = visitor;
    const detail = detailOf(path);
    this.recent.push({
      id: randomId(),
      type,
      time,
      visitor: visitor.id,
      path,
      title,
      device,
      browser,
      country,
      detail,
    });
    this.count(visitor, type, time);
    visitor.fresh = false;
  }

  count(visitor, type, time) {
    this.totals.events++;
    this.totals.page_views += type === 'page_view' ? 1 : 0;
    this.totals.clicks += type === 'click' ? 1 : 0;
    this.totals.engaged_ms += type === 'engagement' ? 8000 : 0;
    this.totals.visitors += visitor.fresh ? 1 : 0;
    this.totals.sessions += visitor.fresh ? 1 : 0;
    const minute = Math.floor(time / MINUTE);
    const seen = this.minutes.get(minute) ?? { page_views: 0, visitors: new Set() };
    seen.page_views += type === 'page_view' ? 1 : 0;
    seen.visitors.add(visitor.id);
    this.minutes.set(minute, seen);
  }

  live() {
    const time = Date.now();
    return {
      time,
      visitors_now: this.visitors.length,
      events_per_second: this.visitors.length * 0.068,
      totals: this.totals,
      page_views_per_minute: this.lastMinutes(time),
      top_pages: this.topPages(),
      recent: this.recent,
      dropped: droppedIn(this.scenario),
    };
  }

  lastMinutes(now) {
    const current = Math.floor(now / MINUTE);
    return Array.from({ length: 30 }, (_, index) => {
      const minute = current - 29 + index;
      const seen = this.minutes.get(minute);
      return { time: minute * MINUTE, page_views: seen?.page_views ?? 0, visitors: seen?.visitors.size ?? 0 };
    });
  }

  topPages() {
    const pages = new Map();
    for (const visitor of this.visitors) {
      const page = pages.get(visitor.path[0]) ?? { path: visitor.path[0], visitors: 0, page_views: 0 };
      page.visitors++;
      page.page_views += 1 + random(2);
      pages.set(page.path, page);
    }
    return [...pages.values()].sort((one, other) => other.visitors - one.visitors);
  }

  status() {
    return statusIn(this.scenario, this.startedAt, this.totals.events);
  }
}
