import { describe, expect, test } from 'vitest';
import { openScanner, type Scanner } from '../../src/formats/open-scanner.ts';
import { type Segment, UnreadableReason } from '../../src/model/segment.ts';
import { logLine } from '../helpers/log-lines.ts';

/** Lines longer than 1 MiB are stepped over, however the bytes come (scanner.ts). */
const LONGEST = 1 << 20;
const good = logLine(Date.UTC(2026, 8, 1), '192.0.2.1', 'GET', '/v2/a/b/manifests/1', 200, 1, 'x');

/** A manifest request with a prefix so long that the line is of this length. */
function lineOf(length: number): string {
  const line = (prefix: string) =>
    logLine(Date.UTC(2026, 8, 1), '192.0.2.2', 'GET', `${prefix}/v2/a/b/manifests/1`, 200, 1, 'x');
  return line(`/${'p'.repeat(length - line('/').length)}`);
}

function feed(scanner: Scanner, bytes: Uint8Array, piece: number): Segment {
  scanner.begin(false);
  for (let at = 0; at < bytes.length; at += piece) scanner.feed(bytes.subarray(at, at + piece));
  scanner.finish();
  return scanner.takeSegment({ file: 0, index: 0, last: true, start: 0, scanner: 0 });
}

describe.each(['wasm', 'javascript'] as const)('%s', (kernel) => {
  test.each([
    ['of exactly 1 MiB', LONGEST, 0],
    ['of a byte more', LONGEST + 1, 1],
    ['of 1.5 MiB', 1.5 * LONGEST, 1],
    ['of a byte less than 2 MiB', 2 * LONGEST - 1, 1],
    ['of 2 MiB', 2 * LONGEST, 1],
    ['of 3 MiB and a byte', 3 * LONGEST + 1, 1],
  ])('a line %s', async (_, length, tooLong) => {
    const scanner = await openScanner(kernel);
    const bytes = new TextEncoder().encode(`${good}\n${lineOf(length)}\n${good}\n`);
    for (const piece of [bytes.length, LONGEST, 1_000_003, 65_536]) {
      const { lines, requests, unreadableByReason, unreadable, size } = feed(scanner, bytes, piece);
      expect(lines).toEqual({
        read: 3,
        otherRegistry: 0,
        otherPath: 0,
        applicationMessage: 0,
        blank: 0,
        unreadable: tooLong,
      });
      expect(requests.length).toBe(3 - tooLong);
      expect([...requests.offset]).toEqual(
        [0, good.length + 1, good.length + length + 2].filter((_, i) => i !== 1 || tooLong === 0),
      );
      expect(unreadableByReason[UnreadableReason.tooLong]).toBe(tooLong);
      expect(size).toBe(bytes.length);
      if (tooLong === 0) continue;
      expect(unreadable.map(({ line, offset, reason }) => ({ line, offset, reason }))).toEqual([
        { line: 2, offset: good.length + 1, reason: UnreadableReason.tooLong },
      ]);
      expect(unreadable[0]!.text).toBe(lineOf(length).slice(0, 200));
    }
  });

  test('a line of 50 MB costs itself alone, closed or not', async () => {
    const scanner = await openScanner(kernel);
    const long = 50_000_000;
    const before = new TextEncoder().encode(`${good}\n`);
    for (const after of [new TextEncoder().encode(`\n${good}\n`), new Uint8Array()]) {
      const bytes = new Uint8Array(before.length + long + after.length).fill(0x78);
      bytes.set(before);
      bytes.set(after, before.length + long);
      const { lines, requests, unreadable, size } = feed(scanner, bytes, 1 << 20);
      const isClosed = after.length > 0;
      expect(lines).toMatchObject({ read: isClosed ? 3 : 2, unreadable: 1 });
      expect([...requests.offset]).toEqual(isClosed ? [0, before.length + long + 1] : [0]);
      expect(unreadable).toEqual([
        { line: 2, offset: before.length, reason: UnreadableReason.tooLong, text: 'x'.repeat(200) },
      ]);
      expect(size).toBe(bytes.length);
    }
  });
});
