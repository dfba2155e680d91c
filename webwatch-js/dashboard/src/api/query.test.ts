import { describe, expect, it } from 'vitest';
import { numbersOf, queryAddress, textsOf, type QueryResult } from './query';

const RESULT: QueryResult = {
  columns: [
    { name: 'path', kind: 'dimension' },
    { name: 'page_views', kind: 'metric', unit: 'count' },
  ],
  rows: [
    ['/', 12],
    [null, null],
  ],
  from: '2026-01-01T00:00:00Z',
  to: '2026-01-02T00:00:00Z',
  time_zone: 'UTC',
  truncated: false,
  notes: [],
  elapsed_ms: 1,
};

describe('query address', () => {
  it('is relative and has every member, escaped', () => {
    const address = queryAddress({
      metrics: ['page_views', 'visitors'],
      dimensions: ['path'],
      filters: ['type:is:custom', 'path:contains:a&b=c'],
      interval: 'day',
      from: '2026-01-01',
      to: '2026-02-01',
      tz: 'Europe/Berlin',
      limit: 8,
      order: 'visitors',
    });
    expect(address.startsWith('api/query?')).toBe(true);
    const parameters = new URLSearchParams(address.slice('api/query?'.length));
    expect(parameters.get('metrics')).toBe('page_views,visitors');
    expect(parameters.getAll('filter')).toEqual(['type:is:custom', 'path:contains:a&b=c']);
    expect(Object.fromEntries(parameters)).toMatchObject({
      dimensions: 'path',
      interval: 'day',
      from: '2026-01-01',
      to: '2026-02-01',
      tz: 'Europe/Berlin',
      limit: '8',
      order: 'visitors',
    });
    expect(parameters.has('format')).toBe(false);
  });

  it('requests CSV with the format parameter', () => {
    expect(queryAddress({ metrics: ['clicks'], from: 'a', to: 'b', tz: 'UTC' }, 'csv')).toContain(
      'format=csv',
    );
  });
});

describe('query result', () => {
  it('returns columns by name and distinguishes null from zero', () => {
    expect(numbersOf(RESULT, 'page_views')).toEqual([12, null]);
    expect(textsOf(RESULT, 'path')).toEqual(['/', '']);
  });

  it('returns nulls for a column that does not exist', () => {
    expect(numbersOf(RESULT, 'visitors')).toEqual([null, null]);
  });
});
