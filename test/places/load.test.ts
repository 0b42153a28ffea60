import { expect, test } from 'vitest';
import { loadPlaces, loadSystems } from '../../src/places/load.ts';
import { tableBytes } from '../helpers/open-tables.ts';

test('what the page loads is what lies in the files', async () => {
  expect(Buffer.from(await loadPlaces()).equals(tableBytes('places'))).toBe(true);
  expect(Buffer.from((await loadSystems())!).equals(tableBytes('systems'))).toBe(true);
});
