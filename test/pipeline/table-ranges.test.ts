import { defaultOptions } from '../../src/model/file-options.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openScanner } from '../../src/formats/open-scanner.ts';
import { Analysis } from '../../src/pipeline/analysis.ts';
import { lookAtFile } from '../../src/pipeline/look-at-file.ts';
import { planTable, readTableTask } from '../../src/pipeline/parse-table.ts';
import { actionsOf } from '../helpers/read-logs.ts';

/** Reads a table in ranges of a size, which arrive in some order. */
async function readInRanges(text: string, size: number, order: (length: number) => number[]) {
  const [facts] = await lookAtFile(new File([text], 'table.csv'), await openScanner());
  const { content, table } = facts!;
  if (!table || table.kind === 'unknown') throw new Error('no table');
  const analysis = new Analysis();
  analysis.announce([
    {
      ...{ name: content.name, size: facts!.size, compressed: false, expectedFirst: -Infinity },
      ...{ contentKey: '', state: 'waiting', problems: [], table: 'table' },
      ...{ source: 0, options: defaultOptions(0) },
    },
  ]);
  const tasks = await planTable(content, table, 0, size);
  const read = await Promise.all(tasks.map((task) => readTableTask(task, openScanner, () => {})));
  for (const place of order(read.length)) {
    const { piece, segment } = read[place]!;
    if (segment) analysis.addSegment(segment);
    else analysis.addTable(piece);
  }
  analysis.finish();
  const { total, files, days } = analysis.report();
  const sources = days && analysis.sources(days, true);
  return {
    ranges: tasks.length,
    read: { total, state: files[0]!.state, actions: actionsOf(analysis.traffic(), ['table']), sources },
  };
}

const shuffled = (seed: number) => (length: number) =>
  Array.from({ length }, (_, i) => i).sort((a, b) => ((a * 7 + seed) % 11) - ((b * 7 + seed) % 11) || a - b);

const REQUESTS = [
  'time,method,path,status,client_ip,user_agent',
  '2026-09-01T10:00:00Z,HEAD,/v2/acme/web/manifests/1,200,192.0.2.1,"a, ""quoted""\nagent"',
  '2026-09-01T10:00:01Z,GET,/v2/acme/web/manifests/1,200,192.0.2.1,"a, ""quoted""\nagent"',
  '2026-09-01T10:00:09Z,GET,/v2/,401,192.0.2.1,docker/27',
  '2026-09-01T10:00:10Z,GET,/v2/acme/db/manifests/2,200,198.51.100.7,docker/27',
  'not a row',
  '2026-09-01T10:00:20Z,GET,/v2/acme/db/manifests/3,404,198.51.100.7,docker/27',
  '',
].join('\n');

const DAYS = [
  'repoType,repoName,total,timestamp,downloads',
  'model,acme/a,30,2026-09-01T00:00:00.000Z,10',
  'model,acme/a,30,2026-09-02T00:00:00.000Z,20',
  'dataset,acme/b,5,2026-09-02T00:00:00.000Z,5',
  '',
].join('\n');

test.each([
  ['requests', REQUESTS],
  ['counts', DAYS],
])('%s: in ranges of any size and order the same', async (_, text) => {
  const whole = await readInRanges(text, 1 << 20, (length) => Array.from({ length }, (_, i) => i));
  expect(whole.ranges).toBe(1);
  expect(whole.read.state).toBe('read');
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 400 }), fc.nat(10), async (size, seed) => {
      expect((await readInRanges(text, size, shuffled(seed))).read).toEqual(whole.read);
    }),
    { numRuns: 25 },
  );
});

test('what the rows of a table of requests are adds up, and each request points to its record', async () => {
  const { read } = await readInRanges(REQUESTS, 1 << 20, () => [0]);
  expect(read.total).toMatchObject({
    read: 7,
    counted: 3,
    otherRegistry: 1,
    applicationMessage: 1,
    unreadable: 1,
  });
  expect(read.total.dropped).toEqual([[404, 1]]);
  expect(read.actions.map(({ action, agent, requests }) => [action, agent, requests[0]!.offset])).toEqual([
    ['pull_by_tag', 'a, "quoted"\nagent', REQUESTS.indexOf('2026-09-01T10:00:00Z')],
    ['pull_by_tag', 'docker/27', REQUESTS.indexOf('2026-09-01T10:00:10Z')],
  ]);
});

test('a table that was stopped keeps what was read', async () => {
  const { read } = await readInRanges(DAYS, 100, () => [0]);
  expect(read.state).toBe('partly');
  expect(read.sources!.repositories.map(({ name, count }) => [name, count])).toEqual([['acme/a', 30]]);
});
