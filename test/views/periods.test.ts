import { describe, expect, it } from 'vitest';
import { periodChoices, valueOf } from '../../src/views/time/periods.ts';

const august = { first: 20_666, last: 20_696 };

describe('periods', () => {
  const choices = periodChoices({
    days: { first: 20_660, last: 20_697 },
    lastMonth: { first: 20_667, last: 20_696 },
    months: [{ span: august, whole: true }],
    weeks: [{ span: { first: 20_668, last: 20_674 }, whole: false }],
  });

  it('offers months and weeks, and finds the one that is shown', () => {
    const { months, weeks } = choices;
    expect(months).toEqual([{ value: 'month 20666', kind: 'month', span: august, whole: true }]);
    expect(weeks[0]).toMatchObject({ kind: 'week', whole: false });
    expect(valueOf({ kind: 'month', span: august }, choices)).toBe(months[0]!.value);
    expect(valueOf({ kind: 'span', span: august }, choices)).toBe('');
  });

  it('offers weeks of another beginning as days: files know them not', () => {
    const weeks = [{ span: { first: 20_667, last: 20_673 }, whole: true }];
    const own = periodChoices({ days: august, lastMonth: null, months: [], weeks }, 6);
    expect(own.weeks[0]).toMatchObject({ kind: 'span', span: weeks[0]!.span });
    expect(valueOf({ kind: 'span', span: weeks[0]!.span }, own)).toBe(own.weeks[0]!.value);
  });

  it('offers last days that end at the last complete one, as many as there are', () => {
    const { presets } = choices;
    expect(presets.map(({ value, span }) => [value, span.first, span.last])).toEqual([
      ['last 7', 20_690, 20_696],
      ['last 28', 20_669, 20_696],
    ]);
    expect(valueOf({ kind: 'span', span: { first: 20_690, last: 20_696 } }, choices)).toBe('last 7');
    expect(periodChoices({ days: null, lastMonth: null, months: [], weeks: [] }).presets).toEqual([]);
  });
});
