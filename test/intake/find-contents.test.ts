import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentOfFile, isPlain, readContent, readParts } from '../../src/intake/content.ts';
import { findContents } from '../../src/intake/find-contents.ts';
import type { Problem } from '../../src/model/problem.ts';
import { type Member, tarMembers, tarOf, zipOf, zstdFrame } from './archive-samples.ts';
import { logLines, noise, PiecewiseFile } from './gzip-samples.ts';

const LINES = logLines(120_000);
const fixture = (name: string) => readFileSync(new URL(`../fixtures/archives/${name}`, import.meta.url));
const sentence = ({ reason, remedy }: Problem) => `${reason} ${remedy}`.trim();

/** A file, perhaps one that hands out its bytes in pieces of one size. */
function fileOf(bytes: Uint8Array, name: string, piece?: number): File {
  if (piece === undefined) return new File([new Uint8Array(bytes)], name);
  return Object.defineProperty(new PiecewiseFile(bytes, [piece]), 'name', { value: name }) as Blob as File;
}

/** Everything in a file: by name the text, or why there is none, and what was wrong. */
async function unpack(bytes: Uint8Array, name = 'logs', piece?: number) {
  const logs = new Map<string, Buffer>();
  const states: Record<string, string> = {};
  const said: string[] = [];
  const contents: Parameters<typeof readContent>[0][] = [];
  const hashes = new Map<string, string | null>();
  const whole = await findContents(fileOf(bytes, name, piece), ({ content, state, problem, hash }) => {
    states[content.name] = state;
    hashes.set(content.name, hash);
    if (problem) said.push(sentence(problem));
    if (state === 'log') contents.push(content);
  });
  const read = async (group: typeof contents) => {
    const pieces: Buffer[][] = group.map(() => []);
    let part = 0;
    await readParts(group, {
      begin: (number) => (part = number),
      take: (each) => void pieces[part]!.push(Buffer.from(each)),
      end: (_, problem) => problem && said.push(sentence(problem)),
    });
    group.forEach((content, i) => logs.set(content.name, Buffer.concat(pieces[i]!)));
  };
  const packed = contents.filter(({ member }) => member);
  for (const content of contents) if (!content.member) await read([content]);
  if (packed.length > 0) await read(packed);
  const largest = Math.max(0, ...[...logs.values()].map((log) => log.length));
  return { logs, states, said: [...said, ...whole.map(sentence)], contents, hashes, largest };
}

const FILES: Member[] = [
  { path: 'web/access.log', content: LINES },
  { path: 'web/old/access.log.1', content: LINES.subarray(0, 5000) },
];
/** Both files in one way of packing, and the name of the archive before their paths. */
const ARCHIVES: [string, Buffer][] = [
  ['zip', zipOf(FILES)],
  ['zip, stored', zipOf(FILES.map((file) => ({ ...file, stored: true })))],
  ['zip with sizes behind', zipOf(FILES.map((file) => ({ ...file, descriptor: true })))],
  [
    'zip of 64 bits',
    zipOf(
      FILES.map((file) => ({ ...file, zip64: true })),
      { zip64: true },
    ),
  ],
  [
    'zip behind a program, with a comment',
    zipOf(FILES, { before: zipOf([]).fill(7), comment: 'PK\x05\x06 by hand' }),
  ],
  ['tar', tarOf(FILES)],
  ['tar.gz', gzipSync(tarOf(FILES))],
  ['tar.zst', fixture('web.tar.zst')],
  ['tar.bz2', fixture('web.tar.bz2')],
];

describe.each(ARCHIVES.filter(([name]) => name !== 'zip behind a program, with a comment'))(
  '%s',
  (_, bytes) => {
    test.each([1 << 20, 4096, 513])('holds the same bytes in pieces of %i', async (piece) => {
      const { logs, said } = await unpack(bytes, 'logs.archive', piece);
      expect(said).toEqual([]);
      expect([...logs.keys()]).toEqual(['logs.archive/web/access.log', 'logs.archive/web/old/access.log.1']);
      expect(logs.get('logs.archive/web/access.log')!.equals(LINES)).toBe(true);
      expect(logs.get('logs.archive/web/old/access.log.1')!.equals(LINES.subarray(0, 5000))).toBe(true);
    });

    test('cut off anywhere, it gives what was before, and says so', async () => {
      for (let cut = 600; cut < bytes.length - 1100; cut += Math.ceil(bytes.length / 23)) {
        const { logs, said, states } = await unpack(bytes.subarray(0, cut));
        for (const [name, log] of logs) {
          const whole = name.endsWith('.1') ? LINES.subarray(0, 5000) : LINES;
          expect(log.equals(whole.subarray(0, log.length))).toBe(true);
        }
        expect(said.join(' '), `cut at ${cut}`).toMatch(/cut off|damaged/);
        expect(Object.keys(states).length).toBeGreaterThan(0);
      }
    });
  },
);

