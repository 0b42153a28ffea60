import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openScanner } from '../../src/formats/open-scanner.ts';
import { defaultOptions } from '../../src/model/file-options.ts';
import { lookAtFile } from '../../src/pipeline/look-at-file.ts';
import { findUnreadable, LineBlob } from '../../src/pipeline/unreadable-lines.ts';

const GOOD =
  '192.0.2.7 - - [21/Nov/2026:03:09:35 +0000] "GET /v2/a/manifests/1 HTTP/1.1" 200 5 "-" "docker/24"';
const BAD = [
  'what is this',
  '192.0.2.7 - - [99/Foo/2026] "GET /v2/a/manifests/1 HTTP/1.1" 200 5 "-" "x"',
  'ünï \u202e',
];
const options = defaultOptions(0);

async function unreadableOf(bytes: Uint8Array, most = Infinity): Promise<{ text: string; lines: number }> {
  const scanner = await openScanner();
  scanner.setOptions(options);
  const [facts] = await lookAtFile(new File([new Uint8Array(bytes)], 'a.log'), scanner);
  const found = new LineBlob();
  await findUnreadable({ content: facts!.content, options }, scanner, (line) => {
    found.add(line);
    return found.lines < most;
  });
  return { text: await found.finish().text(), lines: found.lines };
}

describe('lines that cannot be read', () => {
  // Two of every three lines are good, and there are far more bad ones than are kept as examples.
  const lines = Array.from({ length: 900 }, (_, i) => (i % 3 === 1 ? `${BAD[i % BAD.length]} ${i}` : GOOD));
  const bad = lines.filter((_, i) => i % 3 === 1);
  const log = new TextEncoder().encode(lines.join('\n'));

  it('come out as they are, in order, and no others', async () => {
    const { text, lines: count } = await unreadableOf(log);
    expect(text).toBe(bad.map((line) => `${line}\n`).join(''));
    expect(count).toBe(300);
  });

  it('are the same in a compressed file', async () => {
    expect(await unreadableOf(gzipSync(log))).toEqual(await unreadableOf(log));
  });

  it('end where no more are wanted', async () => {
    const { text } = await unreadableOf(log, 2);
    expect(text).toBe(`${bad[0]}\n${bad[1]}\n`);
  });

  it('keep their ends and get one where the file has none', async () => {
    const { text } = await unreadableOf(new TextEncoder().encode(`${GOOD}\r\nno log\r\n\r\n${GOOD}\r\nlast`));
    expect(text).toBe('no log\r\nlast\n');
  });

  it('are cut where no log has such lines', async () => {
    const { text, lines: count } = await unreadableOf(
      new TextEncoder().encode(`${GOOD}\n${'x'.repeat(3 << 20)}\nno log\n${GOOD}\n`),
    );
    expect(text).toBe(`${'x'.repeat(64 << 10)}\nno log\n`);
    expect(count).toBe(2);
  });
});

it('are the same however many there are, wherever blocks and pieces end', async () => {
  const lineOf = (kind: number, size: number) =>
    kind === 0 ? GOOD : kind === 1 ? '' : `odd ${'ü'.repeat(size)}`;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(2), fc.oneof(fc.nat(300), fc.nat(60_000))), { maxLength: 120 }),
      fc.boolean(),
      async (kinds, hasEnd) => {
        const lines = kinds.map(([kind, size]) => lineOf(kind, size));
        // Of a longer line the first 64 KiB are kept.
        const bad = lines.filter((_, i) => kinds[i]![0] === 2);
        const log = lines.join('\n') + (hasEnd ? '\n' : '');
        if (log === '') return;
        const { text } = await unreadableOf(new TextEncoder().encode(log));
        const expected = bad.map((line) => Buffer.from(line).subarray(0, 64 << 10));
        expect(
          Buffer.from(text).equals(
            Buffer.from(Buffer.concat(expected.flatMap((line) => [line, Buffer.from('\n')])).toString()),
          ),
        ).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
});
