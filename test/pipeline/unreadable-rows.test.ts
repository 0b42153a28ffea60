import { expect, test } from 'vitest';
import { openScanner } from '../../src/formats/open-scanner.ts';
import { lookAtFile } from '../../src/pipeline/look-at-file.ts';
import { findUnreadableRows } from '../../src/pipeline/unreadable-rows.ts';
import { readLogs } from '../helpers/read-logs.ts';

async function unreadableOf(text: string) {
  const [facts] = await lookAtFile(new File([text], 'table.csv'), await openScanner());
  const { content, table } = facts!;
  if (!table || table.kind === 'unknown') throw new Error('no table');
  let found = '';
  await findUnreadableRows({ content, plan: table }, (row) => void (found += new TextDecoder().decode(row)));
  return found;
}

const LONG = 'x'.repeat(300);
const tables: [string, string, string[]][] = [
  [
    'counts',
    `repoType,repoName,total,timestamp,downloads\nmodel,a/b,1,2026-09-01T00:00:00.000Z,1\nmodel,a/b,1,never,1\nmodel,"${LONG}\n,",1\n`,
    ['model,a/b,1,never,1', `model,"${LONG}\n,",1`],
  ],
  [
    'requests',
    'time,method,path,status,client_ip\n2026-09-01T10:00:00Z,GET,/v2/a/manifests/1,200,192.0.2.1\nnever,GET,/v2/a/manifests/1,200,192.0.2.1\n',
    ['never,GET,/v2/a/manifests/1,200,192.0.2.1'],
  ],
  [
    'an answer of the API',
    '{"pulls":[{"start":"2026-09-07","end":"2026-09-13","repo":"web","namespace":"acme","pullCount":3},{"start":"?"}]}',
    ['{"start":"?"}'],
  ],
];

test.each(tables)(
  '%s: rows as they are written, and their beginnings in the report',
  async (_, text, rows) => {
    expect(await unreadableOf(text)).toBe(rows.map((row) => `${row}\n`).join(''));
    const { files } = await readLogs([{ name: 'table.csv', bytes: new TextEncoder().encode(text) }]);
    expect(files[0]!.unreadable.map(({ text }) => text)).toEqual(rows.map((row) => row.slice(0, 200)));
    expect(files[0]).toMatchObject({ isTable: true, lines: { unreadable: rows.length } });
  },
);