test.each([['lines.log.zst'], ['lines.log.bz2'], ['lines.log.xz']])(
  '%s: all of its streams, in pieces of any size',
  async (name) => {
    for (const piece of [1 << 20, 4096, 7]) {
      const { logs, said } = await unpack(fixture(name), name, piece);
      expect(said).toEqual([]);
      expect(logs.get(name)!.equals(LINES)).toBe(true);
    }
  },
);

test('the same log gives the same bytes however it is packed and cut into pieces', async () => {
  const ways: ((log: Buffer) => [Buffer, string])[] = [
    (log) => [log, 'logs'],
    (log) => [gzipSync(log), 'logs'],
    (log) => [zstdFrame([log]), 'logs'],
    (log) => [zipOf([{ path: 'a', content: log }]), 'logs/a'],
    (log) => [zipOf([{ path: 'a.gz', content: gzipSync(log) }]), 'logs/a.gz'],
    (log) => [zipOf([{ path: 'a.gz', content: gzipSync(log), stored: true }]), 'logs/a.gz'],
    (log) => [tarOf([{ path: './a', content: log }]), 'logs/a'],
    (log) => [tarOf([{ path: 'a.gz', content: gzipSync(log) }]), 'logs/a.gz'],
    (log) => [gzipSync(tarOf([{ path: '/a', content: log }])), 'logs/a'],
    (log) => [gzipSync(tarOf([{ path: 'a.gz', content: gzipSync(log) }])), 'logs/a.gz'],
    (log) => [gzipSync(tarOf([{ path: 'a.zst', content: zstdFrame([log]) }])), 'logs/a.zst'],
    (log) => [zstdFrame([tarOf([{ path: 'a', content: log }])]), 'logs/a'],
    (log) => [gzipSync(gzipSync(log)), 'logs'],
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...ways),
      fc.integer({ min: 1, max: 70_000 }),
      fc.constantFrom(1, 7, 511, 512, 513, 4096, 1 << 20),
      fc.integer({ min: 1, max: 1000 }),
      async (way, size, piece, seed) => {
        const log = logLines(size, seed);
        const [bytes, name] = way(log);
        const { logs, said, hashes } = await unpack(bytes, 'logs', piece);
        expect(said).toEqual([]);
        expect([...logs.keys()]).toEqual([name]);
        expect(logs.get(name)!.equals(log)).toBe(true);
        expect(hashes.size).toBe(1);
      },
    ),
    { numRuns: 60 },
  );
});

