import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LOG_FORMATS } from '../../src/formats/index.ts';
import { WRAPPERS } from '../fixtures/logs/wrappers.ts';
import { logFixtures } from '../helpers/log-fixtures.ts';
import { linesTogether, openScan, type Scanned } from '../helpers/scan-whole.ts';

/** What no line may do, of whatever bytes: fail, never end, tell two things, or change what other lines tell. */
const MILLISECONDS = 5000;
const bounded = { numRuns: 1_000_000, interruptAfterTimeLimit: MILLISECONDS };

const encoder = new TextEncoder();
const samples = LOG_FORMATS.flatMap(({ samples }) => samples);
const fixtureLines = logFixtures().flatMap(({ lines }) => lines.filter((line) => line.length < 4000));
const wrapped = WRAPPERS.flatMap((wrapper) => samples.map((sample) => wrapper.wrap([sample, sample])));
const pool = [...samples, ...fixtureLines, ...wrapped].map((line) => encoder.encode(line.replace(/\n$/, '')));

/** What lines are made of, and what other lines take for a beginning or an end. */
const PARTS = [
  ...[
    '"',
    '{',
    '}',
    '[',
    ']',
    '\\',
    '\\\\',
    ',',
    ':',
    ' ',
    '\t',
    '=',
    '|',
    '%',
    '#',
    '\r',
    '\n',
    '\0',
    '\x1b[3m',
  ],
  ...[
    ' "',
    '": "',
    '\\"',
    '\\n',
    '\\u001b[36m',
    '%00',
    '%25',
    '\ufeff',
    '::ffff:',
    'fe80::1%',
    '"-"',
    '0',
    '9'.repeat(20),
  ],
  ...['"GET ', '"HEAD /v2/a/manifests/1 HTTP/1.1" 200 1', '/manifests/', '/v2/', '?ns=docker.io', 'http://'],
  ...[
    'message repeated 3 times: [ ',
    ' stdout F ',
    ' stdout P ',
    ' stderr F ',
    'registry-1  | ',
    '<30>',
    '#Fields: ',
  ],
  ...[
    '{"log":"',
    '\\n","stream":"stdout"}',
    '"message":"',
    '"_source":{',
    '"tag":"x",',
    '"status":200,',
    '[{"tag":"y"}],',
  ],
  ...[
    '2026-11-21T03:09:35.1Z ',
    '9999-12-31T23:59:59Z',
    '1e99h',
    'Nov  5 23:59:58 ',
    'time="',
    ' level=info msg="',
  ],
].map((part) => encoder.encode(part));

const edit = fc.record({
  kind: fc.constantFrom('flip', 'delete', 'double', 'insert', 'splice'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  size: fc.nat(40),
  byte: fc.nat(255),
  part: fc.nat(PARTS.length - 1),
  other: fc.nat(pool.length - 1),
});

/** A line of the fixtures with some edits. */
const line = fc.tuple(fc.nat(pool.length - 1), fc.array(edit, { maxLength: 5 })).map(([number, edits]) => {
  let bytes = Buffer.from(pool[number]!);
  for (const { kind, at, size, byte, part, other } of edits) {
    const place = Math.floor(at * bytes.length);
    const [head, tail] = [bytes.subarray(0, place), bytes.subarray(place)];
    if (kind === 'flip' && place < bytes.length) {
      bytes = Buffer.from(bytes);
      bytes[place] = byte;
    } else if (kind === 'delete') bytes = Buffer.concat([head, tail.subarray(size)]);
    else if (kind === 'double') bytes = Buffer.concat([head, tail.subarray(0, size), tail]);
    else if (kind === 'insert') bytes = Buffer.concat([head, PARTS[part]!, tail]);
    else if (kind === 'splice')
      bytes = Buffer.concat([head, pool[other]!.subarray(Math.floor(at * pool[other]!.length))]);
  }
  return new Uint8Array(bytes);
});

const noise = fc.array(fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.constantFrom(...PARTS)), {
  maxLength: 12,
});
const text = fc.oneof(
  { weight: 4, arbitrary: fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => joined(...lines)) },
  { weight: 1, arbitrary: noise.map((parts) => new Uint8Array(Buffer.concat(parts))) },
);

