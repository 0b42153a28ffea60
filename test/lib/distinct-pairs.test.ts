import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countSeconds } from '../../src/lib/distinct-pairs.ts';

test('counts what a set of pairs would hold', () => {
  const pair = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 9 }));
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 80 }), (pairs) => {
      const expected = new Uint32Array(7);
      for (const each of new Set(pairs.map(([first, second]) => `${first} ${second}`)))
        expected[Number(each[0])]!++;
      const [first, second] = [0, 1].map((part) => Uint32Array.from(pairs, (each) => each[part]!));
      expect(countSeconds(first!, second!, 7, 10)).toEqual(expected);
    }),
  );
});
