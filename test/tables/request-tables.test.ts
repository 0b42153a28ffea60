import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { wordOf } from '../../src/lib/column-builder.ts';
import { readTable } from '../../src/tables/read-table.ts';
import { lookAtTable } from '../../src/tables/recognize-table.ts';
import { inPieces } from '../helpers/show-table.ts';

const CASES = [
  'athena-alb',
  'athena-cloudfront',
  'bigquery-load-balancer',
  'kibana',
  'semicolons',
  'tabs-epoch',
];

/** line, time, client, method, status, prefix, name, reference, agent, digest */
function expectedOf(name: string): string[][] {
  const text = readFileSync(`test/fixtures/logs/csv-requests/${name}.expected.tsv`, 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'));
}

test.each(CASES)('%s: the manifest requests that were expected', async (name) => {
  const bytes = new Uint8Array(readFileSync(`test/fixtures/logs/csv-requests/${name}.log`));
  const { format } = lookAtTable(bytes)!;
  expect(format!.id).toBe('request-table');
  const { table, tally } = await readTable(inPieces(bytes), { name, format: format! });
  expect(tally.unreadable).toBe(0);
  if (table.kind !== 'requests') throw new Error(table.kind);
  const { columns, length, words } = table.rows;
  const found: string[][] = [];
  for (let row = 0; row < length; row++) {
    const path = decodeURIComponent(wordOf(words, columns.path[row]!).replace(/\?.*$/, ''));
    const [, repository, reference] = /\/v2\/(.+)\/manifests\/(.+)$/.exec(path) ?? [];
    const method = wordOf(words, columns.method[row]!);
    if (!repository || (method !== 'GET' && method !== 'HEAD')) continue;
    found.push([
      new Date(columns.time[row]!).toISOString(),
      wordOf(words, columns.client[row]!),
      ...[method, String(columns.status[row]), repository, reference!],
      ...[wordOf(words, columns.agent[row]!), wordOf(words, columns.digest[row]!)],
    ]);
  }
  const expected = expectedOf(name).map(([, time, client, method, status, , repository, ...rest]) =>
    [time, client, method, status, repository, ...rest, ''].slice(0, 8),
  );
  expect(found).toEqual(expected);
});
