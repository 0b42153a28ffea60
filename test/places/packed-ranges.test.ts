import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteReader, packRanges, unpackRanges } from '../../src/places/packed-ranges.ts';
import { Ipv4Index, Ipv6Index } from '../../src/places/range-index.ts';
import { joinRanges } from '../../src/places/range-table.ts';

/** The last start that is not after the address, looked for one by one. */
function slowly(starts: bigint[], values: number[], address: bigint): number {
  let found = 0;
  starts.forEach((start, place) => {
    if (start <= address) found = place;
  });
  return values[found]!;
}

const ascending = (max: bigint, begin: bigint) =>
  fc
    .uniqueArray(
      fc.oneof(
        fc.bigInt(begin, max),
        fc.bigInt(0n, 60n).map((bits) => begin + ((1n << bits) & (max - begin))),
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
        const reader = new ByteReader(packRanges(starts, values, planes));
        const ranges = unpackRanges(reader, 4, planes);
        expect(reader.isAtEnd).toBe(true);
        expect([...ranges.high]).toEqual(starts.map(Number));
        expect([...ranges.values]).toEqual(values);
        const index = new Ipv4Index(ranges);
        const beside = starts.flatMap((start) => [Number(start), Math.max(0, Number(start) - 1)]);
        for (const address of [...addresses, ...beside])
          expect(index.valueAt(address)).toBe(slowly(starts, values, BigInt(address)));
      },
    ),
  );
});

test('IPv6 ranges come back and are found', () => {
  const begin = 0x2000n << 48n;
  const end = (0x4000n << 48n) - 1n;
  fc.assert(
    fc.property(
      ascending(end, begin),
      fc.infiniteStream(fc.nat(255)),
      fc.array(fc.bigInt(begin, end)),
      (starts, stream, addresses) => {
        const values = starts.map(() => stream.next().value as number);
        const ranges = unpackRanges(new ByteReader(packRanges(starts, values, 1)), 6, 1);
        const back = [...ranges.high].map(
          (high, place) => (BigInt(high) << 32n) | BigInt(ranges.low![place]!),
        );
        expect(back).toEqual(starts);
        const index = new Ipv6Index(ranges);
        const beside = starts.flatMap((start) => [start, start > begin ? start - 1n : start]);
        for (const address of [...addresses, ...beside])
          expect(index.valueAt(Number(address >> 32n), Number(address & 0xffffffffn))).toBe(
            slowly(starts, values, address),
          );
      },
    ),
  );
});

test('a table that is cut off is no table', () => {
  const bytes = packRanges([0n, 256n, 77_777n], [1, 2, 3], 1);
  for (let size = 0; size < bytes.length; size++)
    expect(() => unpackRanges(new ByteReader(bytes.subarray(0, size)), 4, 1)).toThrow('ends too early');
});

test('joined tables answer what each of them answers', () => {
  fc.assert(
    fc.property(
      fc.array(ascending(0xffffffffn, 0n), { minLength: 1, maxLength: 3 }),
      fc.array(fc.nat(0xffffffff)),
      (all, addresses) => {
        const tables = all.map((starts, table) => {
          const values = starts.map((_, place) => (place * 7 + table) % 11);
          return {
            starts,
            values,
            columns: { high: Uint32Array.from(starts, Number), low: null, values: Uint32Array.from(values) },
          };
        });
        const numberOf = (values: number[]) => values.reduce((sum, value) => sum * 11 + value, 0);
        const joined = new Ipv4Index(
          joinRanges(
            tables.map(({ columns }) => columns),
            numberOf,
          ),
        );
        for (const address of [...addresses, ...all.flat().map(Number)])
          expect(joined.valueAt(address)).toBe(
            numberOf(tables.map(({ starts, values }) => slowly(starts, values, BigInt(address)))),
          );
      },
    ),
  );
});