function joined(...lines: Uint8Array[]): Uint8Array {
  return new Uint8Array(
    Buffer.concat(lines.flatMap((each, i) => (i > 0 ? [encoder.encode('\n'), each] : [each]))),
  );
}

/** For messages: bytes as one character each. */
const shown = (bytes: Uint8Array) => JSON.stringify(Buffer.from(bytes).toString('latin1'));

/** Lines that change how later ones are read: beginnings of cut lines, and names of W3C columns. */
const goesOn = (bytes: Uint8Array) =>
  /#Fie|std(?:out|err) P|"(?:stream|source|container_name)"/i.test(Buffer.from(bytes).toString('latin1'));
/** Columns are named at the beginning of a line; elsewhere the time of the line before may be read with them. */
const namesWithin = (bytes: Uint8Array) => /[^\n]#Fie/.test(Buffer.from(bytes).toString('latin1'));

/** Much faster than toEqual where both are the same. */
function expectSame(seen: unknown, wanted: unknown, ...texts: Uint8Array[]): void {
  if (JSON.stringify(seen) !== JSON.stringify(wanted))
    expect(seen, texts.map(shown).join('\n')).toEqual(wanted);
}

/** What two texts give together, the second of which begins at `shift`. */
function sum(a: Scanned, b: Scanned, shift: number) {
  const add = (one: number[], two: number[]) => one.map((count, i) => count + two[i]!);
  const rows = [...a.rows, ...b.rows.map(({ offset, values }) => ({ offset: offset + shift, values }))];
  const [seconds, millis] = JSON.parse(rows.at(-1)?.values ?? '[null,null]') as [number | null, number];
  // Of the last line of a known format; where that has no time, of the last row.
  const lastOfBoth = seconds === null ? NaN : seconds * 1000 + millis;
  const isKnown = b.linesByFormat.some((count) => count > 0);
  return {
    rows,
    lines: add(Object.values(a.lines), Object.values(b.lines)),
    linesByFormat: add(a.linesByFormat, b.linesByFormat),
    unreadableByReason: add(a.unreadableByReason, b.unreadableByReason),
    firstTime: Number.isNaN(a.firstTime) ? b.firstTime : a.firstTime,
    lastTime: !isKnown ? a.lastTime : Number.isNaN(b.lastTime) ? lastOfBoth : b.lastTime,
  };
}

describe('any bytes', async () => {
  const wasm = await openScan('wasm');
  const javaScript = await openScan('javascript');

  test('are read, and their lines add up, alike in both builds', () => {
    fc.assert(
      fc.property(text, (bytes) => {
        const scanned = wasm(bytes);
        expectSame([linesTogether(scanned), scanned.size], [scanned.lines.read, bytes.length], bytes);
        expectSame(javaScript(bytes), scanned, bytes);
      }),
      bounded,
    );
  });

  test('give the same in pieces of any size', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 300 }), (bytes, piece) => {
        fc.pre(!namesWithin(bytes));
        expectSame(wasm(bytes, piece), wasm(bytes), bytes);
      }),
      bounded,
    );
  });

  test('leave nothing behind for the next line', () => {
    fc.assert(
      fc.property(line, line, (a, b) => {
        fc.pre(!goesOn(a) && !namesWithin(b));
        const whole = wasm(joined(a, b));
        const parts = sum(wasm(joined(a, new Uint8Array())), wasm(b), a.length + 1);
        const seen = sum(whole, wasm(new Uint8Array()), 0);
        expectSame(seen, parts, a, b);
      }),
      bounded,
    );
  });

  test('leave nothing behind for the next file', async () => {
    await fc.assert(
      fc.asyncProperty(text, text, async (before, bytes) => {
        const fresh = await openScan('wasm');
        wasm(before);
        expectSame(wasm(bytes), fresh(bytes), before, bytes);
      }),
      bounded,
    );
  });
});
