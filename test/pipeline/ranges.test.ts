import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LINE_REACH, PIECE_REACH } from '../../src/formats/line-pieces.ts';
import { openScanner, type Scanner } from '../../src/formats/open-scanner.ts';
import { contentOfFile } from '../../src/intake/content.ts';
import { defaultOptions } from '../../src/model/file-options.ts';
import { NO_WORD, type Segment } from '../../src/model/segment.ts';
import { parseTask } from '../../src/pipeline/parse-file.ts';
import { PIECE_BYTES } from '../fixtures/logs/wrapper-lines.ts';
import { commonTime } from '../helpers/log-lines.ts';
import { readLogs } from '../helpers/read-logs.ts';

/** Where a file is cut into ranges changes nothing: lines that Docker and CRI cut in pieces are the same lines. */
const OPTIONS = defaultOptions(Date.UTC(2026, 10, 30));
const scanners = await Promise.all([1, 2, 3].map(() => openScanner('wasm')));
const own = scanners.map((): string[][] => []);

interface Told {
  rows: string[];
  lines: Segment['lines'];
  formats: number[];
  unreadable: string[];
  firstTime: number;
  lastTime: number;
  read: number;
  told: number;
}

/** The file in ranges that begin at 0 and at `cuts`; scanners take turns. */
async function readCut(bytes: Uint8Array, cuts: number[], turns = 1): Promise<Told> {
  const content = contentOfFile(new File([new Uint8Array(bytes)], 'x.log'));
  const borders = [0, ...cuts, bytes.length];
  const told: Told = {
    rows: [],
    lines: { read: 0, otherRegistry: 0, otherPath: 0, applicationMessage: 0, blank: 0, unreadable: 0 },
    formats: [],
    unreadable: [],
    firstTime: NaN,
    lastTime: NaN,
    read: 0,
    told: 0,
  };
  for (let index = 0; index + 1 < borders.length; index++) {
    const scanner = index % turns;
    const task = {
      parts: [{ content, file: 0 }],
      index,
      start: borders[index]!,
      end: borders[index + 1]!,
    };
    scanners[scanner]!.setOptions(OPTIONS);
    await parseTask(
      task,
      scanners[scanner]!,
      scanner,
      (segment) => addSegment(told, segment, own[scanner]!),
      (read, lines) => {
        told.read += read;
        told.told += lines;
      },
    );
  }
  return told;
}

function addSegment(told: Told, segment: Segment, words: string[][]): void {
  segment.words.forEach(({ bytes, ends }, kind) => {
    const known = (words[kind] ??= []);
    ends.forEach((end, i) =>
      known.push(Buffer.from(bytes.subarray(ends[i - 1] ?? 0, end)).toString('latin1')),
    );
  });
  const { requests: rows, lines } = segment;
  for (let i = 0; i < rows.length; i++) {
    const word = (kind: number, column: Uint32Array) =>
      column.length === 0 || column[i] === NO_WORD ? '' : words[kind]![column[i]!]!;
    told.rows.push(
      [
        segment.start + rows.offset[i]!,
        rows.seconds[i]! * 1000 + rows.millis[i]!,
        word(0, rows.client),
        word(1, rows.repository),
        word(2, rows.reference),
        word(3, rows.agent),
        rows.status[i],
        rows.flags[i],
        rows.written[i],
      ].join(' '),
    );
  }
  for (const { line, offset, reason, text } of segment.unreadable) {
    if (told.unreadable.length < 20)
      told.unreadable.push(`${told.lines.read + line} ${segment.start + offset} ${reason} ${text}`);
  }
  for (const fate of Object.keys(lines) as (keyof typeof lines)[]) told.lines[fate] += lines[fate];
  segment.linesByFormat.forEach((count, i) => (told.formats[i] = (told.formats[i] ?? 0) + count));
  if (Number.isNaN(told.firstTime)) told.firstTime = segment.firstTime;
  if (!Number.isNaN(segment.lastTime)) told.lastTime = segment.lastTime;
}

const START = Date.UTC(2026, 8, 1, 10);
const access = (second: number, path: string, agent = 'docker/27') =>
  `192.0.2.7 - - [${commonTime(START + second * 1000)}] "GET ${path} HTTP/1.1" 200 9 "-" "${agent}"`;
