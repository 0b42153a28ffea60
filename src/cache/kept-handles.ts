/**
 * Where kept files are on the disk, in this browser: one record beside them. In and out: OnDisk. A handle opens nothing by
 * itself: the browser asks the person. It goes when everything is forgotten. Nothing here fails.
 */
import type { OnDisk } from '../model/on-disk.ts';
import { inDatabase } from './kept-database.ts';

const KEY = 'disk';

export async function saveHandles(entries: readonly OnDisk[]): Promise<void> {
  await inDatabase(async (db) => {
    const tx = db.transaction(['page', 'summaries'], 'readwrite');
    // Another tab may have forgotten everything meanwhile.
    const isAny = (await tx.objectStore('summaries').count()) > 0;
    if (isAny && entries.length > 0) await tx.objectStore('page').put(entries, KEY);
    else await tx.objectStore('page').delete(KEY);
    await tx.done;
  });
}

export async function loadHandles(): Promise<OnDisk[]> {
  const found: unknown = await inDatabase((db) => db.get('page', KEY));
  return Array.isArray(found) ? found.filter(isOnDisk) : [];
}

/** Another version of this page may have written something else. */
function isOnDisk(value: unknown): value is OnDisk {
  const { handle, size } = (value ?? {}) as Partial<OnDisk>;
  return typeof size === 'number' && (handle?.kind === 'file' || handle?.kind === 'directory');
}
