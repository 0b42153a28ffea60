import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inflateGzip } from '../../src/intake/inflate-gzip.ts';

async function inflate(bytes: Uint8Array) {
  const pieces: Buffer[] = [];
  const end = await inflateGzip(
    new Blob([new Uint8Array(bytes)]),
    'a.gz',
    (piece) => void pieces.push(Buffer.from(piece)),
  );
  return { content: Buffer.concat(pieces), ...end };
}

const noise = (size: number, seed = 1) => {
  const bytes = Buffer.alloc(size);
  for (let i = 0, state = seed; i < size; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
};

describe('whole files', () => {
  test.each([
    ['one member', [Buffer.from('one\n')]],
    ['three members', [Buffer.from('one\n'), Buffer.from('two\n'), Buffer.from('three\n')]],
    ['an empty member between', [Buffer.from('one\n'), Buffer.alloc(0), Buffer.from('three\n')]],
    ['members of more than 4 MB', [noise(5_000_000), noise(5_000_000, 2)]],
  ])('%s', async (_, parts) => {
    const { content, complete, problem } = await inflate(Buffer.concat(parts.map((part) => gzipSync(part))));
    expect(content.equals(Buffer.concat(parts))).toBe(true);
    expect([complete, problem]).toEqual([true, null]);
  });

  test('what looks like a header inside the data is none', async () => {
    const header = gzipSync('x').subarray(0, 10);
    const parts = [noise(3000), header, noise(70_000, 3), header, noise(10, 4)];
    // Stored, not compressed: the bytes stand in the file as they are.
    const { content, complete } = await inflate(gzipSync(Buffer.concat(parts), { level: 0 }));
    expect(content.equals(Buffer.concat(parts))).toBe(true);
    expect(complete).toBe(true);
  });

  test('a header with a name', async () => {
    const raw = deflateRawSync('named\n');
    const plain = gzipSync('named\n');
    const header = Buffer.from(plain.subarray(0, 10));
    header[3] = 8;
    const file = Buffer.concat([header, Buffer.from('access.log\0'), raw, plain.subarray(-8)]);
    expect((await inflate(file)).content.toString()).toBe('named\n');
  });

  test('padding with zeros is fine, other bytes behind the end are left out with a note', async () => {
    const file = gzipSync('content\n');
    const padded = await inflate(Buffer.concat([file, Buffer.alloc(600)]));
    expect([padded.content.toString(), padded.problem]).toEqual(['content\n', null]);
    const followed = await inflate(Buffer.concat([file, Buffer.from('something else behind it, not gzip')]));
    expect(followed.content.toString()).toBe('content\n');
    expect(followed.problem).toMatchObject({ severity: 'note', file: 'a.gz' });
  });
});

describe('damaged files', () => {
  test('cut off: what was before is given, and the file is named', async () => {
    const file = gzipSync(noise(300_000), { level: 1 });
    const { content, complete, problem } = await inflate(file.subarray(0, 200_000));
    expect(complete).toBe(false);
    expect(content.length).toBeGreaterThan(100_000);
    expect(content.equals(noise(300_000).subarray(0, content.length))).toBe(true);
    expect(problem).toMatchObject({
      severity: 'error',
      file: 'a.gz',
      reason: expect.stringContaining('cut off') as string,
    });
  });

  test('cut off in its third member: the first two are whole', async () => {
    const parts = ['one\n', 'two\n', 'three\n'.repeat(5000)].map((text) => gzipSync(text));
    const { content, complete } = await inflate(Buffer.concat(parts).subarray(0, -20));
    expect(content.toString().startsWith('one\ntwo\nthree\n')).toBe(true);
    expect(complete).toBe(false);
  });

  test('a wrong checksum is told', async () => {
    const file = Buffer.from(gzipSync('content\n'.repeat(1000)));
    file[file.length - 6]! ^= 0xff;
    const { content, problem } = await inflate(file);
    expect(content.length).toBe(8000);
    expect(problem).toMatchObject({ severity: 'warning' });
  });
});

test('stops as soon as it is told to', async () => {
  let pieces = 0;
  const file = new Blob([new Uint8Array(gzipSync(noise(3_000_000)))]);
  await inflateGzip(file, 'a.gz', () => {
    pieces++;
    return false;
  });
  expect(pieces).toBe(1);
});

test('random members, padding and cuts: never a byte twice, none lost before the damage', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 3000 }), { minLength: 1, maxLength: 4 }),
      fc.constantFrom(0, 0, 1, 9, 500),
      fc.constantFrom(0, 0, 0, 1, 7, 30),
      fc.constantFrom(0, 6),
      async (parts, padding, missing, level) => {
        const whole = Buffer.concat([
          ...parts.map((part) => gzipSync(part, { level })),
          Buffer.alloc(padding),
        ]);
        const cut = padding === 0 ? whole.subarray(0, Math.max(12, whole.length - missing)) : whole;
        const { content } = await inflate(cut);
        const expected = Buffer.concat(parts);
        expect(content.equals(expected.subarray(0, content.length))).toBe(true);
        if (cut.length === whole.length) expect(content.length).toBe(expected.length);
      },
    ),
    { numRuns: 150 },
  );
});
