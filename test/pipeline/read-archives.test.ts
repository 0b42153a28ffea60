import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { contentOfFile } from '../../src/intake/content.ts';
import { planTasks } from '../../src/pipeline/plan-tasks.ts';
import { readLogs } from '../helpers/read-logs.ts';
import { SMALL_LOG } from '../helpers/small-log.ts';
import { type Member, tarOf, zipOf, zstdFrame } from '../intake/archive-samples.ts';
import { noise } from '../intake/gzip-samples.ts';

const LINES = SMALL_LOG.split('\n');
const HALVES = [LINES.slice(5).join('\n'), LINES.slice(0, 5).join('\n')];
const MEMBERS: Member[] = [
  { path: 'web/access.log', content: HALVES[0]! },
  { path: 'web/access.log.1', content: HALVES[1]! },
];
const WAYS: [string, (members: Member[]) => Buffer][] = [
  ['zip', (members) => zipOf(members)],
  ['zip, stored', (members) => zipOf(members.map((member) => ({ ...member, stored: true })))],
  ['tar', (members) => tarOf(members)],
  ['tar.gz', (members) => gzipSync(tarOf(members))],
  ['tar.zst', (members) => zstdFrame([tarOf(members)])],
];
const read = (bytes: Uint8Array, options = {}) => readLogs([{ name: 'logs', bytes }], options);

describe.each(WAYS)('%s', (_, pack) => {
  test('gives what its files give, with their names and the places in them', async () => {
    const plain = await readLogs(
      MEMBERS.map(({ path, content }) => ({ name: `logs/${path}`, bytes: Buffer.from(content) })),
    );
    for (const chunk of [1 << 20, 300]) {
      const packed = await read(pack(MEMBERS), { chunk });
      expect(packed.actions).toEqual(plain.actions);
      expect(packed.tally).toEqual(plain.tally);
      expect(packed.unreadable).toEqual(plain.unreadable);
      expect(packed.files.map(({ name, state }) => [name, state])).toEqual(
        plain.files.map(({ name, state }) => [name, state]),
      );
    }
    // The line at that offset is the request's.
    const { file, offset } = plain.actions[0]!.requests[0]!;
    const log = MEMBERS.find(({ path }) => `logs/${path}` === file)!.content as string;
    expect(log.slice(offset)).toMatch(/^192\.0\.2\.1 /);
  });

  test('members that are compressed themselves give the same', async () => {
    const inner = MEMBERS.map(({ path, content }) => ({ path: `${path}.gz`, content: gzipSync(content) }));
    const [plain, packed] = [await read(pack(MEMBERS)), await read(pack(inner))];
    const places = ({ actions }: typeof plain) =>
      actions.map(({ requests }) => requests.map(({ offset }) => offset));
    expect(places(packed)).toEqual(places(plain));
    expect(packed.tally).toEqual(plain.tally);
    expect(packed.files.map(({ compressed }) => compressed)).toEqual([true, true]);
  });

  test('each member says what became of it', async () => {
    const { files } = await read(
      pack([
        ...MEMBERS,
        { path: 'app', content: noise(5000) },
        { path: 'empty', content: '' },
        { path: '.x', content: 'x' },
      ]),
    );
    expect(new Map(files.map(({ name, state }) => [name, state]))).toEqual(
      new Map([
        ['logs/web/access.log', 'read'],
        ['logs/web/access.log.1', 'read'],
        ['logs/app', 'skipped'],
        ['logs/empty', 'read'],
      ]),
    );
    const said = files.flatMap(({ problems }) => problems.map(({ reason }) => reason));
    expect(said.sort()).toEqual([
      'logs holds a hidden file, a picture or the like, which was left out.',
      'logs/app is not text; it was skipped.',
      'logs/empty is empty.',
    ]);
  });
});

test('a compressed archive that is cut off keeps what came before, and says which member is not whole', async () => {
  const bytes = gzipSync(
    tarOf([
      { path: 'b.log', content: HALVES[1]! },
      { path: 'a.log', content: noise(60_000).toString('hex') + '\n' },
    ]),
    { level: 1 },
  );
  const { files, actions } = await read(bytes.subarray(0, bytes.length / 2));
  expect(actions.length).toBeGreaterThan(0);
  expect(new Map(files.map(({ name, state }) => [name, state]))).toEqual(
    new Map([
      ['logs', 'partly'],
      ['logs/a.log', 'partly'],
      ['logs/b.log', 'read'],
    ]),
  );
  const said = files.flatMap(({ problems }) => problems.map(({ reason }) => reason)).join(' ');
  expect(said).toMatch(/logs\/a\.log is not whole, because logs is damaged or cut off/);
  expect(said).toMatch(/logs is cut off after \d+ kB/);
});

test('members of a compressed archive are one task, in their order, where the first has its turn', () => {
  const blob = new Blob(['x'.repeat(100)]);
  const plain = contentOfFile(new File(['y'.repeat(10)], 'y.log'));
  const member = (start: number) => ({ ...plain, blob, outer: 'gzip' as const, member: { start, size: 5 } });
  const tasks = planTasks([member(50), plain, null, member(0)], 7, 2);
  expect(tasks.map(({ parts, start, end }) => [parts.map(({ file }) => file), start, end])).toEqual([
    [[10, 7], 0, 100],
    [[8], 0, 10],
  ]);
});
