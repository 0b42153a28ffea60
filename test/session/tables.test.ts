import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AskColumns, UnknownTable } from '../../src/model/table-file.ts';
import type { ColumnMapping } from '../../src/model/table-format.ts';
import { rememberedColumns } from '../../src/session/remembered-columns.ts';
import { Tables } from '../../src/session/tables.svelte.ts';
import { createFakeClient } from '../helpers/fake-client.ts';

const guess: ColumnMapping = {
  rows: 'counts',
  ...{ time: 0, repository: -1, count: 1, kind: -1, address: -1, agent: -1, path: -1, status: -1 },
  isRunning: true,
};
const TABLE: UnknownTable = {
  ...{ key: 'date,count', name: 'a.csv', delimiter: ',', header: ['Date', 'Count'], firstRows: [], guess },
};

let stored: Map<string, string>;
beforeEach(() => {
  stored = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  });
});
afterEach(() => vi.unstubAllGlobals());

function opened() {
  let ask: AskColumns = () => Promise.resolve(null);
  const tables = new Tables({ ...createFakeClient(), setAskColumns: (asks) => void (ask = asks) });
  return { tables, ask: () => ask(TABLE) };
}

test('a choice is asked for once, kept, and forgotten with the data', async () => {
  const { tables, ask } = opened();
  const asked = ask();
  expect(tables.unknown).toBe(TABLE);
  tables.answer({ mapping: guess, repository: 'acme/web' });
  expect(tables.unknown).toBeNull();
  expect(await asked).toEqual({ mapping: guess, repository: 'acme/web' });
  expect(await ask()).toEqual({ mapping: guess, repository: 'acme/web' });
  tables.forget();
  expect(stored.size).toBe(0);
  void ask();
  expect(tables.unknown).toBe(TABLE);
});

test('a table that is left out is asked about again', async () => {
  const { tables, ask } = opened();
  const asked = ask();
  tables.answer(null);
  expect(await asked).toBeNull();
  void ask();
  expect(tables.unknown).toBe(TABLE);
});

test.each([
  '',
  'no json',
  '{}',
  '[["date,count"]]',
  '[["date,count",{"repository":"","mapping":{"time":"0"}}]]',
])('what is stored as %j is nothing', (text) => {
  stored.set('pullscope-columns', text);
  expect(rememberedColumns('date,count')).toBeNull();
});
