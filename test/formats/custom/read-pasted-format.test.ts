import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPattern, writePattern } from '../../../src/formats/custom/pattern-text.ts';
import { readPastedFormat } from '../../../src/formats/custom/read-pasted-format.ts';
import { matchPattern } from '../../../src/formats/custom/match-pattern.ts';

const ORIGINS: [string, string][] = [
  ['nginx', `log_format a '$remote_addr [$time_local] "$request"';`],
  ['nginx', '$remote_addr [$time_local] "$request"'],
  ['nginx', `log-format-upstream: '$remote_addr [$time_local] "$request"'`],
  ['nginx', `location ~ ^/(?<name>v2)/ { } log_format a '[$time_local] "$request"';`],
  ['apache', String.raw`LogFormat "%h %l %u %t \"%r\" %>s %b" common`],
  ['apache', '%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i"'],
  ['apache', String.raw`"%v:%p %h %l %u %t \"%r\" %>s %O"`],
  ['haproxy', 'log-format "%ci:%cp [%tr] %ft %b/%s %ST %B %{+Q}r"'],
  ['haproxy', '%ci:%cp [%tr] %ft %b/%s %ST %B %hr %hs %{+Q}r'],
  ['haproxy', `log-format '%[src] %T "%HM %HP"'`],
  ['envoy', '[%START_TIME%] "%REQ(:METHOD)% %REQ(:PATH)%"'],
  ['envoy', 'json_format:\n  t: "%START_TIME%"\n  p: "%REQ(:PATH)%"'],
  ['goaccess', '%h %^[%d:%t %^] "%r" %s %b'],
  ['goaccess', 'log-format COMBINED'],
  ['goaccess', 'time-format %T\ndate-format %d/%b/%Y\nlog-format %h [%d:%t %^] "%r" %s'],
  ['regex', String.raw`^(?<ip>\S+) (?<time>\S+) "(?<request>[^"]*)"`],
  ['regex', String.raw`(?P<time>\S+) (?P<path>\S+)`],
];

test.each(ORIGINS)('%s is recognised in %s', (origin, source) => {
  for (const text of [source, `\uFEFF${source.replaceAll('\n', '\r\n')}\r\n`]) {
    const { formats, problems } = readPastedFormat(text);
    expect(problems).toEqual([]);
    expect(formats.map((format) => format.origin)).toEqual([origin]);
  }
});

test('text without a format, and too much text', () => {
  for (const text of ['', 'hello', '192.0.2.7 - - [21/Nov/2026:10:00:00 +0000] "GET /v2/ HTTP/1.1" 200 5'])
    expect(readPastedFormat(text).problems.map(({ reason }) => reason)).toEqual([
      'No log format was found in this text.',
    ]);
  expect(readPastedFormat(' '.repeat(1_000_001)).problems.map(({ reason }) => reason)).toEqual([
    'This text is longer than a million characters.',
  ]);
});

test('more formats than anybody uses', () => {
  const many = Array.from({ length: 60 }, (_, n) => `log_format f${n} '$msec "$request"';`).join('\n');
  const { formats, problems } = readPastedFormat(many);
  expect(formats).toHaveLength(50);
  expect(problems.map(({ reason }) => reason)).toEqual([
    'There are 60 formats in this text, and the first 50 were taken.',
  ]);
});

test('a format with more parts than can be read', () => {
  const long = `log_format long '${'$foo-'.repeat(150)}$msec "$request"';`;
  expect(readPastedFormat(long).problems).toEqual([
    {
      reason: 'The nginx format “long”: This format has 304 parts, and at most 200 can be read.',
      remedy: 'Shorten it to the parts up to the last one that is needed.',
    },
  ]);
});

test('damaged formats never throw, and what comes out is a pattern', () => {
  const sources = fc.constantFrom(...ORIGINS.map(([, source]) => source));
  const damaged = fc
    .tuple(sources, fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom(...`$%{}[]()"'\\;:?*|~ \n#`, ''))))
    .map(([source, edits]) =>
      edits.reduce((text, [at, drop, put]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + put + text.slice(place + drop);
      }, source),
    );
  fc.assert(
    fc.property(fc.oneof(damaged, fc.string({ maxLength: 80 })), (text) => {
      const { formats, problems } = readPastedFormat(text);
      expect(formats.length + problems.length).toBeGreaterThan(0);
      for (const { pattern } of formats) {
        expect(readPattern(writePattern(pattern))).toEqual(pattern);
        if (pattern.kind === 'text')
          for (const [index, token] of pattern.tokens.entries())
            expect('field' in token && 'field' in (pattern.tokens[index + 1] ?? {})).toBe(false);
        matchPattern(pattern, '192.0.2.7 - - [21/Nov/2026:10:00:00 +0000] "GET /v2/ HTTP/1.1" 200 5');
      }
      for (const { reason, remedy } of problems) expect([reason, remedy]).not.toContain('');
    }),
    { numRuns: 3000 },
  );
});
