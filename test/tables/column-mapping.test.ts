import { expect, test } from 'vitest';
import type { ColumnMapping } from '../../src/model/table-format.ts';
import { guessMapping, headerSignature, mappedFormat } from '../../src/tables/column-mapping.ts';
import { readTable } from '../../src/tables/read-table.ts';
import { lookAtTable } from '../../src/tables/recognize-table.ts';
import { inPieces, showTable } from '../helpers/show-table.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const NONE: ColumnMapping = {
  rows: 'counts',
  ...{ time: -1, repository: -1, count: -1, kind: -1, address: -1, agent: -1, path: -1, status: -1 },
  isRunning: false,
};

test.each<[string, string[], string[], Partial<ColumnMapping>]>([
  [
    'counts',
    ['Day', 'Image', 'Downloads'],
    ['2026-09-01', 'acme/web', '3'],
    { time: 0, repository: 1, count: 2 },
  ],
  [
    'actions',
    ['when_time', 'repo', 'action', 'client'],
    ['2026-09-01T10:00:00Z', 'acme/web', 'pull by tag', 'docker'],
    { rows: 'actions', time: 0, repository: 1, kind: 2, address: 3 },
  ],
  [
    'requests',
    ['Date', 'verb', 'repository', 'remote_ip', 'User agent', 'response_status'],
    ['2026-09-01', 'GET', 'acme/web', '192.0.2.1', 'docker/27', '200'],
    { rows: 'requests', time: 0, kind: 1, repository: 2, address: 3, agent: 4, status: 5 },
  ],
  [
    'a number is no repository',
    ['date', 'name', 'image'],
    ['2026-09-01', '7', 'web'],
    { time: 0, repository: 2 },
  ],
  ['no time', ['image', 'pulls'], ['web', '1'], { repository: 0, count: 1 }],
])('a guess: %s', (_, header, row, expected) => {
  expect(guessMapping(header, [row])).toEqual({ ...NONE, ...expected });
});

test('a count that only grows is a running total, if it is called so', () => {
  const rows = (...counts: number[]) => counts.map((count, i) => [`2026-09-0${i + 1}`, String(count)]);
  expect(guessMapping(['date', 'pull_count'], rows(5, 5, 9)).isRunning).toBe(true);
  expect(guessMapping(['date', 'pull_count'], rows(5, 9, 5)).isRunning).toBe(false);
  expect(guessMapping(['date', 'pulls'], rows(5, 6, 9)).isRunning).toBe(false);
});

test('a choice without what its rows need is no format', () => {
  const header = ['a', 'b', 'c'];
  expect(mappedFormat(header, { ...NONE, count: 1 }, ',')).toBeNull();
  expect(mappedFormat(header, { ...NONE, time: 0, isRunning: true }, ',')).toBeNull();
  expect(mappedFormat(header, { ...NONE, rows: 'requests', time: 0, repository: 1 }, ',')).toBeNull();
  expect(mappedFormat(header, { ...NONE, rows: 'actions', time: 0, kind: 1 }, ',')).toBeNull();
  expect(mappedFormat(header, { ...NONE, time: 0 }, ',')?.rows).toBe('counts');
});

test('a mapping is remembered by the header, whatever its spelling', () => {
  expect(headerSignature(['Pull date', 'IMAGE_NAME'])).toBe(headerSignature(['pull_date', 'Image name']));
});

async function readMapped(text: string, mapping: Partial<ColumnMapping>): Promise<string[]> {
  const look = lookAtTable(encode(text))!;
  expect(look.format).toBeNull();
  const format = mappedFormat(look.header, { ...NONE, ...mapping }, look.delimiter)!;
  const result = await readTable(inPieces(encode(text)), { name: 'a.csv', format, repository: 'acme/web' });
  return showTable(result).trimEnd().split('\n');
}

test("the user's mapping is read: counts, actions, requests, rows that are one each", async () => {
  const text =
    'Tag von,Bild,Art,Adresse,Menge\n2026-09-01,acme/db,GET,192.0.2.1,4\n2026-09-02,acme/db,PULL_BY_TAG,192.0.2.1,2\n';
  expect(await readMapped(text, { time: 0, count: 4 })).toEqual([
    'mapped: 2 rows, 2 used, 0 skipped, 0 unreadable',
    '2026-09-01 | - | repository | acme/web | downloads | 4',
    '2026-09-02 | - | repository | acme/web | downloads | 2',
  ]);
  expect(await readMapped(text, { time: 0, repository: 1 })).toEqual([
    'mapped: 2 rows, 2 used, 0 skipped, 0 unreadable',
    '2026-09-01 | - | repository | acme/db | downloads | 1',
    '2026-09-02 | - | repository | acme/db | downloads | 1',
  ]);
  expect(await readMapped(text, { rows: 'actions', time: 0, repository: 1, kind: 2, count: 4 })).toEqual([
    'mapped: 2 rows, 1 used, 0 skipped, 1 unreadable',
    'unreadable: line 2: 2026-09-01,acme/db,GET,192.0.2.1,4',
    '2026-09-02T00:00:00.000Z | image | acme/db | pull_by_tag | - | - | - | - | - | - | - | - | - | 2',
  ]);
  expect(await readMapped(text, { rows: 'requests', time: 0, repository: 1, kind: 2, address: 3 })).toEqual([
    'mapped: 2 rows, 1 used, 0 skipped, 1 unreadable',
    'unreadable: line 3: 2026-09-02,acme/db,PULL_BY_TAG,192.0.2.1,2',
    '2026-09-01T00:00:00.000Z | 192.0.2.1 | GET | - | acme/db | 0 | - | -',
  ]);
});

test('what is no table is none', () => {
  for (const text of [
    '',
    'one column\n1\n',
    '{"a":1,"b":2}\n{"a":1,"b":2}\n',
    '1,2\n3,4\n',
    'a,a\n1,2\n',
    'a,b\n',
  ]) {
    expect(lookAtTable(encode(text))).toBeNull();
  }
});
