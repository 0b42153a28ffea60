import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstKnown, lastKnown } from '../../src/lib/known-times.ts';

test('times that are not known stand in nobody\u2019s way, wherever they are', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat(), { nil: NaN })), (times) => {
      const known = times.filter((time) => !Number.isNaN(time)).sort((a, b) => a - b);
      expect(firstKnown(times)).toBe(known[0] ?? NaN);
      expect(lastKnown(times)).toBe(known.at(-1) ?? NaN);
    }),
  );
});
