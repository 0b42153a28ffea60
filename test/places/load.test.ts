import { expect, test } from 'vitest';
import { loadPlaces, loadSystems } from '../../src/places/load.ts';
import { unpackTables } from '../../src/places/unpack.ts';
import { tableBytes } from '../helpers/open-tables.ts';

test('what the page loads is what lies in the files', async () => {
  expect(Buffer.from(await unpackTables(await loadPlaces())).equals(tableBytes('places'))).toBe(true);
  expect(Buffer.from(await unpackTables((await loadSystems())!)).equals(tableBytes('systems'))).toBe(true);
});

test('tables that were cut off are not opened', async () => {
  const packed = await loadPlaces();
  await expect(unpackTables(packed.slice(0, packed.length / 2))).rejects.toThrow();
});
