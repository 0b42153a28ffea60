/** Keeping in the worker: what there is room for, what another tab has forgotten, what nobody wants any more. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { forgetKept, listKept } from '../../src/cache/kept-files.ts';
import { readSession } from '../../src/cache/session-file.ts';
import { createKeepingApi } from '../../src/pipeline/keeping-api.ts';
import { WhileReading } from '../../src/pipeline/while-reading.ts';
import { readLogs } from '../helpers/read-logs.ts';
import { settle } from '../helpers/settle.ts';
import { SMALL_LOG } from '../helpers/small-log.ts';

beforeEach(() => void vi.stubGlobal('indexedDB', new IDBFactory()));

const bytes = new TextEncoder().encode(SMALL_LOG);
const later = new TextEncoder().encode(SMALL_LOG.replaceAll('Sep', 'Oct'));

async function opened(reading = new WhileReading()) {
  const files = [
    { name: 'a.log', bytes },
    { name: 'b.log', bytes: later },
  ];
  const { analysis } = await readLogs(files, { print: true });
  const held = { shown: analysis, filled: analysis, own: [], countedBy: '' };
  const api = createKeepingApi(() => held, reading);
  api.setRemembering(true);
  return api;
}
const names = async () => (await listKept()).map(({ name }) => name).sort();

test('what there is no room for is told, and kept once there is', async () => {
  const api = await opened();
  expect(await api.remember(100, null)).toEqual({ outcome: 'full', kept: 0, files: 2 });
  expect(await names()).toEqual([]);
  await api.remember(Infinity, null);
  const [first] = await listKept();
  expect(await names()).toEqual(['a.log', 'b.log']);
  await forgetKept();
  const again = await opened();
  expect(await again.remember(first!.stored * 1.5, null)).toMatchObject({ outcome: 'full', kept: 1 });
  expect(await names()).toHaveLength(1);
});

test('what is forgotten while it is kept is not written', async () => {
  const api = await opened();
  const keeping = api.remember(Infinity, null);
  await api.stopRemembering();
  await keeping;
  await forgetKept();
  expect(await names()).toEqual([]);
  // What comes then has another salt.
  await api.remember(Infinity, null);
  expect(await names()).toEqual(['a.log', 'b.log']);
});

test('a session file holds all files, however little room there is', async () => {
  const api = await opened();
  await api.remember(100, null);
  expect(await readSession(await api.session())).toMatchObject({ files: { length: 2 } });
});

test('where the browser keeps nothing, that is said at once, and a session file can still be saved', async () => {
  const refuse = () => {
    throw new DOMException('Storage is off.', 'SecurityError');
  };
  vi.stubGlobal('indexedDB', { open: refuse, deleteDatabase: refuse });
  const api = await opened();
  expect(await api.remember(Infinity, null)).toEqual({ outcome: 'refused', kept: 0, files: 2 });
  expect(await names()).toEqual([]);
  expect(await readSession(await api.session())).toMatchObject({ files: { length: 2 } });
});

describe('while files are read', () => {
  async function whileReading() {
    const reading = new WhileReading();
    const api = await opened(reading);
    reading.begin();
    const keeping = api.remember(Infinity, null);
    await settle();
    expect(await names()).toEqual([]);
    return { reading, api, keeping };
  }

  test('nothing is kept, and all is when that is over', async () => {
    const { reading, keeping } = await whileReading();
    reading.end();
    expect(await keeping).toEqual({ outcome: 'kept', kept: 2, files: 2 });
    expect(await names()).toEqual(['a.log', 'b.log']);
  });

  test('a session file that somebody wants is made', async () => {
    const { api, keeping } = await whileReading();
    expect(await readSession(await api.session())).toMatchObject({ files: { length: 2 } });
    expect(await keeping).toMatchObject({ kept: 2 });
  });

  test('forgetting waits for nothing', async () => {
    const { api, keeping } = await whileReading();
    await api.stopRemembering();
    expect(await keeping).toMatchObject({ kept: 0 });
    expect(await names()).toEqual([]);
  });

  test('what is kept of figures that are not shown any more is given up', async () => {
    const { analysis } = await readLogs([{ name: 'a.log', bytes }], { print: true });
    const { analysis: next } = await readLogs([{ name: 'b.log', bytes: later }], { print: true });
    const reading = new WhileReading();
    let shown = analysis;
    const api = createKeepingApi(() => ({ shown, filled: shown, own: [], countedBy: '' }), reading);
    reading.begin();
    const keeping = api.remember(Infinity, null);
    await settle();
    shown = next;
    reading.end();
    expect(await keeping).toMatchObject({ kept: 0 });
    await api.remember(Infinity, null);
    expect(await names()).toEqual(['b.log']);
  });
});
