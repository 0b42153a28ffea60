/** What classifying made is taken back as it was, and for exactly its files and rules only. */
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { expect, test, vi } from 'vitest';
import { loadActionsHead, saveActions } from '../../src/cache/kept-actions.ts';
import { listKept } from '../../src/cache/kept-files.ts';
import { type CountingRules, DEFAULT_RULES } from '../../src/model/counting-rules.ts';
import type { KeptRef } from '../../src/model/kept-file.ts';
import { PAGE_MASK, PAGE_SHIFT } from '../../src/model/request-table.ts';
import { Analysis } from '../../src/pipeline/analysis.ts';
import { countedBy } from '../../src/pipeline/first-figures.ts';
import { createKeepingApi } from '../../src/pipeline/keeping-api.ts';
import { allShown, pagesShown } from '../helpers/all-shown.ts';
import { logLine } from '../helpers/log-lines.ts';
import { type LogFile, readLogs } from '../helpers/read-logs.ts';
import { SMALL_LOG } from '../helpers/small-log.ts';

const START = Date.UTC(2026, 8, 1, 10);
const DIGESTS = [1, 2, 3].map((n) => `sha256:${String(n).repeat(64)}`);
const MANIFESTS = ['1.0', '1.0', 'latest', ...DIGESTS, ...DIGESTS, `sha256-${'4'.repeat(64)}.sig`].map(
  (reference) => `/v2/acme/web/manifests/${reference}`,
);
const FILES = ['acme/bert', 'datasets/acme/texts'].map((name) => `/${name}/resolve/main/config.json`);

/** Few clients and references, so that everything that can meet does; late ones, and some of hubs. */
const request = fc.record({
  wait: fc.constantFrom(0, 0, 0, 1, 1, 2, 4, 5, 6, 30, -2, -70),
  client: fc.constantFrom('192.0.2.1', '192.0.2.1', '192.0.2.2', '2001:db8::a', 'unix:'),
  method: fc.constantFrom('HEAD', 'GET', 'GET', 'PUT'),
  // Names that only requests that do not count ask for are not kept.
  what: fc.oneof(
    {
      weight: 6,
      arbitrary: fc.tuple(fc.constantFrom(...MANIFESTS), fc.constantFrom(200, 200, 200, 304, 404)),
    },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...FILES), fc.constant(200)) },
  ),
  agent: fc.constantFrom('docker/27', 'docker/27', 'containerd/1.7.24'),
});
const log = fc
  .record({
    start: fc.integer({ min: 0, max: 20 }),
    requests: fc.array(request, { minLength: 1, maxLength: 25 }),
  })
  .map(({ start, requests }) => {
    let time = START + start * 1000;
    const lines = requests.map(({ wait, client, method, what: [path, status], agent }) =>
      logLine((time += wait * 1000), client, method, path, status, 9, agent),
    );
    return `${lines.join('\n')}\n`;
  });
const logs = fc
  .array(log, { minLength: 1, maxLength: 3 })
  // The same bytes twice are one file.
  .filter((all) => new Set(all).size === all.length);
const rules: fc.Arbitrary<CountingRules> = fc.record({
  window: fc.constantFrom(5000, 5000, 1000, 30_000),
  foldFurther: fc.boolean(),
  separateByAgent: fc.boolean(),
  countSignatures: fc.boolean(),
  countInnerHops: fc.boolean(),
  countHubHeads: fc.boolean(),
  countedFiles: fc.constant([]),
});

const fileOf = (name: string, text: string): LogFile => ({ name, bytes: new TextEncoder().encode(text) });

/** As the page has it in its worker. */
function held(shown: Analysis, how: CountingRules) {
  const api = createKeepingApi(() => ({ shown, filled: shown, own: [], countedBy: countedBy(how, null) }));
  api.setRemembering(true);
  return api;
}

async function readAndKept(files: LogFile[], how = DEFAULT_RULES): Promise<Analysis> {
  vi.stubGlobal('indexedDB', new IDBFactory());
  const { analysis } = await readLogs(files, { print: true, rules: how });
  expect(await held(analysis, how).remember(Infinity, null)).toMatchObject({ outcome: 'kept' });
  return analysis;
}

