import { expect, test } from 'vitest';
import { readRegex } from '../../../src/formats/custom/regex.ts';
import { matchPattern } from '../../../src/formats/custom/match-pattern.ts';
import { tokensOf } from '../../helpers/tokens-of.ts';

/** What the first format in a text reads from a line. */
function read(source: string, line: string): Record<string, string> | null {
  const { formats, problems } = readRegex(source);
  expect(problems).toEqual([]);
  const found = matchPattern(formats[0]!.pattern, line);
  return found && Object.fromEntries(found);
}

const LINE =
  '192.0.2.7 - jane [21/Nov/2026:10:00:00 +0000] "GET /v2/a/manifests/1 HTTP/1.1" 200 528 "-" "docker/24 (linux)" "203.0.113.9, 192.0.2.1"';
const COMBINED = String.raw`^(?<ip>\S+) \S+ \S+ \[(?<time>[^\]]+)\] "(?<method>[A-Z]+) (?<path>\S+) [^"]*" (?<status>\d{3}) (?<bytes>\d+|-) "[^"]*" "(?<ua>[^"]*)"`;
const FIELDS = {
  client: '192.0.2.7',
  time: '21/Nov/2026:10:00:00 +0000',
  method: 'GET',
  target: '/v2/a/manifests/1',
  status: '200',
  written: '528',
  agent: 'docker/24 (linux)',
};

test('combined lines', () => {
  expect(readRegex(COMBINED).formats).toEqual([
    {
      name: 'regex',
      origin: 'regex',
      missing: [],
      pattern: {
        kind: 'text',
        tokens: tokensOf(
          '<client> <skip> [<time>] "<method> <target> <skip>" <status> <written> "<skip>" "<agent>"',
        ),
      },
    },
  ]);
  expect(read(COMBINED, LINE)).toEqual(FIELDS);
});

test("Python's and grok's names, in delimiters and with escaped slashes", () => {
  const grok = String.raw`/(?P<clientip>[\d.:a-f]+)\s+-\s+(?P<user>.+?)\s+\[(?P<timestamp>\d{2}\/\w{3}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\] "(?P<verb>\w+) (?P<request>\S+) HTTP\/\d\.\d" (?P<response>\d+) (?P<size>\S+) "(.*?)" "(?P<user_agent>.*)"/i`;
  expect(read(grok, LINE)).toEqual(FIELDS);
});

test('an optional tail makes two formats, the longer first', () => {
  const source = String.raw`${COMBINED}(?: "(?<xff>[^"]*)")?$`;
  const { formats, problems } = readRegex(source);
  expect(problems).toEqual([]);
  const [long, short] = formats;
  expect(Object.fromEntries(matchPattern(long!.pattern, LINE)!)).toEqual({
    ...FIELDS,
    forwarded: '203.0.113.9, 192.0.2.1',
  });
  const without = LINE.slice(0, LINE.indexOf(' "203'));
  expect(matchPattern(long!.pattern, without)).toBeNull();
  expect(Object.fromEntries(matchPattern(short!.pattern, without)!)).toEqual(FIELDS);
  expect(readRegex(String.raw`${COMBINED}(?:\s+\d+)?\s*$`).formats).toHaveLength(1);
});

test('a request line in one group, with groups inside', () => {
  expect(
    read(
      String.raw`(?<ip>[^ ]*) [^ ]* [^ ]* \[(?<time>[^\]]*)\] "(?<request>(\S+)(?: +(\S+) +\S*)?)" (?<code>[^ ]*)`,
      LINE,
    ),
  ).toEqual({
    client: '192.0.2.7',
    time: '21/Nov/2026:10:00:00 +0000',
    request: 'GET /v2/a/manifests/1 HTTP/1.1',
    status: '200',
  });
});

test('the beginning may be anything without an anchor', () => {
  expect(
    read(
      String.raw`\[(?<time>[^\]]+)\] "(?<request>[^"]+)" (?<status>\d+) .* "(?<agent>[^"]*)" "(?<xff>[^"]*)"$`.replace(
        ' .* ',
        ' .*? "[^"]*" ',
      ),
      LINE,
    ),
  ).toEqual({
    time: '21/Nov/2026:10:00:00 +0000',
    request: 'GET /v2/a/manifests/1 HTTP/1.1',
    status: '200',
    agent: 'docker/24 (linux)',
    forwarded: '203.0.113.9, 192.0.2.1',
  });
});

