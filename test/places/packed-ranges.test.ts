import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinBoundaries } from '../../src/places/compile/read-ranges.ts';
import { ByteReader, packIpv4, packIpv6, takeIpv4, takeIpv6 } from '../../src/places/packed-ranges.ts';
import { Ipv4Index, Ipv6Index } from '../../src/places/range-index.ts';
import { startsOfIpv4, startsOfIpv6, valuesOf } from '../helpers/open-tables.ts';

/** The last start that is not after the address, looked for one by one. */
function slowly(starts: bigint[], address: bigint): number {
  let found = 0;
  starts.forEach((start, place) => {
    if (start <= address) found = place;
  });
  return found;
}

/** A table has a count for each of 65,536 halves, so that a run takes a while. */
const RUNS = { numRuns: 40 };

const ascending = (max: bigint, begin: bigint) =>
  fc
    .uniqueArray(
      fc.oneof(
        fc.bigInt(begin, max),
        fc.bigInt(0n, 60n).map((bits) => begin + ((1n << bits) & (max - begin))),
        // Neighbours: many in one group.
        fc.bigInt(0n, 300n).map((step) => begin + step * 7n),
      ),
      { maxLength: 40 },
    )
    .map((starts) => [...new Set([begin, ...starts])].sort((a, b) => (a < b ? -1 : 1)));

test.each([1, 3])('IPv4 ranges come back and are found, values of %i bytes', (planes) => {
  const value = fc.nat(planes === 1 ? 255 : 0xffffff);
  fc.assert(
    fc.property(
      ascending(0xffffffffn, 0n),
      fc.infiniteStream(value),
      fc.array(fc.nat(0xffffffff)),
      (starts, stream, addresses) => {
        const values = starts.map(() => stream.next().value as number);
        const reader = new ByteReader(packIpv4(starts.map(Number), values, planes));
        const ranges = takeIpv4(reader, planes);
        expect(() => reader.take(1)).toThrow();
        expect([...startsOfIpv4(ranges)]).toEqual(starts.map(Number));
        expect(valuesOf(ranges)).toEqual(values);
        const index = new Ipv4Index(ranges);
        const beside = starts.flatMap((start) => [Number(start), Math.max(0, Number(start) - 1)]);
        for (const address of [...addresses, ...beside])
          expect(index.valueAt(address)).toBe(values[slowly(starts, BigInt(address))]);
      },
    ),
    RUNS,
  );
});

test('IPv6 ranges come back and are found', () => {
  const begin = 0x2000n << 48n;
  const end = (0x4000n << 48n) - 1n;
  fc.assert(
    fc.property(
      ascending(end, begin),
      fc.infiniteStream(fc.nat(0xffff)),
      fc.array(fc.bigInt(begin, end)),
      (starts, stream, addresses) => {
        const values = starts.map(() => stream.next().value as number);
        const reader = new ByteReader(packIpv6(starts, values, 2));
        const ranges = takeIpv6(reader, 2);
        expect(() => reader.take(1)).toThrow();
        const { high, low } = startsOfIpv6(ranges);
        expect(Array.from(high, (word, place) => (BigInt(word) << 32n) | BigInt(low[place]!))).toEqual(
          starts,
        );
        expect(valuesOf(ranges)).toEqual(values);
        const index = new Ipv6Index(ranges);
        const beside = starts.flatMap((start) => [start, start > begin ? start - 1n : start]);
        for (const address of [...addresses, ...beside])
          expect(index.valueAt(Uint32Array.of(Number(address >> 32n), Number(address & 0xffffffffn)))).toBe(
            values[slowly(starts, address)],
          );
      },
    ),
    RUNS,
  );
});

test('a table that is cut off is no table', () => {
  const ipv4 = packIpv4([0, 256, 77_777], [1, 2, 3], 1);
  const ipv6 = packIpv6([0n, 256n, 77_777n << 32n], [1, 2, 3], 1);
  for (let size = 0; size < ipv6.length; size += 97) {
    if (size < ipv4.length)
      expect(() => takeIpv4(new ByteReader(ipv4.subarray(0, size)), 1)).toThrow('ends too early');
    expect(() => takeIpv6(new ByteReader(ipv6.subarray(0, size)), 1)).toThrow('ends too early');
  }
});

test('a table whose counts do not fit is not opened', () => {
  const bytes = packIpv4([0, 256, 77_777], [1, 2, 3], 1);
  // One more start in the last half.
  bytes[4 + 2 * 65_536 - 1]!++;
  expect(() => new Ipv4Index(takeIpv4(new ByteReader(bytes), 1))).toThrow('damaged');
});

test('joined lists say what each of them says', () => {
  const list = fc
    .array(fc.tuple(fc.nat(40), fc.constantFrom('a', 'b', '')), { maxLength: 12 })
    .map((pairs) => {
      const byStart = new Map<number, string>([[0, ''], ...pairs]);
      return [...byStart]
        .sort(([a], [b]) => a - b)
        .map(([start, value]) => ({ start: BigInt(start), value }));
    });
  fc.assert(
    fc.property(list, list, (first, second) => {
      const joined = joinBoundaries(first, second, (one, other) => `${one},${other}`);
      const at = (each: { start: bigint; value: string }[], address: bigint) =>
        each[
          slowly(
            each.map(({ start }) => start),
            address,
          )
        ]!.value;
      for (let address = 0n; address <= 41n; address++)
        expect(at(joined, address)).toBe(`${at(first, address)},${at(second, address)}`);
      expect(new Set(joined.map(({ start }) => start)).size).toBe(joined.length);
    }),
  );
});
