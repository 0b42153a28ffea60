import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromSteps, narrow, toSteps, widen } from '../../src/lib/narrow.ts';
import { DamagedData, pack, unpack } from '../../src/lib/packed.ts';
import { sha256 } from '../../src/lib/sha256.ts';
import { createHash } from 'node:crypto';

const numbers = fc.oneof(
  fc.uint8Array(),
  fc.int8Array(),
  fc.uint16Array(),
  fc.int16Array(),
  fc.uint32Array(),
  fc.int32Array(),
  fc.float64Array(),
);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.string({ unit: 'binary' }),
    fc.boolean(),
    fc.constant(null),
    fc.double().filter((number) => !Object.is(number, -0)),
    numbers,
    fc.array(tie('any'), { maxLength: 4 }),
    fc.array(fc.tuple(fc.string(), tie('any')), { maxLength: 4 }).map((entries) => new Map(entries)),
    fc.dictionary(fc.stringMatching(/^[a-z]+$/), tie('any'), { maxKeys: 4 }),
  ),
})).any;

test('data is the same after it was packed', () => {
  fc.assert(fc.property(value, (data) => void expect(unpack(pack(data))).toEqual(data)));
});

test('whatever was changed in a block is noticed', () => {
  const bytes = pack({ name: 'a', rows: Uint32Array.of(1, 2, 3), more: new Map([['x', 1]]) });
  for (let at = 0; at < bytes.length; at++) {
    const damaged = bytes.slice();
    damaged[at]! ^= 4;
    expect(() => unpack(damaged), `byte ${at}`).toThrow(DamagedData);
  }
  for (let end = 0; end < bytes.length; end++)
    expect(() => unpack(bytes.subarray(0, end)), `cut at ${end}`).toThrow(DamagedData);
});

test('a block need not begin where its buffer does', () => {
  const bytes = pack({ rows: Float64Array.of(1.5) });
  const moved = new Uint8Array(bytes.length + 3);
  moved.set(bytes, 3);
  expect(unpack(moved.subarray(3))).toEqual({ rows: Float64Array.of(1.5) });
});

test('columns are the same after they were narrowed', () => {
  fc.assert(
    fc.property(fc.uint32Array(), fc.constantFrom(0, 16, 24), (column, shift) => {
      const values = column.map((each) => each >>> shift);
      const wide = new Uint32Array(values.length);
      expect(widen(narrow(values), wide)).toBe(true);
      expect(wide).toEqual(values);
      fromSteps(toSteps(values), wide);
      expect(wide).toEqual(values);
    }),
  );
  expect(widen(Uint8Array.of(1, 2), new Uint32Array(3))).toBe(false);
  expect(narrow(new Uint32Array(100).fill(7))).toEqual(Uint8Array.of(7));
  expect(toSteps(Uint32Array.of(1e9, 1e9 + 1, 1e9)).steps).toEqual(Int8Array.of(0, 1, -1));
});

test('hashes are those of SHA-256', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(Buffer.from(sha256(bytes)).toString('hex')).toBe(
        createHash('sha256').update(bytes).digest('hex'),
      );
    }),
  );
});