/** nginx of a Harbor: no time of its own. */
const timeless =
  '192.0.2.7 - "HEAD /v2/acme/web/manifests/1.0 HTTP/1.1" 200 506 "-" "docker/24.0.7" 0.857 0.857 .';
const logger = (second: number) =>
  `time="${new Date(START + second * 1000).toISOString()}" level=info msg="response completed" http.request.method=GET http.request.remoteaddr="192.0.2.8:4711" http.request.uri="/v2/a/b/manifests/2" http.request.useragent="x" http.response.status=200 http.response.written=9`;

type Stream = 'stdout' | 'stderr';
/** One line of a file: a piece of a line of a stream. */
const written = {
  docker: (piece: string, stream: Stream, isLast: boolean, second: number) =>
    JSON.stringify({
      log: isLast ? `${piece}\n` : piece,
      stream,
      time: new Date(START + second * 1000 + 500).toISOString(),
    }),
  cri: (piece: string, stream: Stream, isLast: boolean, second: number) =>
    `${new Date(START + second * 1000 + 500).toISOString()} ${stream} ${isLast ? 'F' : 'P'} ${piece}`,
  fluentBit: (piece: string, stream: Stream, isLast: boolean, second: number) =>
    JSON.stringify({
      time: new Date(START + second * 1000 + 500).toISOString(),
      stream,
      logtag: isLast ? 'F' : 'P',
      log: piece,
      kubernetes: { pod_name: 'registry-0' },
    }),
  journal: (piece: string, stream: Stream, isLast: boolean, second: number) =>
    JSON.stringify({
      __REALTIME_TIMESTAMP: String((START + second * 1000 + 500) * 1000),
      PRIORITY: stream === 'stdout' ? '6' : '3',
      CONTAINER_NAME: 'registry',
      ...(!isLast && { CONTAINER_PARTIAL_MESSAGE: 'true' }),
      MESSAGE: piece,
    }),
};

const body = fc.constantFrom<(second: number) => string>(
  (second) => access(second, '/v2/acme/web/manifests/1.0'),
  (second) => access(second, '/v2/acme/web/manifests/1.0', `agent/1 (with \\ and ${'x'.repeat(40)})`),
  (second) => access(second, '/v2/acme/web/blobs/sha256:1'),
  (second) => access(second, '/v2/acme/ends-in-n/manifests/\\n'),
  logger,
  () => timeless,
  () => 'listening on [::]:5000',
  () => '',
  () => '192.0.2.7 - - [01/Foo/2026:10:00:00 +0000] "GET /v2/a/manifests/1 HTTP/1.1" 200 1 "-" "x"',
);
const step = fc.record({
  body,
  stream: fc.constantFrom<Stream>('stdout', 'stdout', 'stderr'),
  wrap: fc.constantFrom<keyof typeof written>('docker', 'docker', 'cri', 'fluentBit', 'journal'),
  /** Sizes of the pieces but the last; Docker's are 16 KiB. */
  pieces: fc.array(fc.constantFrom(0, 1, 5, 17, 60), { maxLength: 4 }),
  /** The last piece never came. */
  isLost: fc.boolean(),
  ending: fc.constantFrom('\n', '\n', '\r\n'),
});
const foreign = fc.constantFrom(
  '',
  'not a line',
  access(9, '/v2/z/manifests/1'),
  '{"level":"info","msg":"listening"}',
);
const file = fc
  .record({
    steps: fc.array(fc.oneof({ weight: 6, arbitrary: step }, { weight: 1, arbitrary: foreign }), {
      minLength: 2,
      maxLength: 7,
    }),
    /** Which of the two streams writes its next piece. */
    turns: fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }),
    isClosed: fc.boolean(),
  })
  .map(({ steps, turns, isClosed }) => {
    const queues: [string[], string[]] = [[], []];
    steps.forEach((each, second) => {
      if (typeof each === 'string') return void queues[0].push(`${each}\n`);
      const queue = queues[each.stream === 'stdout' ? 0 : 1];
      let rest = each.body(second);
      const sizes = each.wrap !== 'docker' ? each.pieces : each.pieces.slice(0, 2).map(() => PIECE_BYTES);
      if (each.wrap === 'docker')
        rest = rest.replace('docker/27', (agent) => agent + 'x'.repeat(PIECE_BYTES * sizes.length));
      for (const size of sizes) {
        queue.push(written[each.wrap](rest.slice(0, size), each.stream, false, second) + each.ending);
        rest = rest.slice(size);
      }
      if (!each.isLost) queue.push(written[each.wrap](rest, each.stream, true, second) + each.ending);
    });
    let text = '';
    for (let turn = 0; queues[0].length + queues[1].length > 0; turn++) {
      text += queues[turns[turn % turns.length] ? 0 : 1].shift() ?? '';
    }
    return new TextEncoder().encode(isClosed ? text : text.replace(/\r?\n$/, ''));
  });

