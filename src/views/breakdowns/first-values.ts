/**
 * A long list of values in short. In: values as they are ranked, and what all have together. Out: the first few, the
 * others as one number, and the unknown one, which always stands by itself and last.
 */
import type { ValueCounts } from '../../model/view.ts';
import { type Measure, measureOf } from './breakdown-rows.ts';

export interface FirstValues {
  first: ValueCounts[];
  /** null: all are among the first. */
  others: { values: number; count: number } | null;
  unknown: ValueCounts | null;
}

export function firstValues(
  ranked: readonly ValueCounts[],
  {
    measure,
    unknown,
    total,
    unlisted,
    most,
  }: {
    measure: Measure;
    /** Which of the values is the unknown one. */
    unknown: string;
    /** Of all values. */
    total: number;
    /** Values that the list does not hold: it was cut off. */
    unlisted: number;
    most: number;
  },
): FirstValues {
  const known = ranked.filter(({ value }) => value !== unknown);
  // One value needs no other name.
  const first = known.slice(0, known.length + unlisted === most + 1 ? most + 1 : most);
  const ofUnknown = ranked.find(({ value }) => value === unknown) ?? null;
  const shown = [...first, ...(ofUnknown ? [ofUnknown] : [])];
  const count = total - shown.reduce((sum, each) => sum + measureOf(each, measure), 0);
  const values = known.length - first.length + unlisted;
  return { first, others: values > 0 && count > 0 ? { values, count } : null, unknown: ofUnknown };
}
