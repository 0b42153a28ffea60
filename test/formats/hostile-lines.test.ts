import { describe, expect, test } from 'vitest';
import { logLine } from '../helpers/log-lines.ts';
import { linesTogether, openScan } from '../helpers/scan-whole.ts';

/**
 * Lines of the longest kind that make a reader look again and again: work that grows with the square of a line's size
 * would take minutes for each, and the test would run into its limit.
 */
const SIZE = (1 << 20) - 200;
const GOOD = logLine(Date.UTC(2026, 8, 1), '192.0.2.1', 'GET', '/v2/a/b/manifests/1', 200, 1, 'x');
const ACCESS = '192.0.2.1 - - [21/Nov/2026:03:09:35 +0000] "GET /v2/a/manifests/1';

const UNITS = [
  ...[
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    '(',
    ',',
    ':',
    ';',
    '\\',
    '\\"',
    '=',
    '|',
    '/',
    '%',
    '#',
    '?',
    '&',
    ' ',
    '\t',
  ],
  ...[
    '\x1b',
    '\x1b[',
    '\x1b[3m',
    '\0',
    '\r',
    '\xff',
    '0',
    'A',
    'a',
    '.',
    '-',
    '<',
    '>',
    '@4',
    'a:',
    '1:',
    '[:',
    ':[',
  ],
  ...[
    '" ',
    ' "',
    '" "',
    '" a=',
    ' =',
    '="',
    '\\" ',
    ', ',
    ' ,',
    '[ ',
    '] ',
    '[] ',
    '[x] ',
    '| ',
    ' |',
    '{"',
    '"}',
  ],
  ...[
    '{"a":',
    '[[',
    '{"a":[',
    '{"a":1,',
    '"a":"',
    '"a":1,',
    '"tag":"x",',
    '"_source":{',
    '\\u001b',
    '\\u0022',
    '\\\\"',
  ],
  ...[
    '"GET ',
    '"GET / ',
    'GET ',
    'GET /',
    '"GET" ',
    '/v2/',
    '/manifests/',
    '/v2/a/manifests/',
    '%2f',
    '%25',
    '&ns=',
    'ns',
  ],
  ...[
    '192.0.2.1,',
    '192.0.2.1, ',
    '192.0.2.1:',
    '::1 ',
    '[::1]:1 ',
    '::ffff:',
    '1.',
    'request: ',
    'digest="',
    'sha256:',
  ],
  ...[
    'message repeated 9 times: [ ',
    'message repeated 2000000000 times: [ ',
    '2026-11-21T03:09:35.1Z ',
    'a  | ',
  ],
  ...[
    'Nov  5 23:59:58 ',
    '<30>',
    '<30>1 - ',
    'stdout F ',
    '[pod/a/b] ',
    'h t: ',
    'INFO[0000] ',
    'router: ',
    'time="',
  ],
];

const AROUND: [name: string, before: string, after: string][] = [
  ['alone', '', ''],
  ['behind a time', '2026-11-21T03:09:35.1Z ', ''],
  ['behind CRI', '2026-11-21T03:09:35.1Z stdout F ', ''],
  ['behind the name of a container', 'registry-1  | ', ''],
  ['behind syslog', '<30>Nov  5 23:59:58 host tag: ', ''],
  ['repeated', 'registry-1  | message repeated 9000 times: [ ', ']'],
  ['in the string of docker', '{"log":"', '\\n","stream":"stdout","time":"2026-11-21T03:09:35.1Z"}'],
  ['in a string of JSON', '{"request_uri":"', '","status":200}'],
  ['in an object', '{"request":{', '}}'],
  ['in an array', '{"tag":[', ']}'],
  ['in a target', ACCESS, ' HTTP/1.1" 200 1 "-" "x"'],
  ['in an agent', `${ACCESS} HTTP/1.1" 200 1 "-" "`, '"'],
  ['behind an access line', `${ACCESS} HTTP/1.1" 200 1 "-" "x" `, ''],
  ['before a request', '', '"GET /v2/a/manifests/1 HTTP/1.1" 200 1 "-" "x"'],
  ['in a logfmt value', 'time="2026-11-21T03:09:35Z" level=info msg="', '"'],
  ['behind a logfmt pair', 'time="2026-11-21T03:09:35Z" level=info msg="response completed" ', ''],
  [
    'in a captured header',
    '192.0.2.1:1 [06/Nov/2026:07:00:01.011] a b/c 0/0/1/1/2 200 3 - - ---- 2/1/0/0/0 0/0 {',
    '} "GET / HTTP/1.1"',
  ],
  ['in a list of addresses', '', ' - - [21/Nov/2026:03:09:35 +0000] "GET /v2/a/manifests/1 HTTP/1.1" 200 1'],
];

/** The one-letter units of hexadecimal escapes and of lists double as bytes of any encoding. */
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

describe('long lines of', async () => {
  const scan = await openScan('wasm');

  test.each(AROUND)('one thing, %s', (_, before, after) => {
    for (const unit of UNITS) {
      const middle = unit.repeat(Math.floor((SIZE - before.length - after.length) / unit.length));
      const scanned = scan(bytesOf(`${before}${middle}${after}\n${GOOD}\n`));
      expect(linesTogether(scanned), unit).toBe(scanned.lines.read);
      // The line behind it is read as ever; one that says how often it came is no request.
      expect(scanned.rows.at(-1)!.values, unit).toContain('"192.0.2.1","\\u0000a/b"');
    }
  });
});