test('any ranges, read by any number of scanners, are the whole file', async () => {
  await fc.assert(
    fc.asyncProperty(
      file,
      fc.array(fc.nat(), { maxLength: 6 }),
      fc.integer({ min: 1, max: 3 }),
      async (bytes, at, turns) => {
        const whole = await readCut(bytes, []);
        expect(whole.read).toBe(bytes.length);
        expect(whole.told).toBe(whole.lines.read);
        const cuts = [...new Set(at.map((each) => each % (bytes.length + 1)))].sort((a, b) => a - b);
        expect(await readCut(bytes, cuts, turns)).toEqual(whole);
      },
    ),
    { numRuns: 150 },
  );
});

/** A file in which lines of both streams are cut in pieces, those of Docker and of CRI, with others between. */
function cutLines(): Uint8Array {
  const long = access(1, '/v2/acme/web/manifests/1.0', `x${'y'.repeat(2 * PIECE_BYTES)}`);
  const event = logger(2);
  const parts = [
    written.docker(access(0, '/v2/a/manifests/1'), 'stdout', true, 0),
    written.docker(long.slice(0, PIECE_BYTES), 'stdout', false, 1),
    written.docker(long.slice(PIECE_BYTES, 2 * PIECE_BYTES), 'stdout', false, 1),
    written.cri(event.slice(0, 100), 'stderr', false, 2),
    written.docker(long.slice(2 * PIECE_BYTES), 'stdout', true, 1),
    written.cri(access(2, '/v2/b/manifests/1').slice(0, 50), 'stdout', false, 2),
    written.cri(event.slice(100), 'stderr', true, 2),
    written.cri(access(2, '/v2/b/manifests/1').slice(50), 'stdout', true, 2),
  ];
  return new TextEncoder().encode(parts.join('\n'));
}

test('a log is the same wherever it is cut in two', async () => {
  const bytes = cutLines();
  const whole = await readCut(bytes, []);
  expect(whole.rows.map((row) => row.split(' ').slice(3, 5))).toEqual([
    ['\0a', '1'],
    ['\0acme/web', '1.0'],
    ['\0a/b', '2'],
    ['\0b', '1'],
  ]);
  expect(whole.lines).toMatchObject({ read: 8, applicationMessage: 4, unreadable: 0 });
  const borders = [...bytes.keys()].filter((i) => bytes[i] === 10);
  for (let cut = 1; cut < bytes.length; cut++) {
    const isNear = borders.some((border) => Math.abs(cut - border) < 4);
    if (isNear || cut % 331 === 0) expect(await readCut(bytes, [cut], 2)).toEqual(whole);
  }
});

test('packed, it is the same', async () => {
  const bytes = cutLines();
  const facts = (read: Awaited<ReturnType<typeof readLogs>>) => ({
    actions: read.actions.map(({ requests, ...action }) => ({
      ...action,
      places: requests.map(({ offset }) => offset),
    })),
    tally: read.tally,
  });
  const whole = await readLogs([{ name: 'x', bytes }]);
  expect(whole.actions).toHaveLength(4);
  expect(facts(await readLogs([{ name: 'x', bytes }], { gzip: true }))).toEqual(facts(whole));
  expect(facts(await readLogs([{ name: 'x', bytes }], { chunk: 1000, scanners: 2, seed: 7 }))).toEqual(
    facts(whole),
  );
});

