import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstValues } from '../../src/views/breakdowns/first-values.ts';

const counts = (value: string, pulls: number) => ({ value, pulls, downloads: 0, versionChecks: 0 });
const question = { measure: 'pulls', unknown: '', unlisted: 0, most: 3 } as const;

describe('a list of values in short', () => {
  it('is the first few, the others together, and the unknown one last', () => {
    const ranked = [
      counts('', 50),
      counts('a', 9),
      counts('b', 8),
      counts('c', 3),
      counts('d', 2),
      counts('e', 1),
    ];
    expect(firstValues(ranked, { ...question, total: 73 })).toEqual({
      first: [counts('a', 9), counts('b', 8), counts('c', 3)],
      others: { values: 2, count: 3 },
      unknown: counts('', 50),
    });
  });

  it('names the only other one', () => {
    const ranked = [counts('a', 9), counts('b', 8), counts('c', 3), counts('d', 2), counts('', 0)];
    const { first, others } = firstValues(ranked, { ...question, total: 22 });
    expect([first.map(({ value }) => value), others]).toEqual([['a', 'b', 'c', 'd'], null]);
  });

  it('counts values that it was not given', () => {
    const ranked = [counts('a', 9), counts('b', 8), counts('c', 3)];
    expect(firstValues(ranked, { ...question, unlisted: 7, total: 30 }).others).toEqual({
      values: 7,
      count: 10,
    });
    // All are opened.
    expect(firstValues(ranked, { ...question, unlisted: 7, total: 30, most: Infinity }).others).toEqual({
      values: 7,
      count: 10,
    });
  });

  it('loses no action', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(20)),
        fc.nat(20),
        fc.integer({ min: 1, max: 9 }),
        (known, ofUnknown, most) => {
          const ranked = [...known.map((pulls, i) => counts(`v${i}`, pulls)), counts('', ofUnknown)];
          const total = ranked.reduce((sum, { pulls }) => sum + pulls, 0);
          const { first, others, unknown } = firstValues(ranked, { ...question, total, most });
          const sum =
            first.reduce((all, { pulls }) => all + pulls, 0) + (others?.count ?? 0) + unknown!.pulls;
          expect(sum).toBe(total);
          expect(first.length).toBeLessThanOrEqual(most + 1);
        },
      ),
    );
  });
});
