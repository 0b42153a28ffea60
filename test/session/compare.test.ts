import { describe, expect, it } from 'vitest';
import { COVERED_NOT, COVERED_PARTLY, COVERED_WHOLE, type DashboardView } from '../../src/model/view.ts';
import { comparedOf, completePart, coveredDays, shifted, shiftOf } from '../../src/session/compare.ts';

/** A view of days from day 100: # whole, - in part, . not at all. */
function view(days: string): DashboardView {
  const counts = new Uint32Array(days.length);
  const covered = Uint8Array.from(days, (day) =>
    day === '#' ? COVERED_WHOLE : day === '-' ? COVERED_PARTLY : COVERED_NOT,
  );
  const kinds = { pullsByTag: counts, pullsByDigest: counts, versionChecks: counts, downloads: counts };
  return {
    span: { first: 100, last: 99 + days.length },
    series: { firstDay: 100, ...kinds, covered },
  } as DashboardView;
}

describe('comparing', () => {
  it('goes back as many days, or whole weeks', () => {
    const month = { first: 100, last: 129, zone: 'Europe/Berlin' };
    expect([shiftOf(month, 'previous'), shiftOf(month, 'weeks')]).toEqual([30, 35]);
    expect(shiftOf({ first: 1, last: 7 }, 'weeks')).toBe(7);
    expect([month, { first: 1, last: 365 }].map((span) => shiftOf(span, 'year'))).toEqual([364, 728]);
    expect(shifted(month, 30)).toEqual({ first: 70, last: 99, zone: 'Europe/Berlin' });
  });

  it('leaves out the day that is not over, and what comes after it', () => {
    const part = (days: string, end: number) => {
      const { span, series } = view(days);
      return completePart(span, series, end);
    };
    expect(part('####', 103)).toEqual({ first: 100, last: 103 });
    expect(part('###-', 103)).toEqual({ first: 100, last: 102 });
    expect(part('##-.', 102)).toEqual({ first: 100, last: 101 });
    expect(part('##..', 101)).toEqual({ first: 100, last: 101 });
    expect(part('####', 200)).toEqual({ first: 100, last: 103 });
    expect(part('-...', 100)).toBeNull();
  });

  it('needs both periods covered to 95 in 100', () => {
    const whole = view('#'.repeat(20));
    const almost = view(`${'#'.repeat(19)}.`);
    const less = view(`${'#'.repeat(18)}-.`);
    expect(coveredDays(less)).toEqual({ whole: 18, days: 20 });
    const refusal = (now: DashboardView, before: DashboardView) =>
      comparedOf(before, 20, { now, before }).refusal;
    expect(refusal(whole, almost)).toBeNull();
    expect(refusal(whole, less)).toEqual({ period: 'before', covered: { whole: 18, days: 20 } });
    expect(refusal(less, whole)).toEqual({ period: 'now', covered: { whole: 18, days: 20 } });
    expect(comparedOf(whole, 20, null).refusal).toEqual({ period: 'not over' });
    const leftOut = { first: 120, last: 120 };
    expect(comparedOf(less, 20, { now: whole, before: less }, leftOut)).toMatchObject({
      pair: null,
      leftOut,
    });
  });
});
