import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AskColumns, UnknownTable } from '../../src/model/table-file.ts';
import type { ColumnMapping } from '../../src/model/table-format.ts';
import { rememberedColumns } from '../../src/session/remembered-columns.ts';
import { Tables } from '../../src/session/tables.svelte.ts';
import { createFakeClient } from '../helpers/fake-client.ts';
import { stubStorage } from '../helpers/stub-storage.ts';

const guess: ColumnMapping = {
  rows: 'counts',
  ...{ time: 0, repository: -1, count: 1, kind: -1, address: -1, agent: -1, path: -1, status: -1 },
  isRunning: true,
};
const TABLE: UnknownTable = {
  ...{ key: 'date,count', name: 'a.csv', delimiter: ',', header: ['Date', 'Count'], firstRows: [], guess },
};

let stored: Map<string, string>;
beforeEach(() => void (stored = stubStorage()));
afterEach(() => vi.unstubAllGlobals());

function opened() {
  let ask: AskColumns = () => Promise.resolve(null);
  const onChange = vi.fn();
  const client = { ...createFakeClient(), setAskColumns: (asks: AskColumns) => void (ask = asks) };
  return { tables: new Tables(client, onChange), ask: () => ask(TABLE), onChange };
}

test('a choice is asked for once, kept, and forgotten with the data', async () => {
  const { tables, ask } = opened();
  const asked = ask();
  expect(tables.question?.table).toBe(TABLE);
  tables.answer({ mapping: guess, repository: 'acme/web' });
  expect(tables.question).toBeNull();
  expect(await asked).toEqual({ mapping: guess, repository: 'acme/web' });
  expect(await ask()).toEqual({ mapping: guess, repository: 'acme/web' });
  tables.forget();
  expect(stored.size).toBe(0);
  void ask();
  expect(tables.question?.table).toBe(TABLE);
});

test('a table that is left out is asked about again', async () => {
  const { tables, ask } = opened();
  const asked = ask();
  tables.answer(null);
  expect(await asked).toBeNull();
  void ask();
  expect(tables.question?.table).toBe(TABLE);
});

test('what was chosen can be looked at, changed and forgotten', async () => {
  const { tables, ask, onChange } = opened();
  void ask();
  tables.answer({ mapping: guess, repository: 'acme/web' });
  const [remembered] = tables.remembered;
  expect(remembered).toEqual({
    ...{
      key: 'date,count',
      header: ['Date', 'Count'],
      name: 'a.csv',
      mapping: guess,
      repository: 'acme/web',
    },
  });

  tables.changeColumns(remembered!);
  expect(tables.question).toEqual({ table: TABLE, before: { mapping: guess, repository: 'acme/web' } });
  tables.answer(null);
  expect(onChange).not.toHaveBeenCalled();
  tables.changeColumns(remembered!);
  tables.answer({ mapping: { ...guess, isRunning: false }, repository: 'acme/db' });
  expect(onChange).toHaveBeenCalledOnce();
  expect(tables.remembered).toMatchObject([{ repository: 'acme/db', mapping: { isRunning: false } }]);
  expect(await ask()).toEqual({ mapping: { ...guess, isRunning: false }, repository: 'acme/db' });

  // Another visit: no table of that header is held, so nothing is counted again and no row is shown.
  const later = opened();
  later.tables.changeColumns(later.tables.remembered[0]!);
  expect(later.tables.question!.table).toMatchObject({ header: ['Date', 'Count'], firstRows: [] });
  later.tables.answer({ mapping: guess, repository: 'acme/web' });
  expect(later.onChange).not.toHaveBeenCalled();
  later.tables.forgetColumns('date,count');
  expect([later.tables.remembered, stored.size]).toEqual([[], 0]);
});

test('what an older page stored has its header from its key', () => {
  stored.set('pullscope-columns', JSON.stringify([['date,count', { mapping: guess, repository: 'a/b' }]]));
  expect(opened().tables.remembered).toMatchObject([{ header: ['date', 'count'], name: '' }]);
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
