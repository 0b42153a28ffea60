import { describe, expect, it } from 'vitest';
import { rangeAfterReading, spanWithEnd } from '../../src/session/range.ts';

const days = { first: 100, last: 200 };
const lastMonth = { first: 170, last: 199 };

describe('range after reading', () => {
  it('begins with all time', () => {
    expect(rangeAfterReading(null, { days, lastMonth })).toEqual({ kind: 'all', span: days });
  });

  it('grows with the data', () => {
    const before = { kind: 'all', span: { first: 150, last: 160 } } as const;
    expect(rangeAfterReading(before, { days, lastMonth })?.span).toEqual(days);
  });

  it('moves the last month, or gives it up when no day is whole', () => {
    const before = { kind: 'last-month', span: { first: 1, last: 30 } } as const;
    expect(rangeAfterReading(before, { days, lastMonth })?.span).toEqual(lastMonth);
    expect(rangeAfterReading(before, { days, lastMonth: null })?.kind).toBe('all');
  });

  it('keeps a chosen week that the data still has', () => {
    const week = { kind: 'week', span: { first: 98, last: 104 } } as const;
    expect(rangeAfterReading(week, { days, lastMonth })).toEqual(week);
    const gone = { kind: 'week', span: { first: 1, last: 7 } } as const;
    expect(rangeAfterReading(gone, { days, lastMonth })?.kind).toBe('all');
  });

  it('is nothing without data', () => {
    expect(rangeAfterReading(null, { days: null, lastMonth: null })).toBeNull();
  });
});

describe('span with a new end', () => {
  const span = { first: 120, last: 130 };

  it('moves one end', () => {
    expect(spanWithEnd(span, 'first', 125, days)).toEqual({ first: 125, last: 130 });
    expect(spanWithEnd(span, 'last', 140, days)).toEqual({ first: 120, last: 140 });
  });

  it('takes the other end along when they would cross', () => {
    expect(spanWithEnd(span, 'first', 150, days)).toEqual({ first: 150, last: 150 });
    expect(spanWithEnd(span, 'last', 110, days)).toEqual({ first: 110, last: 110 });
  });

  it('refuses a day outside the data', () => {
    expect(spanWithEnd(span, 'first', 99, days)).toBeNull();
    expect(spanWithEnd(span, 'last', NaN, days)).toBeNull();
  });
});
