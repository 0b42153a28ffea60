import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  forgetKept,
  listKept,
  loadKept,
  loadPresent,
  loadSalt,
  removeKept,
  saveFacts,
  saveKept,
  savePresent,
} from '../../src/cache/kept-files.ts';
import { loadActions, loadActionsHead, saveActions, sizeBeside } from '../../src/cache/kept-actions.ts';
import { loadFigures, saveFigures } from '../../src/cache/kept-figures.ts';
import { readSession, readSessionPart, writeSession } from '../../src/cache/session-file.ts';
import { defaultOptions } from '../../src/model/file-options.ts';
import { newSalt, type Salt } from '../../src/model/kept-address.ts';
import { KEPT_VERSION, type KeptFile } from '../../src/model/kept-file.ts';
import { DamagedData } from '../../src/lib/packed.ts';

const NOTHING = new Set<string>();
const DAY = 86_400_000;
let salt: Salt;

function file(key: string, stored = 10, usedAt = Date.now()): KeptFile {
  return {
    summary: {
      ...{
        key,
        version: KEPT_VERSION,
        readBy: 'a',
        factsBy: 'tables',
        reading: '',
        options: defaultOptions(0),
        saltId: salt.id,
      },
      ...{ name: `${key}.log`, size: 1, compressed: false, contentKey: key, contentHash: null, bytes: 1 },
      ...{ isPlain: true, table: null, lines: 1, unreadable: 0, canGrow: true, requests: 1 },
      ...{ firstTime: 0, lastTime: 1, stored, savedAt: usedAt, usedAt },
    },
    head: Uint8Array.of(1, key.length),
    rows: [Uint8Array.of(2), Uint8Array.of(3)],
    facts: Uint8Array.of(4),
  };
}

beforeEach(async () => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  salt = (await loadSalt(newSalt()))!;
});
afterEach(() => void vi.unstubAllGlobals());

const present = async () => loadPresent(await listKept());
const keys = async () => (await listKept()).map(({ key }) => key).sort();

test('a file comes back as it was', async () => {
  expect(await saveKept(file('a'), salt, 1000, NOTHING)).toBe('kept');
  expect(await loadKept('a')).toEqual(file('a', 10, (await listKept())[0]!.usedAt));
  expect(await loadKept('b')).toBeNull();
  await saveFacts('a', Uint8Array.of(9), 'mine');
  await saveFacts('b', Uint8Array.of(9), 'mine');
  expect(await loadKept('a')).toMatchObject({ facts: Uint8Array.of(9), summary: { factsBy: 'mine' } });
  await removeKept(['a']);
  expect([await keys(), await loadKept('a')]).toEqual([[], null]);
});

test('the oldest make room, those on the page do not', async () => {
  const now = Date.now();
  for (const [key, age] of [
    ['a', 3],
    ['b', 2],
    ['c', 1],
  ] as const)
    await saveKept(file(key, 10, now - age * DAY), salt, 30, NOTHING);
  expect(await saveKept(file('d'), salt, 30, new Set(['a', 'd']))).toBe('kept');
  expect(await keys()).toEqual(['a', 'c', 'd']);
  expect(await saveKept(file('e', 31), salt, 30, NOTHING)).toBe('full');
  expect(await keys()).toEqual(['a', 'c', 'd']);
});

test('what is too old, or of another version, is thrown away', async () => {
  await saveKept(file('old', 10, Date.now() - 91 * DAY), salt, 1000, NOTHING);
  const other = file('other');
  await saveKept({ ...other, summary: { ...other.summary, version: 0 } }, salt, 1000, NOTHING);
  await saveKept(file('good'), salt, 1000, NOTHING);
  expect(await keys()).toEqual(['good']);
  expect(await loadKept('old')).toBeNull();
});

test('what was forgotten elsewhere does not come back', async () => {
  await saveKept(file('a'), salt, 1000, NOTHING);
  await savePresent(['a', 'b']);
  expect(await present()).toEqual(['a']);
  expect(await forgetKept()).toBe(0);
  expect(await saveKept(file('a'), salt, 1000, NOTHING)).toBe('refused');
  await savePresent(['a']);
  await saveFacts('a', Uint8Array.of(9), 'mine');
  expect([await keys(), await present(), await loadKept('a')]).toEqual([[], [], null]);
  expect((await loadSalt(newSalt()))!.id).not.toBe(salt.id);
});

test('where it is lost what the page showed last, it is what was used last', async () => {
  const now = Date.now();
  await saveKept(file('old', 10, now - DAY), salt, 1000, NOTHING);
  for (const key of ['a', 'b', 'c']) await saveKept(file(key, 10, now - 2 * DAY), salt, 1000, NOTHING);
  await savePresent(['a', 'b']);
  const db = await openDB('pullscope-files', 1);
  await db.put('page', ['gone'], 'present');
  expect(await present()).toEqual(['a', 'b']);
  await db.delete('page', 'present');
  expect(await present()).toEqual(['a', 'b']);
  await removeKept(['a', 'b']);
  expect(await present()).toEqual(['old']);
  db.close();
});

test('a database that does not answer is not waited for', async () => {
  await saveKept(file('a'), salt, 1000, NOTHING);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const requests: object[] = [];
  const silent = { open: () => (requests.push({}), new IDBOpenDBRequest()) };
  vi.stubGlobal('indexedDB', silent);
  const answers = Promise.allSettled([
    listKept(),
    forgetKept(),
    loadKept('a'),
    loadPresent([]),
    loadSalt(salt),
  ]);
  const saved = saveKept(file('a'), salt, 1000, NOTHING);
  await vi.advanceTimersByTimeAsync(10_000);
  vi.useRealTimers();
  expect((await answers).map((each) => (each.status === 'fulfilled' ? each.value : 'busy'))).toEqual([
    ...['busy', 'busy', null],
    ...[[], null],
  ]);
  expect(await saved).toBe('refused');
  expect(requests).toHaveLength(6);
});

