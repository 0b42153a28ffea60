/** Rows of tables as lines that a person can check. */
import { wordOf } from '../../src/lib/column-builder.ts';
import { ACTION_NAMES, type ActionRows, REPO_TYPES } from '../../src/model/action-rows.ts';
import { type CountRows, FLAG_RESET, MEASURES, NO_DAY } from '../../src/model/count-rows.ts';
import type { RequestRows } from '../../src/model/request-rows.ts';
import type { TableResult } from '../../src/model/table-format.ts';
import { isoDay } from '../../src/lib/calendar.ts';

const LEVELS = ['publisher', 'namespace', 'repository', 'part', 'detail'];

export async function* inPieces(bytes: Uint8Array, size = bytes.length || 1): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

export function showTable({ format, table, tally, unreadable: rows, problems }: TableResult): string {
  const { read, used, skipped, unreadable } = tally;
  return [
    `${format.id}: ${read} rows, ${used} used, ${skipped} skipped, ${unreadable} unreadable`,
    ...rows.map(({ line, text }) => `unreadable: line ${line}: ${text}`),
    ...problems.map(
      ({ severity, line, reason }) => `${severity}${line ? ` in line ${line}` : ''}: ${reason}`,
    ),
    ...(table.kind === 'actions' ? showActions(table.rows) : []),
    ...(table.kind === 'counts' ? showCounts(table.rows) : []),
    ...(table.kind === 'requests' ? showRequests(table.rows) : []),
    '',
  ].join('\n');
}

function showCounts({ columns, length, words }: CountRows): string[] {
  return rowsOf(length, (row) => {
    const labels = (['reference', 'country', 'host', 'tool'] as const)
      .map((name) => [name, wordOf(words, columns[name][row]!)])
      .filter(([, word]) => word !== '')
      .map(([name, word]) => `${name}=${word}`);
    const [first, last] = [columns.firstDay[row]!, columns.lastDay[row]!].map((day) =>
      day === NO_DAY ? '?' : isoDay(day),
    );
    return [
      first === last ? first! : `${first}..${last}`,
      REPO_TYPES[columns.repoType[row]!]! || '-',
      LEVELS[columns.level[row]!]!,
      wordOf(words, columns.repository[row]!) || '-',
      MEASURES[columns.measure[row]!]!.id,
      String(columns.count[row]),
      ...labels,
      ...(columns.flags[row]! & FLAG_RESET ? ['RESET'] : []),
    ];
  });
}

function showActions({ columns, length, words }: ActionRows): string[] {
  const word =
    (
      name: 'repository' | 'reference' | 'digest' | 'tag' | 'type' | 'host' | 'country' | 'tool' | 'version',
    ) =>
    (row: number) =>
      wordOf(words, columns[name][row]!) || '-';
  return rowsOf(length, (row) => [
    new Date(columns.time[row]!).toISOString(),
    REPO_TYPES[columns.repoType[row]!]! || '-',
    word('repository')(row),
    ACTION_NAMES[columns.action[row]!]!,
    ['-', 'HEAD', 'GET'][columns.method[row]!]!,
    ...(['reference', 'digest', 'tag', 'type', 'host', 'country', 'tool', 'version'] as const).map((name) =>
      word(name)(row).replace(/^(sha256:..).*/, '$1…'),
    ),
    String(columns.count[row]),
  ]);
}

function showRequests({ columns, length, words }: RequestRows): string[] {
  return rowsOf(length, (row) => [
    new Date(columns.time[row]!).toISOString(),
    wordOf(words, columns.client[row]!) || '-',
    wordOf(words, columns.method[row]!),
    REPO_TYPES[columns.repoType[row]!]! || '-',
    wordOf(words, columns.repository[row]!) || wordOf(words, columns.path[row]!),
    String(columns.status[row]),
    wordOf(words, columns.agent[row]!) || '-',
    wordOf(words, columns.country[row]!) || '-',
  ]);
}

function rowsOf(length: number, cellsOf: (row: number) => string[]): string[] {
  return Array.from({ length }, (_, row) => cellsOf(row).join(' | '));
}
