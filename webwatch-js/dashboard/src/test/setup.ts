import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

// Replacements for what jsdom lacks. Charts need a canvas, so uPlot is replaced by an object that records its input.
vi.mock('uplot', () => ({ default: FakePlot }));

class FakePlot {
  static readonly paths = {};
  static created: FakePlot[] = [];
  data: unknown;

  constructor(
    readonly options: unknown,
    data: unknown,
  ) {
    this.data = data;
    FakePlot.created.push(this);
  }

  setData(data: unknown) {
    this.data = data;
  }

  setSize() {
    return this;
  }

  setCursor() {
    return this;
  }

  valToPos() {
    return 0;
  }

  redraw() {
    return this;
  }

  destroy() {
    return this;
  }
}

class FakeResizeObserver {
  observe() {
    return this;
  }

  disconnect() {
    return this;
  }
}

vi.stubGlobal('ResizeObserver', FakeResizeObserver);

window.matchMedia = (media: string) =>
  Object.assign(new EventTarget(), { media, matches: false, onchange: null }) as unknown as MediaQueryList;

afterEach(() => {
  cleanup();
  localStorage.clear();
  window.location.hash = '';
});