/** All that is kept, or the files of these names, in their order. */
async function opened(how = DEFAULT_RULES, names?: string[]) {
  const all = new Map((await listKept()).map((summary) => [summary.name, summary]));
  const kept = (names ?? [...all.keys()].sort()).flatMap((name) => all.get(name) ?? []);
  const analysis = new Analysis();
  analysis.setRules(how);
  const api = held(analysis, how);
  await restored(
    analysis,
    api,
    kept.map((summary) => ({ summary, place: { key: summary.key } })),
  );
  return { analysis, api };
}

async function restored(analysis: Analysis, api: ReturnType<typeof held>, refs: KeptRef[]) {
  const first = analysis.announce(
    refs.map(({ summary: { name, size, compressed, firstTime, contentKey, options, table, key } }) => ({
      ...{ name, size, compressed, contentKey, options, table, expectedFirst: firstTime, source: 0 },
      ...{ state: 'waiting', problems: [], print: { fingerprint: key, contentHash: null, isPlain: true } },
    })),
  );
  for (const [i, ref] of refs.entries()) expect(await api.restore(first + i, ref, false)).toBe(true);
  analysis.finish();
}

/** The same, with everything folded anew. */
async function openedWithout(how: CountingRules, names: string[]) {
  await saveActions(null, Infinity);
  return (await opened(how, names)).analysis;
}

/** What a classifier writes, and counts. */
function classified(analysis: Analysis) {
  const { table, order, length } = analysis.traffic();
  const rows = Array.from(order.subarray(0, length), (row) => {
    const { action, next, flags } = table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    return [row, action[at], next[at], flags[at]];
  });
  const { days, files } = analysis.report();
  // Addresses that do the same stand in the order of their numbers.
  const hammering = days && analysis.hammering(days);
  return { rows, hammering, soFar: analysis.soFar(), lines: files.map(({ lines }) => lines) };
}

test('opened with what was kept is opened without it is read from the log', async () => {
  await fc.assert(
    fc.asyncProperty(logs, log, rules, rules, fc.boolean(), async (texts, more, how, other, isSwitched) => {
      fc.pre(!texts.includes(more));
      const files = texts.map((text, i) => fileOf(`log.${i}`, text));
      const read = await readAndKept(files, how);
      const names = read.report().files.map(({ name }) => name);
      const { analysis: withRecord, api } = await opened(how, names);
      const isHeld = (await loadActionsHead()) !== null;
      expect(withRecord.actions.isAsKept).toBe(isHeld);
      // Nothing but requests that are seen behind another log is in its way.
      const problems = read.report().files.flatMap((file) => file.problems);
      const hasHops = problems.some(({ reason }) => reason.includes('shows the same traffic'));
      expect(isHeld).toBe(read.traffic().length > 0 && !hasHops);
      const without = await openedWithout(how, names);
      expect(without.actions.isAsKept).toBe(false);
      expect(classified(withRecord)).toEqual(classified(without));
      const [all, pages] = [await allShown(read), pagesShown(read)];
      expect([await allShown(withRecord), pagesShown(withRecord)]).toEqual([all, pages]);
      expect([await allShown(without), pagesShown(without)]).toEqual([all, pages]);

      if (isSwitched) for (const each of [withRecord, without]) each.setRules(other);
      expect(classified(withRecord)).toEqual(classified(without));
      for (const into of [withRecord, without]) await readLogs([fileOf('more', more)], { into, print: true });
      expect(classified(withRecord)).toEqual(classified(without));
      expect(await allShown(withRecord)).toEqual(await allShown(without));
      await api.remember(Infinity, null);
      expect((await loadActionsHead())?.files.length ?? files.length + 1).toBe(files.length + 1);
    }),
    { numRuns: 12 },
  );
});

const SMALL = fileOf('a.log', SMALL_LOG);
const LATER = fileOf('b.log', SMALL_LOG.replaceAll('Sep', 'Oct'));

