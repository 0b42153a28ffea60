import { expect, describe, test } from 'vitest';
import { dayOfIso } from '../../src/lib/calendar.ts';
import { bytesOf, csvText, exported, manifestLine as line } from '../helpers/exported.ts';
import { NO_LINES } from '../helpers/no-lines.ts';
import { readLogs } from '../helpers/read-logs.ts';

/** Logs that can be read, with what a server or a client can put into them. */
const GOOD = line('2026-09-01 10:00:00', '192.0.2.1', 'GET', 'acme/good', '1.0');

async function alone(content: string | Uint8Array) {
  const result = await readLogs([{ name: 'odd.log', bytes: bytesOf(content) }]);
  return { ...result, problems: result.files[0]!.problems };
}

describe('odd bytes in good logs', () => {
  test('invalid UTF-8 is shown as U+FFFD, and the line counts', async () => {
    const [before, between, after] = GOOD.split(/good|docker/) as [string, string, string];
    const { actions, tally } = await alone(bytesOf(before, [0xff, 0xc3], between, [0xed, 0xa0, 0x80], after));
    expect(tally).toEqual({ ...NO_LINES, read: 1, counted: 1 });
    expect(actions.map(({ name, agent }) => [name, agent])).toEqual([
      ['acme/\ufffd\ufffd', '\ufffd\ufffd\ufffd/27.3.1'],
    ]);
  });

  test('CRLF, byte order marks at every file’s beginning, blank lines', async () => {
    const text = `\ufeff${GOOD}\r\n\r\n \t\r\n\ufeff${GOOD}\r\n`;
    const { actions, tally, problems } = await alone(text);
    expect(tally).toEqual({ ...NO_LINES, read: 4, counted: 2, blank: 2 });
    expect(problems).toEqual([]);
    expect(actions.map(({ agent, client }) => [agent, client])).toEqual([
      ['docker/27.3.1', '192.0.2.1'],
      ['docker/27.3.1', '192.0.2.1'],
    ]);
    expect(actions.map(({ requests }) => requests[0]!.offset)).toEqual([
      0,
      Buffer.byteLength(text) - GOOD.length - 5,
    ]);
  });

  test('times out of order are put in order, over midnight and far apart', async () => {
    const times = [
      '2026-09-02 00:00:01',
      '2026-09-01 23:59:59',
      '2026-08-01 10:00:00',
      '2026-09-01 23:59:58',
    ];
    const { actions, analysis } = await alone(
      times.map((time, i) => line(time, '192.0.2.1', 'GET', 'a/b', String(i))).join('\n'),
    );
    expect(actions.map(({ tag }) => tag)).toEqual(['2', '3', '1', '0']);
    expect(analysis.report()).toMatchObject({
      firstTime: Date.parse('2026-08-01T10:00:00Z'),
      lastTime: Date.parse('2026-09-02T00:00:01Z'),
      days: { first: dayOfIso('2026-08-01'), last: dayOfIso('2026-09-02') },
    });
  });

  test('one address of IPv6 in two spellings of its letters is one client', async () => {
    const clients = ['2001:db8::abcd', '2001:DB8::ABCD', '::ffff:192.0.2.1', '192.0.2.1'];
    const { analysis } = await alone(
      clients.map((client) => line('2026-09-01 10:00:00', client, 'GET', 'a/b', '1')).join('\n'),
    );
    expect(analysis.view(analysis.report().days!).figures).toMatchObject({
      pullsByTag: 4,
      uniqueAddresses: 2,
    });
  });
});

describe('hostile texts in good logs', () => {
  const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '__proto__/__proto__'];

  test('names of object properties are names like others', async () => {
    const lines = NAMES.flatMap((name) => [
      line('2026-09-01 10:00:00', '192.0.2.1', 'GET', name, '__proto__', '__proto__'),
      line('2026-09-01 10:00:09', '192.0.2.1', 'GET', name, 'constructor', 'constructor/1'),
    ]);
    const { actions, tally, analysis } = await alone(lines.join('\n'));
    expect(tally).toEqual({ ...NO_LINES, read: 10, counted: 10 });
    expect(actions.filter(({ name }) => name === '__proto__')).toHaveLength(2);
    const span = analysis.report().days!;
    const { repositories } = analysis.view(span);
    expect(repositories.names).toEqual([...NAMES].sort());
    expect([...repositories.pullsByTag]).toEqual([2, 2, 2, 2, 2]);
    const detail = analysis.detail(repositories.index[repositories.names.indexOf('__proto__')]!, span);
    expect(detail.references.map(({ reference, pullsByTag }) => [reference, pullsByTag])).toEqual([
      ['__proto__', 1],
      ['constructor', 1],
    ]);
  });

  test('HTML and formulas in user agents stay as they are, and name no program', async () => {
    const agents = [
      '<img src=x onerror=alert(1)>',
      '=HYPERLINK(\\x22http://x\\x22)',
      "@SUM(1+1)*cmd|' /C calc'!A0",
      '-2+3',
      '\\x09=1',
    ];
    const { actions, analysis } = await alone(
      agents
        .map((agent, i) => line(`2026-09-01 10:00:0${i}`, '192.0.2.1', 'GET', 'a/b', '1', agent))
        .join('\n'),
    );
    expect(actions.map(({ agent }) => agent)).toEqual([
      '<img src=x onerror=alert(1)>',
      '=HYPERLINK("http://x")',
      "@SUM(1+1)*cmd|' /C calc'!A0",
      '-2+3',
      '\t=1',
    ]);
    const { text } = await exported(analysis, 'raw');
    const row = (second: number, tool: string) =>
      `2026-09-01 10:00:0${second},a,b,1,,1,2026-09-01,GET,pull_by_tag,,,,${tool}`;
    expect(text).toBe(
      csvText(text.split('\r\n')[0]!, row(0, ','), row(1, ','), row(2, ','), row(3, ','), row(4, ',')),
    );
  });
});