describe('members', () => {
  test('a zip behind other bytes is found by its directory', async () => {
    const zip = zipOf(FILES, {
      before: Buffer.from('PK\x03\x04 not a header'),
      comment: 'PK\x05\x06 by hand',
    });
    const { logs, said } = await unpack(zip);
    expect(said).toEqual([]);
    expect(logs.get('logs/web/access.log')!.equals(LINES)).toBe(true);
  });

  test('stand at their place on disk where they can be read from any byte', async () => {
    const { contents } = await unpack(tarOf(FILES));
    expect(contents.map(isPlain)).toEqual([true, true]);
    expect(contents.map(({ origin }) => origin)).toEqual([512, 512 + 120_320 + 512]);
  });

  test.each([
    ['zip', (members: Member[]) => zipOf(members)],
    ['tar', (members: Member[]) => tarOf(members)],
    ['tar.gz', (members: Member[]) => gzipSync(tarOf(members))],
  ])(
    '%s: hidden files are counted, what is no text is skipped, archives inside are not opened',
    async (_, pack) => {
      const { states, said } = await unpack(
        pack([
          { path: '__MACOSX/._a.log', content: 'x' },
          { path: '.git/HEAD', content: 'x' },
          { path: 'chart.png', content: 'x' },
          { path: 'app', content: Buffer.from('\x7fELF\x02\x01\x01\0\0\0') },
          { path: 'data', content: noise(9000) },
          { path: 'empty.log', content: '' },
          { path: 'more.zip', content: zipOf(FILES) },
          { path: 'more.tgz', content: gzipSync(tarOf(FILES)) },
          { path: 'thrice.gz', content: gzipSync(gzipSync(gzipSync('x'))) },
          { path: 'a.log', content: LINES },
        ]),
      );
      expect(states).toEqual({
        'logs/app': 'skipped',
        'logs/data': 'skipped',
        'logs/empty.log': 'empty',
        'logs/more.zip': 'failed',
        'logs/more.tgz': 'failed',
        'logs/thrice.gz': 'failed',
        'logs/a.log': 'log',
      });
      expect(said).toEqual([
        'logs/app is a program; it was skipped.',
        'logs/data is not text; it was skipped.',
        'logs/empty.log is empty.',
        'logs/more.zip is packed in more layers than this page opens. Unpack it once, and drop what was in it.',
        'logs/more.tgz is packed in more layers than this page opens. Unpack it once, and drop what was in it.',
        'logs/thrice.gz is packed in more layers than this page opens. Unpack it once, and drop what was in it.',
        'logs holds 3 hidden files, pictures and the like, which were left out.',
      ]);
    },
  );

  test('compressed with xz are read where nothing else compresses them', async () => {
    const member = { path: 'a.xz', content: fixture('lines.log.xz') };
    for (const bytes of [zipOf([{ ...member, stored: true }]), tarOf([member])]) {
      const { logs, said } = await unpack(bytes);
      expect(said).toEqual([]);
      expect(logs.get('logs/a.xz')!.equals(LINES)).toBe(true);
    }
    for (const bytes of [zipOf([member]), gzipSync(tarOf([member]))]) {
      const { states, said } = await unpack(bytes);
      expect(states).toEqual({ 'logs/a.xz': 'failed' });
      expect(said[0]).toMatch(/^logs\/a\.xz is packed in more layers/);
    }
  });

  test('of a tar archive have long names, sizes in 64 bits, and may be links or folders', async () => {
    const long = `${'logs-of-a-service/'.repeat(12)}access.log`;
    const { logs, said, states } = await unpack(
      tarOf([
        { path: 'folder/', content: '', type: '5' },
        { path: 'link', content: '', type: '2' },
        { path: long, content: 'one\n' },
        { path: 'short', content: 'two\n', attributes: { mtime: '1.5', path: `${long}.1`, size: '4' } },
        {
          path: 'holes.log',
          content: 'xx',
          attributes: { 'GNU.sparse.major': '1', 'GNU.sparse.name': 'a/holes.log' },
        },
      ]),
    );
    expect([...logs]).toEqual([
      [`logs/${long}`, Buffer.from('one\n')],
      [`logs/${long}.1`, Buffer.from('two\n')],
    ]);
    expect(states['logs/a/holes.log']).toBe('failed');
    expect(said[0]).toContain('is stored without its holes');
  });

  test('of a zip archive may be encrypted, packed by other means, folders, links', async () => {
    const { logs, said } = await unpack(
      zipOf([
        { path: 'secret.log', content: LINES, flags: 1 },
        { path: 'other.log', content: LINES, method: 98 },
        { path: 'folder/', content: '' },
        { path: 'link.log', content: 'a.log', mode: 0o120777 },
        { path: 'win\\a.log', content: 'one\n' },
        { path: 'z.log', content: zstdFrame([Buffer.from('two\n')]), stored: true, method: 93 },
        { path: 'b.log', content: fixture('lines.log.bz2'), stored: true, method: 12 },
      ]),
    );
    expect([...logs]).toEqual([
      ['logs/win/a.log', Buffer.from('one\n')],
      ['logs/z.log', Buffer.from('two\n')],
      ['logs/b.log', LINES],
    ]);
    expect(said).toEqual([
      'logs/secret.log is encrypted. Unpack the archive with its password, and drop what was in it.',
      'logs/other.log is packed in a way that this page does not read (method 98). Unpack the archive, and drop what was in it.',
    ]);
  });

  test('appended archives are read to the end of the last', async () => {
    const { logs, said } = await unpack(Buffer.concat([tarOf(FILES.slice(0, 1)), tarOf(FILES.slice(1))]));
    expect([logs.size, said]).toEqual([2, []]);
  });

  test('an archive without any is told', async () => {
    expect((await unpack(zipOf([]))).said).toEqual(['logs holds no files that could be logs.']);
    expect((await unpack(tarOf([{ path: 'a/', content: '', type: '5' }]))).said).toEqual([
      'logs holds no files that could be logs.',
    ]);
  });

  test('more than 10,000 are too many', async () => {
    const many = Array.from({ length: 10_002 }, (_, i) => ({
      path: `a.log.${i}`,
      content: 'x\n',
      stored: true,
    }));
    for (const bytes of [gzipSync(tarOf(many)), tarOf(many)]) {
      const { states, said } = await unpack(bytes);
      expect(Object.keys(states)).toHaveLength(10_000);
      expect(said).toEqual([
        'logs holds more than 10,000 files; those behind are left out. Unpack the archive, and drop what was in it.',
      ]);
    }
  });
});

