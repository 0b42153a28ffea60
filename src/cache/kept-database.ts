/**
 * The database of kept files, for one piece of work at a time. In: work. Out: its result. Nobody waits for long: another
 * tab, or a worker that was ended in the middle of its work, may hold the database, or be deleting it.
 */
import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb';
import type { KeptSummary } from '../model/kept-file.ts';
import type { Milliseconds } from '../model/units.ts';

interface Schema extends DBSchema {
  summaries: { key: string; value: KeptSummary };
  /** Head, and rows behind it. */
  blocks: { key: [file: string, place: number]; value: Uint8Array<ArrayBuffer> };
  facts: { key: string; value: Uint8Array<ArrayBuffer> };
  page: { key: string; value: unknown };
}
export type Database = IDBPDatabase<Schema>;

/** In `page`: what was shown first of the files (kept-figures.ts). */
export const FIGURES = 'first';
/** In `page`, and as the file of blocks: what classifying made of the files (kept-actions.ts). No file has such a key. */
export const ACTIONS = 'actions';
/** Blocks of a file. */
export const rangeOf = (key: string) => IDBKeyRange.bound([key, 0], [key, Infinity]);

export const STORES = ['summaries', 'blocks', 'facts', 'page'] as const;
const NAME = 'pullscope-files';
/** For opening, and for work with little data. */
const SMALL: Milliseconds = 8000;
/** For work with all of a file. */
export const BIG: Milliseconds = 120_000;

/** What a browser says of a database that cannot be read. Not of one that a later version of this page has made. */
const DAMAGED = new Set(['UnknownError', 'DataError', 'NotFoundError', 'NotReadableError']);
/** Nothing can be said of what is in the database; later it may be. InvalidStateError: it was closed for another tab. */
const BUSY = new Set(['TimeoutError', 'InvalidStateError', 'AbortError']);

export function isBusy(error: unknown): boolean {
  return error instanceof DOMException && BUSY.has(error.name);
}

/** undefined: it did not work. */
export async function inDatabase<T>(
  work: (db: Database) => Promise<T>,
  failed?: (error: unknown) => T | undefined,
  most: Milliseconds = SMALL,
): Promise<T | undefined> {
  try {
    const opening = open().catch(async (error: unknown) => {
      const isDamaged = error instanceof DOMException && DAMAGED.has(error.name);
      if (!isDamaged) throw error;
      await deleteDatabase();
      return open();
    });
    // Opened too late, it would stand in the way of others.
    const db = await within(SMALL, opening, () => void opening.then((late) => late.close()).catch(() => {}));
    try {
      return await within(most, work(db));
    } finally {
      db.close();
    }
  } catch (error) {
    return failed?.(error);
  }
}

export function deleteDatabase(): Promise<void> {
  return deleteDB(NAME);
}

async function within<T>(most: Milliseconds, work: Promise<T>, onLate?: () => void): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      onLate?.();
      reject(new DOMException('The database does not answer.', 'TimeoutError'));
    }, most);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function open(): Promise<Database> {
  const db = await opened();
  if (STORES.every((store) => db.objectStoreNames.contains(store))) return db;
  db.close();
  throw new DOMException('A store is missing.', 'NotFoundError');
}

/** Rejects where another tab is in the way. */
function opened(): Promise<Database> {
  return new Promise((resolve, reject) => {
    openDB<Schema>(NAME, 1, {
      upgrade(fresh) {
        for (const store of STORES) fresh.createObjectStore(store);
      },
      blocking: (_old, _wanted, event) => (event.target as IDBDatabase).close(),
      blocked: () => reject(new DOMException('Another tab holds it.', 'TimeoutError')),
    }).then(resolve, reject);
  });
}