test('a time with a blank in front of a blank, in one group or in two', () => {
  const line = '2026-11-21 10:00:00,123 INFO 192.0.2.7:4242 GET /v2/a/manifests/1 304';
  const fields = {
    time: '2026-11-21 10:00:00,123',
    client: '192.0.2.7',
    method: 'GET',
    target: '/v2/a/manifests/1',
    status: '304',
  };
  const rest = String.raw`\w+ (?<ip>\S+):\d+ (?<method>GET|HEAD|POST) (?<path>\S+) (?<status>\d{3})`;
  expect(read(String.raw`^(?<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) ${rest}`, line)).toEqual(fields);
  expect(read(String.raw`^(?<date>\S+) (?<time>\S+) ${rest}`, line)).toEqual(fields);
  expect(read(String.raw`^(?<time>\S+\s\S+)\s${rest}`, line)).toEqual(fields);
});

test('an address with a port that may be missing, and a part that is repeated', () => {
  const source = String.raw`^(?<ip>[\d.]+)(?::\d+)? \[(?<time>[^\]]+)\] v(?:\d+\.){2}\d+ "(?<request>[^"]+)"`;
  for (const address of ['192.0.2.7', '192.0.2.7:4242'])
    expect(read(source, `${address} [21/Nov/2026:10:00:00 +0000] v1.2.3 "GET /v2/ HTTP/1.1"`)).toEqual({
      client: address,
      time: '21/Nov/2026:10:00:00 +0000',
      request: 'GET /v2/ HTTP/1.1',
    });
});

test('several expressions, and one over several lines', () => {
  expect(readRegex(`${COMBINED}\n\n^(?<time>\\S+) (?<path>\\S+)`).formats).toHaveLength(2);
  expect(
    read(
      COMBINED.replace('"(?<method>', '\n  "(?:(?<method>').replace('\\S+) [^"]*"', '\\S+)) [^"]*"'),
      LINE,
    ),
  ).toEqual(FIELDS);
});

test.each([
  [
    String.raw`(?<ip>\S+) (?<time>\S+) (?=GET)(?<path>\S+)`,
    '(?=G',
    'Leave it out, or write the text itself.',
  ],
  [String.raw`(?<ip>.*) - (?<time>\S+) (?<path>\S+)`, '.*', 'Write .*? or [^ ]* instead.'],
  [
    String.raw`(?<ip>\S+)(?: (?<ua>\S+))? (?<time>\S+) (?<path>\S+)`,
    String.raw`(?: (?<ua>\S+))?`,
    'Paste two expressions, one with this part and one without it.',
  ],
  [
    String.raw`(?<time>\S+)\s*(?<path>\S+)`,
    String.raw`\s*`,
    'Write \\s+ where there is always a blank, else leave it out.',
  ],
  [
    String.raw`(?<time>\S+) (?<path>\S+) \1`,
    String.raw`\1`,
    'Write what it stands for, or [^ ]+ for a word.',
  ],
  [
    String.raw`a (?<time>\S+) (?<path>\S+)|b (?<path>\S+)`,
    String.raw`b (?<path>\S+)`,
    'Paste the alternatives one a line, as expressions of their own.',
  ],
  [
    String.raw`(?<time>\S+) (?:(?<path>/\S+)|(?<url>http\S+))`,
    String.raw`(?:(?<path>/\S+)|(?<url>http\S+))`,
    'Paste the alternatives one a line, as expressions of their own.',
  ],
  [String.raw`(?<time>\S+ (?<path>\S+)`, String.raw`(?<time>\S+ (?<path>\S+)`, 'Close the group with “)”.'],
  [String.raw`(?<time>[^ ) (?<path>\S+`, String.raw`[^ ) (?<path>\S+`, 'Close the class with “]”.'],
  [String.raw`(?<time>\S+)) (?<path>\S+)`, String.raw`) (?<path>\S+)`, 'Open the group that ends there.'],
])('%s cannot be compiled, and the part is named', (source, part, remedy) => {
  expect(readRegex(source)).toEqual({
    formats: [],
    problems: [{ reason: `“${part}” in the regular expression cannot be read as text and fields.`, remedy }],
  });
});

test('fields that nothing keeps apart, and no request or time', () => {
  expect(
    readRegex(String.raw`(?<time>\S+) (?<status>\d{3})(?<path>\S+)`).problems.map(({ reason }) => reason),
  ).toEqual([
    'The regular expression: Nothing stands between the status and the target, so that they cannot be told apart.',
  ]);
  expect(readRegex(String.raw`(?<time>\S+) (?<ip>\S+)`).problems.map(({ reason }) => reason)).toEqual([
    'The regular expression shows no request.',
  ]);
  expect(readRegex(String.raw`(?<path>\S+) (?<ip>\S+)`).problems.map(({ reason }) => reason)).toEqual([
    'The regular expression shows no time.',
  ]);
});
