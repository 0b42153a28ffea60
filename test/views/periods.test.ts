import { describe, expect, it } from 'vitest';
import { periodChoices, valueOf } from '../../src/views/dashboard/periods.ts';

const august = { first: 20_666, last: 20_696 };

describe('periods', () => {
  it('offers months and weeks, and finds the one that is shown', () => {
    const { months, weeks } = periodChoices({
      months: [{ span: august, whole: true }],
      weeks: [{ span: { first: 20_668, last: 20_674 }, whole: false }],
    });
    expect(months).toEqual([{ value: 'month 20666', kind: 'month', span: august, whole: true }]);
    expect(weeks[0]).toMatchObject({ kind: 'week', whole: false });
    expect(valueOf({ kind: 'month', span: august })).toBe(months[0]!.value);
    expect(valueOf({ kind: 'span', span: august })).toBe('');
  });
});