test('a database without its stores is made anew', async () => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  (await openDB('pullscope-files', 1)).close();
  expect(await keys()).toEqual([]);
  salt = (await loadSalt(newSalt()))!;
  expect(await saveKept(file('a'), salt, 1000, NOTHING)).toBe('kept');
});

test('without storage nothing is kept and nothing fails', async () => {
  vi.stubGlobal('indexedDB', undefined);
  expect(await saveKept(file('a'), salt, 1000, NOTHING)).toBe('refused');
  expect([await keys(), await present(), await loadSalt(salt), await forgetKept()]).toEqual([
    [],
    [],
    null,
    null,
  ]);
});

test('a session file gives its files back', async () => {
  const blob = await writeSession([file('a'), file('b')]);
  const contents = await readSession(blob);
  if (!contents || !('files' in contents)) throw new Error('It is none.');
  const [a, b] = contents.files;
  expect([a!.summary.key, b!.summary.key]).toEqual(['a', 'b']);
  expect(await readSessionPart(b!.summary, (b!.place as { part: Blob }).part)).toMatchObject({
    head: file('b').head,
    rows: file('b').rows,
  });
  expect(await readSession(new Blob(['192.0.2.1 - - ']))).toBeNull();
});

test('a damaged or newer session file says so', async () => {
  const whole = new Uint8Array(await (await writeSession([file('a')])).arrayBuffer());
  for (let end = 24; end < whole.length; end += 7)
    expect(await readSession(new Blob([whole.slice(0, end)])), `cut at ${end}`).toHaveProperty('problem');
  const newer = await readSession(new Blob(['pullscope session 2\n']));
  expect(newer).toMatchObject({ problem: expect.stringContaining('newer version') as string });
  // A part that was changed is told when it is opened.
  whole[whole.length - 12]! ^= 1;
  const contents = await readSession(new Blob([whole]));
  const [a] = (contents as { files: { summary: KeptFile['summary']; place: { part: Blob } }[] }).files;
  await expect(readSessionPart(a!.summary, a!.place.part)).rejects.toThrow(DamagedData);
});

test('what was shown of files is there as long as all of them are', async () => {
  const figures = { countedBy: 'rules', keys: ['a', 'b'], bytes: Uint8Array.of(1, 2, 3) };
  await saveKept(file('a'), salt, 1000, NOTHING);
  expect(await saveFigures(figures, 1000)).toBe(false);
  await saveKept(file('b'), salt, 1000, NOTHING);
  expect(await saveFigures(figures, 23)).toBe(true);
  expect(await loadFigures()).toEqual(figures);
  // Beside the files there is room for less.
  expect(await saveFigures(figures, 22)).toBe(false);
  expect(await loadFigures()).toBeNull();

  await saveFigures(figures, 1000);
  await removeKept(['a']);
  expect(await loadFigures()).toBeNull();
  await saveKept(file('a'), salt, 1000, NOTHING);
  await saveFigures(figures, 1000);
  expect(await forgetKept()).toBe(0);
  expect(await loadFigures()).toBeNull();
  expect(await saveFigures(figures, 1000)).toBe(false);
});

test('what classifying made is there as long as its files are, and goes before them', async () => {
  const actions = {
    head: {
      countedBy: 'rules',
      files: ['a', 'b'].map((key) => ({ key, print: key, rows: 1, uncounted: 0 })),
      stored: 5,
    },
    blocks: [Uint8Array.of(1, 2), Uint8Array.of(3, 4, 5)],
  };
  await saveKept(file('a'), salt, 1000, NOTHING);
  expect(await saveActions(actions, 1000)).toBe(false);
  await saveKept(file('b'), salt, 1000, NOTHING);
  await saveFigures({ countedBy: 'rules', keys: ['a', 'b'], bytes: Uint8Array.of(1, 2, 3) }, 1000);
  expect(await saveActions(actions, 27)).toBe(false);
  expect(await saveActions(actions, 28)).toBe(true);
  expect(await loadActions('rules', ['b', 'a'])).toEqual(actions);
  expect(await loadActions('others', ['a', 'b'])).toBeNull();
  expect(await loadActions('rules', ['a'])).toBeNull();
  expect(await sizeBeside()).toBe(8);

  // Fewer blocks leave none behind.
  const fewer = { ...actions, blocks: actions.blocks.slice(1) };
  await saveActions(fewer, 1000);
  expect(await loadActions('rules', ['a', 'b'])).toEqual(fewer);
  // A file that needs the room takes it, and no other file has to go.
  expect(await saveKept(file('c'), salt, 32, NOTHING)).toBe('kept');
  expect([await loadActionsHead(), await keys()]).toEqual([null, ['a', 'b', 'c']]);

  await saveActions(actions, 1000);
  await removeKept(['c']);
  expect([await loadActionsHead(), await sizeBeside()]).toEqual([null, 0]);
  await saveActions(actions, 1000);
  expect(await forgetKept()).toBe(0);
  expect(await loadActionsHead()).toBeNull();
  expect(await saveActions(actions, 1000)).toBe(false);
  expect(await loadActions('rules', ['a', 'b'])).toBeNull();
});
