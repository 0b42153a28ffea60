import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RowOrder } from '../../src/lib/row-order.ts';

test('rows come in the order of the last key, then of that before, then as they stood', () => {
  const key = fc.oneof(fc.nat(3), fc.nat(5000), fc.nat(0xfffffffe));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(key, key), { maxLength: 60 }),
      fc.nat(60),
      fc.nat(60),
      (pairs, one, other) => {
        const [first, second] = [0, 1].map((at) => Uint32Array.from(pairs, (pair) => pair[at]!)) as [
          Uint32Array,
          Uint32Array,
        ];
        const [from, to] = [one, other].map((at) => Math.min(at, pairs.length)).sort((a, b) => a - b) as [
          number,
          number,
        ];
        const order = new RowOrder(60);
        // What an earlier range left behind does no harm.
        order.start(0, pairs.length);
        order.sortBy(second, 0xffffffff);
        order.start(from, to);
        order.sortBy(first, 0xffffffff);
        order.sortBy(second, 0xffffffff);
        const expected = pairs
          .map((_, row) => row)
          .slice(from, to)
          .sort((a, b) => second[a]! - second[b]! || first[a]! - first[b]! || a - b);
        expect([...order.rows.subarray(0, to - from)]).toEqual(expected);
      },
    ),
  );
});
