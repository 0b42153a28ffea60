import { expect, it } from 'vitest';
import { joinBytes } from '../../src/lib/join-bytes.ts';

it('puts pieces behind each other, in a buffer of their own', () => {
  const all = Uint8Array.of(1, 2, 3, 4, 5);
  const joined = joinBytes([all.subarray(3), new Uint8Array(), all.subarray(0, 2)]);
  expect([...joined]).toEqual([4, 5, 1, 2]);
  expect(joined.buffer.byteLength).toBe(4);
  expect(joinBytes([])).toHaveLength(0);
  const one = joinBytes([all]);
  all[0] = 9;
  expect(one[0]).toBe(1);
});
