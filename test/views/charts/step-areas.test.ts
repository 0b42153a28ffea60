import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepColumns } from '../../../src/views/charts/step-areas.ts';

describe('columns of an area of steps', () => {
  it('are the bars, on whole pixels and without seams', () => {
    expect(stepColumns([5, 1, 7], 10)).toEqual([
      { index: 0, from: 0, to: 3 },
      { index: 1, from: 3, to: 7 },
      { index: 2, from: 7, to: 10 },
    ]);
  });

  it('show the highest of bars that share a pixel', () => {
    const heights = [1, 9, 2, 3, 8, 8];
    expect(stepColumns(heights, 3).map(({ index }) => index)).toEqual([1, 3, 4]);
  });

  it('leave no pixel out, go only forward, and keep the highest bar', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(1000), { minLength: 1, maxLength: 400 }),
        fc.double({ min: 1, max: 500, noNaN: true }),
        (heights, width) => {
          const columns = stepColumns(heights, width);
          columns.forEach((column, i) => {
            expect(column.from).toBe(columns[i - 1]?.to ?? 0);
            expect(column.index).toBeGreaterThanOrEqual(columns[i - 1]?.index ?? 0);
            expect(column.index).toBeLessThan(heights.length);
          });
          const drawn = Math.max(...columns.map(({ index }) => heights[index]!));
          if (heights.length <= width) expect(columns).toHaveLength(heights.length);
          expect(drawn).toBe(Math.max(...heights));
        },
      ),
    );
  });
});