test.each([
  ['near', 100_000, '192.0.2.7'],
  ['just in reach', PIECE_REACH, '192.0.2.7'],
  ['just out of reach', PIECE_REACH + 1, 'unknown'],
])('the next piece is %s', async (_, distance, client) => {
  const line = access(1, '/v2/acme/web/manifests/1.0');
  for (const [stream, other] of [
    ['stdout', 'stderr'],
    ['stderr', 'stdout'],
  ] as const) {
    const head = `${written.cri(line.slice(0, 20), stream, false, 1)}\n`;
    const between = (text: string) => `${written.cri(text, other, true, 1)}\n`;
    const filler = between('z'.repeat(distance - head.length - between('').length));
    const rest = `${written.cri(line.slice(20), stream, true, 1)}\n`;
    const bytes = new TextEncoder().encode(head + filler + rest);
    const whole = await readCut(bytes, []);
    expect(whole.rows.map((row) => row.split(' ')[2])).toEqual([client]);
    const cuts = [
      1,
      head.length - 1,
      head.length,
      head.length + 1,
      50_000,
      distance - 1,
      distance,
      distance + 1,
    ];
    for (const cut of cuts) expect(await readCut(bytes, [cut])).toEqual(whole);
  }
});

test.each([
  ['of 700 KB', 16_384, 700_000, 1],
  ['of 1 MiB', 16_384, 1 << 20, 1],
  ['of 1 MiB and a byte', 16_384, (1 << 20) + 1, 0],
  ['of 3 MB', 16_384, 3_000_000, 0],
])('a line %s in pieces', async (_, piece, size, rows) => {
  const line = access(1, '/v2/acme/web/manifests/1.0', '@');
  const long = line.replace('@', 'x'.repeat(size - line.length + 1));
  const parts: string[] = [];
  for (let at = 0; at < long.length; at += piece)
    parts.push(written.cri(long.slice(at, at + piece), 'stdout', at + piece >= long.length, 1));
  const after = written.cri(access(2, '/v2/b/manifests/1'), 'stdout', true, 2);
  const bytes = new TextEncoder().encode(`${parts.join('\n')}\n${after}\n`);
  const whole = await readCut(bytes, []);
  expect(whole.rows.length).toBe(rows + 1);
  expect(whole.lines).toMatchObject({ read: parts.length + 1, unreadable: 1 - rows });
  const borders = [1000, 40_000, 500_000, size - 20_000, size - 100, bytes.length - 120, bytes.length - 40];
  for (const cut of borders) expect(await readCut(bytes, [cut])).toEqual(whole);
  expect(
    await readCut(
      bytes,
      borders.sort((a, b) => a - b),
      3,
    ),
  ).toEqual(whole);
});

test('a line that never ends is too long wherever the file is cut', async () => {
  // Small pieces with much of the other stream between them: the first is far out of reach.
  const between = `${written.cri('z'.repeat(120_000), 'stderr', true, 1)}\n`;
  const count = Math.ceil(LINE_REACH / between.length) + 4;
  const text =
    Array.from({ length: count }, () => `${written.cri('x', 'stdout', false, 1)}\n${between}`).join('') +
    `${written.cri('x', 'stdout', true, 1)}\n${written.cri(access(2, '/v2/b/manifests/1'), 'stdout', true, 2)}\n`;
  const bytes = new TextEncoder().encode(text);
  const whole = await readCut(bytes, []);
  expect(whole.lines.unreadable).toBe(1);
  expect(whole.rows.length).toBe(1);
  for (const cut of [bytes.length - 130, bytes.length - 200_000, bytes.length - 5_000_000, 300_000]) {
    expect(await readCut(bytes, [cut])).toEqual(whole);
  }
});

test('logs without streams are read once', async () => {
  const bytes = new TextEncoder().encode(`${access(1, '/v2/a/manifests/1')}\n`.repeat(20_000));
  const blob = new File([bytes], 'x.log');
  let opened = 0;
  const slice = blob.slice.bind(blob);
  blob.slice = (...range) => {
    opened++;
    return slice(...range);
  };
  const task = {
    parts: [{ content: contentOfFile(blob), file: 0 }],
    index: 1,
    start: 500_001,
    end: 1_500_000,
  };
  const scanner: Scanner = scanners[0]!;
  await parseTask(
    task,
    scanner,
    0,
    (segment) =>
      addSegment({ rows: [], lines: {}, unreadable: [], formats: [] } as unknown as Told, segment, own[0]!),
    () => {},
  );
  // The range with the end of its last line.
  expect(opened).toBe(1);
});