/** Damage is noticed somewhat behind its place. */
const isRightAtFirst = (log: Buffer) =>
  log.length > 0 && log.subarray(0, 30_000).equals(LINES.subarray(0, Math.min(log.length, 30_000)));

describe('damage', () => {
  test('in one member costs the others nothing', async () => {
    const gz = gzipSync(LINES);
    gz.fill(0xff, 9000, 9100);
    const three = [
      { path: 'a.log', content: 'one\n' },
      { path: 'b.log.gz', content: gz },
      { path: 'c.log', content: 'two\n' },
    ];
    for (const bytes of [zipOf(three), tarOf(three), gzipSync(tarOf(three))]) {
      const { logs, said } = await unpack(bytes);
      expect(logs.get('logs/a.log')!.toString()).toBe('one\n');
      expect(logs.get('logs/c.log')!.toString()).toBe('two\n');
      const damaged = logs.get('logs/b.log.gz')!;
      expect(isRightAtFirst(damaged)).toBe(true);
      expect(said).toHaveLength(1);
      expect(said[0]).toMatch(
        /^logs\/b\.log\.gz is damaged before byte \d+.*what could be read before is counted/,
      );
    }
  });

  test('in a deflated member is told by its place in the archive', async () => {
    const zip = zipOf([{ path: 'a.log', content: LINES }]);
    zip.fill(0xff, 9000, 9100);
    const { logs, said } = await unpack(zip);
    const at = Number(/before byte (\d+) of logs;/.exec(said[0]!)![1]);
    expect(at).toBeGreaterThan(9000);
    expect(at).toBeLessThan(9000 + (40 << 10));
    expect(isRightAtFirst(logs.get('logs/a.log')!)).toBe(true);
  });

  test('a wrong checksum in a zip archive is told', async () => {
    const { said } = await unpack(zipOf([{ path: 'a.log', content: LINES, sum: 1 }]));
    expect(said).toEqual([
      'logs/a.log is damaged: a checksum in it does not match; it is counted as it is. Copy it again from where it came from, and drop that.',
    ]);
  });

  test("of the directory at a zip archive's end costs no member", async () => {
    const zip = zipOf(FILES.map((file) => ({ ...file, descriptor: true })));
    zip[zip.lastIndexOf('PK\x01\x02')] = 0;
    const { logs, said } = await unpack(zip);
    expect(logs.get('logs/web/access.log')!.equals(LINES)).toBe(true);
    expect(logs.size).toBe(2);
    expect(said.join()).toMatch(/^logs is cut off/);
  });

  test('of a header in a tar archive ends it there', async () => {
    const tar = Buffer.concat([tarMembers(FILES.slice(0, 1)), noise(4096)]);
    for (const bytes of [tar, gzipSync(tar)]) {
      const { logs, said } = await unpack(bytes);
      expect(logs.get('logs/web/access.log')!.equals(LINES)).toBe(true);
      expect(said).toEqual([
        'logs is damaged at byte 120832; the files before are counted. Copy it again from where it came from, and drop that.',
      ]);
    }
  });

  test('a tar archive without an end mark may be cut off', async () => {
    expect((await unpack(tarMembers(FILES))).said.join()).toMatch(/^logs is cut off after 126 kB/);
  });

  test.each(['lines.log.zst', 'lines.log.bz2', 'lines.log.xz'])(
    '%s cut off at every kind of place',
    async (name) => {
      const bytes = fixture(name);
      for (let cut = 20; cut < bytes.length; cut += 487) {
        const { logs, said } = await unpack(bytes.subarray(0, cut), name);
        const log = logs.get(name) ?? Buffer.alloc(0);
        expect(log.equals(LINES.subarray(0, log.length)), `cut at ${cut}`).toBe(true);
        if (log.length < LINES.length) expect(said.join(), `cut at ${cut}`).toMatch(/is cut off after/);
      }
    },
  );

  test.each(['lines.log.bz2', 'lines.log.xz'])('any damaged byte of %s is noticed', async (name) => {
    const bytes = fixture(name);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 6, max: bytes.length - 1 }),
        fc.integer({ min: 0, max: 7 }),
        async (at, bit) => {
          const other = Buffer.from(bytes);
          other[at]! ^= 1 << bit;
          const { said } = await unpack(other);
          // The bits that fill up a stream's last byte mean nothing.
          if (said.length === 0) expect((await unpack(other)).logs.get('logs')!.equals(LINES)).toBe(true);
          else expect(said.join()).toMatch(/is damaged before byte|is cut off|goes on for|is not text/);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('bytes behind bzip2 are told, padding is not', async () => {
    const bytes = fixture('lines.log.bz2');
    expect((await unpack(Buffer.concat([bytes, Buffer.alloc(700)]))).said).toEqual([]);
    expect((await unpack(Buffer.concat([bytes, noise(700)]))).said).toEqual([
      'logs goes on for 700 bytes behind the end of its compressed content; they were left out.',
    ]);
  });

  test('random bytes behind a signature neither crash nor hang', async () => {
    const starts = ['BZh91AY&SY', 'PK\x03\x04', '\x28\xb5\x2f\xfd', '\x1f\x8b\x08\0'].map((start) =>
      Buffer.from(start, 'latin1'),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 600 }), async (start, rest) => {
        const { said } = await unpack(Buffer.concat([start, rest]));
        expect(said.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });
});

describe('bombs', () => {
  test('what unpacks to more than 1000 times its size is stopped after 256 MB', async () => {
    const frame = zstdFrame([
      Buffer.from('line\n'),
      ...Array.from({ length: 3000 }, () => ({ byte: 10, times: 131072 })),
    ]);
    const content = { ...contentOfFile(fileOf(frame, 'bomb.zst')), outer: 'zstd' as const };
    let size = 0;
    let largest = 0;
    const problem = await readContent(content, (piece) => {
      size += piece.length;
      largest = Math.max(largest, piece.length);
    });
    expect(sentence(problem!)).toMatch(
      /^bomb\.zst was stopped: 12 kB of it unpack to more than 268 MB, as no log does/,
    );
    expect(size).toBeLessThan(257 << 20);
    expect(largest).toBeLessThanOrEqual(4 << 20);
  });

  test('twice packed is measured against what is on disk', async () => {
    const frame = zstdFrame(Array.from({ length: 3000 }, () => ({ byte: 10, times: 131072 })));
    const content = {
      ...contentOfFile(fileOf(gzipSync(frame), 'b.gz')),
      outer: 'gzip' as const,
      inner: 'zstd' as const,
    };
    const problem = await readContent(content, () => true);
    expect(problem!.reason).toMatch(/^b\.gz was stopped/);
  });

  test('windows that would take all memory are refused', async () => {
    const frame = zstdFrame([Buffer.from('x\n')]);
    frame[5] = 18 << 3;
    const skipped = Buffer.from([0x5f, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 1, 2]);
    // The content's size, of 8 bytes, is the window.
    const single = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xe0, 0, 0, 0, 0x10, 0, 0, 0, 0, 9, 0, 0, 0x78]);
    const before = zstdFrame([Buffer.from('one\n'), { byte: 10, times: 9 }, Buffer.from('two\n')]);
    for (const bytes of [frame, Buffer.concat([skipped, frame]), Buffer.concat([before, frame]), single]) {
      const { said, logs } = await unpack(bytes);
      expect(new Set(said)).toEqual(
        new Set([
          'logs was compressed with a window of more than 128 MB. Unpack it first: zstd -d --long=31, and drop that.',
        ]),
      );
      expect(logs.size).toBeLessThanOrEqual(1);
    }
  });

  test('members of a zip archive that share their bytes are refused', async () => {
    const zip = zipOf([
      { path: 'a.log', content: LINES },
      { path: 'b.log', content: LINES },
    ]);
    const second = zip.lastIndexOf('PK\x01\x02');
    zip.writeUInt32LE(0, second + 42);
    expect((await unpack(zip)).said[0]).toMatch(/^logs holds members that share their bytes/);
  });
});
