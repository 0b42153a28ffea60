import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { inflateGzip } from '../../src/intake/inflate-gzip.ts';
import {
  bgzipBlock,
  gzipMember,
  inflatable,
  logLines,
  noise,
  PiecewiseFile,
  StrictDecompressionStream,
} from './gzip-samples.ts';

async function inflate(bytes: Uint8Array | Blob) {
  const file = bytes instanceof Blob ? bytes : new Blob([new Uint8Array(bytes)]);
  const pieces: Buffer[] = [];
  let compressed = 0;
  const end = await inflateGzip(
    file,
    'a.gz',
    (piece) => void pieces.push(Buffer.from(piece)),
    (more) => (compressed += more),
  );
  return {
    content: Buffer.concat(pieces),
    largest: Math.max(0, ...pieces.map((p) => p.length)),
    compressed,
    ...end,
  };
}

const FINE = { complete: true, problem: null };
const header = gzipMember('x').subarray(0, 10);
/** Like compressed data, but the bytes stand in the file as they are. */
const stored = (content: Uint8Array) => gzipMember(content, {}, 0);

afterEach(() => vi.unstubAllGlobals());

describe.each([
  ["Node's inflater", null],
  ['one as strict as browsers', StrictDecompressionStream],
])('%s', (_, inflater) => {
  beforeEach(() => {
    if (inflater) vi.stubGlobal('DecompressionStream', inflater);
  });

  test.each<[string, Buffer[]]>([
    ['one member', [logLines(200_000)]],
    ['three members', [Buffer.from('one\n'), Buffer.from('two\n'), Buffer.from('three\n')]],
    ['only an empty member', [Buffer.alloc(0)]],
    [
      'empty members between',
      [Buffer.alloc(0), Buffer.from('one\n'), Buffer.alloc(0), Buffer.alloc(0), noise(9)],
    ],
    ['members of more than 4 MB', [noise(4_500_000), noise(4_500_000, 2), logLines(9_000_000)]],
  ])('%s', async (_, parts) => {
    const file = Buffer.concat(parts.map((part) => gzipMember(part)));
    const { content, members, compressed, ...end } = await inflate(file);
    expect(content.equals(Buffer.concat(parts))).toBe(true);
    expect(end).toMatchObject(FINE);
    expect([members, compressed]).toEqual([parts.length, file.length]);
  });

  test.each<[string, Buffer[]]>([
    ['a header', [noise(3000), header, noise(70_000, 3), header, noise(10, 4)]],
    ['a header at the very end', [noise(100), header]],
    ['whole gzip files', [gzipMember('inner\n'), noise(70_000), gzipMember(noise(500)), gzipMember('')]],
  ])('%s inside compressed data is none', async (_, parts) => {
    const inner = Buffer.concat(parts);
    const file = Buffer.concat([gzipMember('before\n'), stored(inner), gzipMember('behind\n')]);
    const { content, members, ...end } = await inflate(file);
    expect(content.equals(Buffer.concat([Buffer.from('before\n'), inner, Buffer.from('behind\n')]))).toBe(
      true,
    );
    expect(end).toMatchObject(FINE);
    expect(members).toBe(3);
  });

  test.each([1, 7, 8, 9, 600, 3_000_000])(
    '%i zeros behind the end and between members are fine',
    async (size) => {
      const [one, two] = [gzipMember(logLines(5000)), gzipMember(logLines(5000, 2))];
      const zeros = Buffer.alloc(size);
      const { content, compressed, ...end } = await inflate(Buffer.concat([one, zeros, two, zeros]));
      expect(content.equals(Buffer.concat([logLines(5000), logLines(5000, 2)]))).toBe(true);
      expect(end).toMatchObject(FINE);
      expect(compressed).toBe(one.length + two.length + 2 * size);
    },
  );

  test.each(['x', 'not gzip', '\0\0\0\0\0\0\0 and not gzip', 'A'.repeat(300_000)])(
    'other bytes behind the end are left out with a note',
    async (junk) => {
      const { content, complete, problem } = await inflate(
        Buffer.concat([gzipMember(logLines(50_000)), gzipMember('two\n'), Buffer.from(junk)]),
      );
      expect(content.toString()).toBe(`${logLines(50_000).toString()}two\n`);
      expect(complete).toBe(true);
      expect(problem).toMatchObject({ severity: 'note', file: 'a.gz', line: 0 });
      expect(problem!.reason).toContain('left out');
    },
  );

  test('cut off: what was before is given, and the file is named', async () => {
    const log = logLines(3_000_000);
    const cut = gzipMember(log).subarray(0, 200_000);
    const { content, complete, problem, compressed } = await inflate(cut);
    expect(content.equals((await inflatable(cut)).content)).toBe(true);
    expect(complete).toBe(false);
    expect(compressed).toBe(200_000);
    expect(problem).toEqual({
      severity: 'error',
      file: 'a.gz',
      line: 0,
      reason: 'a.gz is cut off after 200 kB; what was before is counted.',
      remedy: 'Copy it again from where it came from, and drop that.',
    });
  });

  test('cut off at any byte of the second member: the first is whole, and it is told', async () => {
    const [one, two] = [gzipMember('one\n'), gzipMember('two two two two\n')];
    for (let size = 1; size < two.length; size++) {
      const { content, complete, problem } = await inflate(Buffer.concat([one, two.subarray(0, size)]));
      expect(content.toString()).toMatch(/^one\n/);
      expect('one\ntwo two two two\n'.startsWith(content.toString())).toBe(true);
      expect([size, complete, problem?.reason]).toEqual([size, false, expect.stringContaining('cut off')]);
    }
  });

  test('cut off inside its first header', async () => {
    for (let size = 2; size <= 11; size++) {
      const { content, complete, problem } = await inflate(gzipMember('x\n').subarray(0, size));
      expect([content.length, complete]).toEqual([0, false]);
      expect(problem!.reason).toMatch(/cut off after \d+ bytes/);
    }
  });

  test('damage: what was before is given, and where it is', async () => {
    const log = logLines(3_000_000);
    const file = Buffer.concat([gzipMember('one\n'), gzipMember(log)]);
    file.set(noise(3000), 200_000);
    const { content, complete, problem } = await inflate(file);
    const before = (await inflatable(file.subarray(gzipMember('one\n').length, 183_000))).content.length;
    expect(
      content.subarray(0, 4 + before).equals(Buffer.concat([Buffer.from('one\n'), log.subarray(0, before)])),
    ).toBe(true);
    expect(before).toBeGreaterThan(500_000);
    expect(complete).toBe(false);
    expect(problem).toMatchObject({ severity: 'error', file: 'a.gz' });
    const place = Number(/damaged before byte (\d+)/.exec(problem!.reason)![1]);
    expect(place).toBeGreaterThan(200_000);
    expect(place).toBeLessThan(200_000 + (192 << 10));
  });

  test.each([0, 1])('a wrong checksum in member %i is told, and everything is given', async (which) => {
    const parts = [gzipMember('content\n'.repeat(1000)), gzipMember('more\n')];
    parts[which]!.writeUInt8(parts[which]!.at(-6)! ^ 0xff, parts[which]!.length - 6);
    const { content, complete, problem } = await inflate(Buffer.concat(parts));
    expect(content.toString()).toBe(`${'content\n'.repeat(1000)}more\n`);
    expect(complete).toBe(false);
    expect(problem).toMatchObject({ severity: 'warning', file: 'a.gz' });
    expect(problem!.reason).toContain('checksum');
  });

  test('random files: never a byte twice, none lost', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.uint8Array({ maxLength: 3000 }),
            fc.nat(60_000).map((size) => logLines(size)),
          ),
          {
            minLength: 1,
            maxLength: 4,
          },
        ),
        fc.constantFrom(0, 1, 6),
        fc.constantFrom(0, 0, 1, 9, 500),
        fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 5 }),
        async (parts, level, padding, sizes) => {
          const members = parts.map((part) => gzipMember(part, {}, level));
          const file = Buffer.concat([...members, Buffer.alloc(padding)]);
          const { content, compressed, ...end } = await inflate(new PiecewiseFile(file, sizes));
          expect(content.equals(gunzipSync(Buffer.concat(members)))).toBe(true);
          expect(end).toMatchObject(FINE);
          expect(compressed).toBe(file.length);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('random cuts: everything that zlib can inflate is given, and no more', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(60_000), { minLength: 1, maxLength: 3 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 5 }),
        async (sizes, share, pieces) => {
          const logs = sizes.map((size, i) => logLines(size, i));
          const members = logs.map((log) => gzipMember(log));
          const whole = Buffer.concat(members);
          const cut = whole.subarray(0, 2 + Math.floor(share * (whole.length - 3)));
          const { content, complete, problem } = await inflate(new PiecewiseFile(cut, pieces));
          const expected: Buffer[] = [];
          let at = 0;
          for (const member of members) {
            if (at + 10 <= cut.length)
              expected.push((await inflatable(cut.subarray(at, at + member.length))).content);
            at += member.length;
          }
          expect(content.equals(Buffer.concat(expected))).toBe(true);
          // Cut between two members it is whole.
          const ends = members.map((_, i) => Buffer.concat(members.slice(0, i + 1)).length);
          expect(complete).toBe(ends.includes(cut.length));
          expect(problem === null).toBe(complete);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('random damage: it is told, and what is before it is right', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 200_000 }), { minLength: 1, maxLength: 3 }),
        fc.double({ min: 0, max: 0.999999, noNaN: true }),
        fc.integer({ min: 1, max: 255 }),
        async (sizes, share, flip) => {
          const logs = sizes.map((size, i) => logLines(size, i));
          const members = logs.map((log) => gzipMember(log));
          const file = Buffer.concat(members);
          // Not in the first header, where it is no gzip any more, nor in fields that say nothing.
          const at = 10 + Math.floor(share * (file.length - 10));
          let start = 0;
          let sure = 0;
          for (const [i, member] of members.entries()) {
            if (at >= start + member.length) sure += logs[i]!.length;
            else if (at - 16_500 > start + 10)
              sure += (await inflatable(file.subarray(start, at - 16_500))).content.length;
            if (at < start + member.length) break;
            start += member.length;
          }
          file[at]! ^= flip;
          const { content, problem } = await inflate(file);
          expect(content.subarray(0, sure).equals(Buffer.concat(logs).subarray(0, sure))).toBe(true);
          // Only a flip that changes no content may go unnoticed.
          if (!content.equals(Buffer.concat(logs))) expect(problem).not.toBeNull();
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('headers', () => {
  test.each([
    ['a name', { name: 'access.log' }],
    ['a comment of two lines', { comment: 'first\nsecond' }],
    ['an extra field', { extra: noise(300) }],
    ['the longest extra field', { extra: noise(65_535) }],
    [
      'everything',
      { name: 'é.log', comment: 'c', extra: Buffer.from('ab'), headerSum: true, effort: 2, system: 255 },
    ],
    ['values that no known writer uses', { effort: 1, system: 77 }],
    ['a name longer than can be judged', { name: 'n'.repeat(5000) }],
  ])('%s', async (_, header) => {
    const parts = [logLines(9000), noise(50), logLines(9000, 2)];
    const file = Buffer.concat(parts.map((part) => gzipMember(part, header)));
    for (const sizes of [[65_536], [1], [4096, 3]]) {
      const { content, members, ...end } = await inflate(new PiecewiseFile(file, sizes));
      expect(content.equals(Buffer.concat(parts))).toBe(true);
      expect(end).toMatchObject(FINE);
      expect(members).toBeGreaterThan(0);
    }
  });

  test('a name that never ends is cut off, and soon', async () => {
    const endless = Buffer.concat([
      Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3]),
      Buffer.alloc(20_000_000, 'n'),
    ]);
    const began = performance.now();
    const { content, complete } = await inflate(Buffer.concat([gzipMember('one\n'), endless]));
    expect(content.toString()).toBe('one\n');
    expect(complete).toBe(false);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

describe('many small members', () => {
  test('bgzip is not given to the browser', async () => {
    const used = vi.fn(StrictDecompressionStream);
    vi.stubGlobal('DecompressionStream', used);
    const parts = Array.from({ length: 300 }, (_, i) => logLines(60_000, i));
    const file = Buffer.concat([...parts, Buffer.alloc(0)].map((part) => bgzipBlock(part)));
    const { content, members, compressed, ...end } = await inflate(file);
    expect(content.equals(Buffer.concat(parts))).toBe(true);
    expect(end).toMatchObject(FINE);
    expect([members, compressed]).toEqual([301, file.length]);
    expect(used).not.toHaveBeenCalled();
  });

  test('a hundred thousand of them do not overflow the stack', async () => {
    const block = bgzipBlock('');
    const file = Buffer.concat([...Array<Buffer>(100_000).fill(block), bgzipBlock('end\n')]);
    const { content, members, ...end } = await inflate(file);
    expect(content.toString()).toBe('end\n');
    expect(end).toMatchObject(FINE);
    expect(members).toBe(100_001);
  });
});

describe('the one who takes', () => {
  const files: [string, Buffer][] = [
    ['natively', gzipMember(logLines(9_000_000))],
    ['by fflate', Buffer.concat([bgzipBlock(logLines(60_000)), gzipMember(logLines(9_000_000))])],
  ];

  test.each(files)('stops it, %s', async (_, file) => {
    let pieces = 0;
    const end = await inflateGzip(new Blob([new Uint8Array(file)]), 'a.gz', () => ++pieces < 3);
    expect(pieces).toBe(3);
    expect(end).toMatchObject(FINE);
  });

  test.each(files)('throws, and that is neither swallowed nor taken for damage, %s', async (_, file) => {
    let pieces = 0;
    const inflating = inflateGzip(new Blob([new Uint8Array(file)]), 'a.gz', () => {
      if (++pieces === 2) throw new RangeError('a bug');
    });
    await expect(inflating).rejects.toThrow('a bug');
    expect(pieces).toBe(2);
  });

  test.each(files)('is told when the file is gone, %s', async (_, file) => {
    const gone = new PiecewiseFile(file, [50_000], 300_000);
    await expect(inflate(gone)).rejects.toMatchObject({ name: 'NotReadableError' });
  });

  test('gets pieces of a bounded size, however well the content was compressed', async () => {
    const zeros = gzipMember(Buffer.alloc(60_000_000));
    const { content, largest } = await inflate(Buffer.concat([bgzipBlock('one\n'), zeros]));
    expect(content.length).toBe(60_000_004);
    expect(largest).toBeLessThan(18_000_000);
  });
});
