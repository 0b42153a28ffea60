/**
 * What was shown first of the kept files, in this browser: one record beside them. In and out: KeptFigures. It is there
 * only as long as every file that it is of, and only where there is room for it beside them. Nothing here fails.
 */
import type { KeptFigures } from '../model/first-figures.ts';
import type { Bytes } from '../model/units.ts';
import { FIGURES, inDatabase } from './kept-database.ts';

/** null: what there is is thrown away. Whether it is kept. */
export async function saveFigures(figures: KeptFigures | null, most: Bytes): Promise<boolean> {
  const isKept = await inDatabase(async (db) => {
    const tx = db.transaction(['page', 'summaries'], 'readwrite');
    const summaries = await tx.objectStore('summaries').getAll();
    const keys = new Set(summaries.map(({ key }) => key));
    const stored = summaries.reduce((sum, each) => sum + each.stored, figures?.bytes.length ?? 0);
    // Another tab may have forgotten the files meanwhile: then this one does not bring anything of them back.
    const isGood = figures !== null && stored <= most && figures.keys.every((key) => keys.has(key));
    const page = tx.objectStore('page');
    if (isGood) await page.put(figures, FIGURES);
    else await page.delete(FIGURES);
    await tx.done;
    return isGood;
  });
  return isKept ?? false;
}

export async function loadFigures(): Promise<KeptFigures | null> {
  const found: unknown = await inDatabase((db) => db.get('page', FIGURES));
  return isFigures(found) ? found : null;
}

/** Another version of this page may have written something else. */
function isFigures(value: unknown): value is KeptFigures {
  const { countedBy, keys, bytes } = (value ?? {}) as Partial<KeptFigures>;
  return typeof countedBy === 'string' && Array.isArray(keys) && bytes instanceof Uint8Array;
}
