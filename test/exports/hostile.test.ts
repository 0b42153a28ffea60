import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { csvCell } from '../../src/exports/csv.ts';
import type { ExportRequest } from '../../src/model/view.ts';
import { analyse, exported, manifestLine as line } from '../helpers/exported.ts';

/** Texts that a client can put into a name, and the cells that they must become (spec/outputs.md, RFC 4180). */
const CELLS: [text: string, cell: string][] = [
  ['plain', 'plain'],
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', "'\tx"],
  ['\rx', `"'\rx"`],
  // A guard and quotes together.
  ['=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
  // Only the first character counts.
  ['a=1+1', 'a=1+1'],
  ["'=1", "'=1"],
  ['"', '""""'],
  ['"quoted"', '"""quoted"""'],
  ['a,b', '"a,b"'],
  ['a;b', 'a;b'],
  ['a\nb', '"a\nb"'],
  ['a\r\nb', '"a\r\nb"'],
  ['\nx', '"\nx"'],
  ['__proto__', '__proto__'],
  ['constructor', 'constructor'],
  ['toString', 'toString'],
  ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ['\u{1f40b}\uff5e', '\u{1f40b}\uff5e'],
  ['e\u0301', 'e\u0301'],
  // Read right to left, and invisible.
  ['\u202egnp', '\u202egnp'],
  ['\u200b', '\u200b'],
];

const decode = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

describe('a cell', () => {
  test.each(CELLS)('of %j is %j', (text, cell) => {
    expect(decode(csvCell(text))).toBe(cell);
  });

  test('of nothing is empty', () => {
    expect(csvCell('')).toHaveLength(0);
  });
});

/** Without what cannot be a name: nothing is, and a tag holds no slash. */
const NAMES = CELLS.map(([text]) => text).filter((text) => !text.includes('/'));
const guarded = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
const encoded = encodeURIComponent;

/** Each text as namespace, repository and tag, by one client each; pulled twice, the second time by another. */
const LINES = NAMES.flatMap((text) =>
  ['192.0.2.1', '192.0.2.2'].map((client) =>
    line(
      '2026-09-01 10:00:00',
      client,
      'GET',
      `${encoded(text)}/${encoded(text)}`,
      encoded(text),
      // As nginx escapes it.
      text.replace(/["\\\r\n\t]/g, (found) => `\\x${found.charCodeAt(0).toString(16).padStart(2, '0')}`) +
        '/1.0,"beta"'.replaceAll('"', '\\x22'),
    ),
  ),
);

async function parsedBack(kind: ExportRequest['kind'], wish: Partial<ExportRequest> = {}) {
  const { text } = await exported(await analyse([LINES]), kind, wish);
  const { data, errors, meta } = Papa.parse<string[]>(text, { newline: '\r\n' });
  expect(errors).toEqual([]);
  expect(meta.delimiter).toBe(',');
  // A line end closes the last row.
  expect(data.pop()).toEqual(['']);
  const [header, ...rows] = data;
  for (const row of rows) expect(row).toHaveLength(header!.length);
  return rows;
}

/** By code points, as Array.from splits. */
const byCodePoints = (a: string, b: string) => {
  const [x, y] = [Array.from(a), Array.from(b)];
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    if (x[i] !== y[i]) return x[i]!.codePointAt(0)! - y[i]!.codePointAt(0)!;
  }
  return x.length - y.length;
};

describe('hostile names come back as they were, with their guards', () => {
  const inOrder = [...NAMES].sort(byCodePoints);

  test('from raw', async () => {
    const rows = await parsedBack('raw');
    const expected = NAMES.flatMap((text) => [text, text]).map((text) => [
      guarded(text),
      guarded(text),
      guarded(text),
      '',
      guarded(text),
    ]);
    expect(rows.map((row) => row.slice(1, 6))).toEqual(expected);
  });

  test('from the summary, at every level', async () => {
    expect(await parsedBack('summary')).toEqual(
      inOrder.map((text) => [guarded(text), guarded(text), guarded(text), '2', '2', '0', '0']),
    );
    expect(await parsedBack('summary', { level: 'repository' })).toEqual(
      inOrder.map((text) => [guarded(text), guarded(text), '2', '2', '0', '0']),
    );
    expect(await parsedBack('summary', { level: 'namespace' })).toEqual(
      inOrder.map((text) => [guarded(text), '2', '2', '0', '0']),
    );
  });

  test('from daily', async () => {
    expect(await parsedBack('daily')).toEqual(
      inOrder
        .map((text) => `${text}/${text}`)
        .sort(byCodePoints)
        .map((name) => ['image', guarded(name), '2', '2026-09-01T00:00:00.000Z', '2']),
    );
  });

  test('user agents that name no program leave no cell', async () => {
    const agents = [
      '=cmd|x/1',
      '+a/2',
      '-b/3',
      '@c/4',
      String.raw`\x22d\x22/=5`,
      String.raw`e/\x22,x`,
      '__proto__/7',
    ];
    const lines = agents.map((agent) => line('2026-09-01 10:00:00', '192.0.2.1', 'GET', 'a/b', '1', agent));
    const { text } = await exported(await analyse([lines]), 'raw');
    expect(
      text
        .split('\r\n')
        .slice(1, -1)
        .map((row) => row.split(',,,,')[1]),
    ).toEqual([',', ',', ',', ',', ',', 'e,', ',']);
  });

  test('a byte order mark is a character like others: three tags stay three', async () => {
    const lines = ['%EF%BB%BF', 'x', '%EF%BB%BFx'].map((tag) =>
      line('2026-09-01 10:00:00', '192.0.2.1', 'GET', 'a/b', tag),
    );
    const { text } = await exported(await analyse([lines]), 'summary');
    const { data } = Papa.parse<string[]>(text, { newline: '\r\n' });
    expect(data.slice(1, -1).map((row) => row[2])).toEqual(['x', '\ufeff', '\ufeffx']);
  });
});
