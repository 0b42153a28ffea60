/**
 * The user's own databases of addresses, in this browser. In and out: names and bytes. Where the browser refuses
 * storage, nothing is kept and nothing fails: a database then lasts as long as the page.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { OwnDatabase } from '../model/own-places.ts';

interface Schema extends DBSchema {
  databases: { key: string; value: OwnDatabase };
}

const NAME = 'pullscope-databases';

export async function loadDatabases(): Promise<OwnDatabase[]> {
  return (await inStore((db) => db.getAll('databases'))) ?? [];
}

/** False when the browser did not take it. */
export async function saveDatabase(database: OwnDatabase): Promise<boolean> {
  return (await inStore((db) => db.put('databases', database, database.name))) !== undefined;
}

export async function forgetDatabases(): Promise<void> {
  await inStore((db) => db.clear('databases'));
}

async function inStore<T>(work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T | undefined> {
  try {
    const db = await openDB<Schema>(NAME, 1, {
      upgrade: (fresh) => void fresh.createObjectStore('databases'),
    });
    try {
      return await work(db);
    } finally {
      db.close();
    }
  } catch {
    return undefined;
  }
}