/** Puts something else in the place of a record of the database. */
async function overwrite(store: string, key: IDBValidKey, change: (old: never) => unknown) {
  const db = await openDB('pullscope-files', 1);
  await db.put(store, change((await db.get(store, key)) as never), key);
  db.close();
}

test.each<[string, (block: Uint8Array) => Uint8Array]>([
  ['a byte is another', (block) => block.map((each, i) => (i === block.length >> 1 ? each ^ 1 : each))],
  ['it is cut off', (block) => block.slice(0, -8)],
  ['it is empty', () => new Uint8Array()],
])('what is damaged is counted anew, and kept anew: %s', async (_, change) => {
  const read = await readAndKept([SMALL, LATER]);
  const good = classified((await opened()).analysis);
  await overwrite('blocks', ['actions', 0], change);
  const { analysis, api } = await opened();
  expect(analysis.actions.isAsKept).toBe(false);
  expect(classified(analysis)).toEqual(good);
  expect(await allShown(analysis)).toEqual(await allShown(read));
  await api.remember(Infinity, null);
  expect((await opened()).analysis.actions.isAsKept).toBe(true);
});

test('rules, files and rows must be the same', async () => {
  const read = await readAndKept([SMALL, LATER]);
  expect((await opened()).analysis.actions.isAsKept).toBe(true);
  const strict = { ...DEFAULT_RULES, window: 1 };
  expect((await opened(strict)).analysis.actions.isAsKept).toBe(false);
  expect((await opened(DEFAULT_RULES, ['a.log'])).analysis.actions.isAsKept).toBe(false);
  // The same file, read otherwise: other rows are kept of it meanwhile.
  await overwrite('page', 'actions', (head: { files: object[] }) => ({
    ...head,
    files: head.files.map((file, i) => (i === 0 ? { ...file, print: 'another' } : file)),
  }));
  const { analysis } = await opened();
  expect(analysis.actions.isAsKept).toBe(false);
  expect(await allShown(analysis)).toEqual(await allShown(read));
});

test('other rules are kept in its place, and the same are not kept again', async () => {
  await readAndKept([SMALL, LATER]);
  const { analysis, api } = await opened();
  const save = vi.spyOn(IDBObjectStore.prototype, 'put');
  await api.remember(Infinity, null);
  expect(save.mock.calls.filter(([, key]) => String(key).startsWith('actions'))).toEqual([]);
  save.mockRestore();
  const strict = { ...DEFAULT_RULES, window: 1 };
  analysis.setRules(strict);
  await held(analysis, strict).remember(Infinity, null);
  expect((await opened(strict)).analysis.actions.isAsKept).toBe(true);
  expect((await opened()).analysis.actions.isAsKept).toBe(false);
});

test('a kept file that comes later is counted with what was there', async () => {
  const read = await readAndKept([SMALL, LATER]);
  const { analysis, api } = await opened(DEFAULT_RULES, ['a.log']);
  await api.remember(Infinity, null);
  const again = await opened(DEFAULT_RULES, ['a.log']);
  expect([analysis.actions.isAsKept, again.analysis.actions.isAsKept]).toEqual([false, true]);
  const summary = (await listKept()).find(({ name }) => name === 'b.log')!;
  await restored(again.analysis, again.api, [{ summary, place: { key: summary.key } }]);
  expect(again.analysis.actions.isAsKept).toBe(false);
  expect(await allShown(again.analysis)).toEqual(await allShown(read));
  // Stopped, it is what it was before.
  again.analysis.announce([]);
  again.analysis.discard();
  expect(await allShown(again.analysis)).toEqual(await allShown(read));
});

test('no address is in it', async () => {
  await readAndKept([SMALL]);
  const db = await openDB('pullscope-files', 1);
  const block = (await db.get('blocks', ['actions', 0])) as Uint8Array;
  const head = JSON.stringify(await db.get('page', 'actions'));
  db.close();
  expect(new TextDecoder('latin1').decode(block)).not.toMatch(/192\.0|10\.0\.0/);
  expect(head).not.toMatch(/192\.0|10\.0\.0/);
});
