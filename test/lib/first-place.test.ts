import fc from 'fast-check';
import { expect, it } from 'vitest';
import { firstPlace } from '../../src/lib/first-place.ts';

it('finds what looking at one place after the other finds', () => {
  const ascending = fc.array(fc.integer({ min: 0, max: 20 })).map((all) => all.sort((a, b) => a - b));
  fc.assert(
    fc.property(ascending, fc.integer({ min: -1, max: 21 }), (all, wanted) => {
      const slow = all.findIndex((each) => each >= wanted);
      expect(firstPlace(all.length, (place) => all[place]! >= wanted)).toBe(slow < 0 ? all.length : slow);
    }),
  );
});
