import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fingerprintFile, sameBytes } from '../../src/intake/fingerprint.ts';

const KIB = 1024;
const blob = (bytes: Uint8Array) => new Blob([new Uint8Array(bytes)]);
const changed = (bytes: Uint8Array, place: number) => {
  const other = bytes.slice();
  other[place]! ^= 1;
  return other;
};

test('the same bytes have the same fingerprint: size and 128 bits in hexadecimal', async () => {
  const bytes = new Uint8Array(400 * KIB).fill(97);
  expect(await fingerprintFile(blob(bytes))).toMatch(/^64000-[0-9a-f]{32}$/);
  expect(await fingerprintFile(blob(bytes.slice()))).toBe(await fingerprintFile(blob(bytes)));
  expect(await fingerprintFile(new Blob([]))).toMatch(/^0-[0-9a-f]{32}$/);
});

test('a single bit at either end of every sample changes it; between the samples it does not', async () => {
  const bytes = new Uint8Array(400 * KIB).fill(97);
  const fingerprint = await fingerprintFile(blob(bytes));
  const sampled = [0, 64 * KIB - 1, 168 * KIB, 232 * KIB - 1, 336 * KIB, 400 * KIB - 1];
  for (const place of sampled)
    expect(await fingerprintFile(blob(changed(bytes, place)))).not.toBe(fingerprint);
  for (const place of [64 * KIB, 168 * KIB - 1, 232 * KIB, 336 * KIB - 1]) {
    expect(await fingerprintFile(blob(changed(bytes, place)))).toBe(fingerprint);
    expect(await sameBytes(blob(bytes), blob(changed(bytes, place)))).toBe(false);
  }
});

test('of a short file every bit counts, and so does its length', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.nat(), async (bytes, place) => {
      const fingerprint = await fingerprintFile(blob(bytes));
      expect(await fingerprintFile(blob(changed(bytes, place % bytes.length)))).not.toBe(fingerprint);
      expect(await fingerprintFile(blob(Uint8Array.from([...bytes, 0])))).not.toBe(fingerprint);
    }),
  );
});

test('bits are spread: a changed bit changes about half of the 128', async () => {
  const bytes = new Uint8Array(1000).fill(32);
  const bits = async (content: Uint8Array) =>
    BigInt(`0x${(await fingerprintFile(blob(content))).replace(/^.*-/, '')}`);
  const before = await bits(bytes);
  for (const place of [0, 1, 500, 995, 999]) {
    const differing = (before ^ (await bits(changed(bytes, place)))).toString(2).replaceAll('0', '').length;
    expect(differing).toBeGreaterThan(35);
    expect(differing).toBeLessThan(93);
  }
});

test('equal files are told from files that differ in one byte, also behind the first 4 MB', async () => {
  const bytes = new Uint8Array(9_000_001).fill(7);
  expect(await sameBytes(blob(bytes), blob(bytes.slice()))).toBe(true);
  for (const place of [0, 4 << 20, 9_000_000])
    expect(await sameBytes(blob(bytes), blob(changed(bytes, place)))).toBe(false);
  expect(await sameBytes(blob(bytes), blob(bytes.subarray(1)))).toBe(false);
  expect(await sameBytes(new Blob([]), new Blob([]))).toBe(true);
});

test('comparing stops at the first difference', async () => {
  class CountedFile extends Blob {
    read = 0;
    override slice(start = 0, end = this.size): Blob {
      this.read += Math.min(end, this.size) - start;
      return super.slice(start, end);
    }
  }
  const file = new CountedFile([new Uint8Array(20_000_000)]);
  await sameBytes(file, blob(changed(new Uint8Array(20_000_000), 5)));
  expect(file.read).toBeLessThan(5_000_000);
});
