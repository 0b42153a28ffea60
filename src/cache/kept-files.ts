/**
 * Kept files in this browser. In and out: KeptFile, and the list of those that the page showed last. A file is there as a
 * whole or not at all. Where the browser refuses storage nothing is kept, what is damaged or of another version is thrown
 * away. Nothing here fails, but that listing and forgetting reject when the database does not answer: then it is not
 * known what is there. Several tabs may do all of this at once; none holds the database open.
 */
import { type Salt, saltOf } from '../model/kept-address.ts';
import { KEPT_VERSION, type KeptFile, type KeptSummary } from '../model/kept-file.ts';
import type { Bytes, Milliseconds } from '../model/units.ts';
import {
  ACTIONS,
  BIG,
  type Database,
  deleteDatabase,
  FIGURES,
  inDatabase,
  isBusy,
  rangeOf,
  STORES,
} from './kept-database.ts';

/** What nobody looked at for so long is thrown away. */
const LONGEST_KEPT: Milliseconds = 90 * 86_400_000;

/** full: the browser gives no more room, or the bound is reached; refused: it keeps nothing, or was told to forget. */
export type Outcome = 'kept' | 'full' | 'refused';

/** All that are kept. */
export async function listKept(): Promise<KeptSummary[]> {
  return (
    (await inDatabase(async (db) => {
      const all: unknown[] = await db.getAll('summaries');
      const good = all.filter(isSummary);
      const tooOld = Date.now() - LONGEST_KEPT;
      const kept = good.filter(({ usedAt }) => usedAt >= tooOld);
      const keys = new Set(kept.map(({ key }) => key));
      const rest = (await db.getAllKeys('summaries')).filter((key) => !keys.has(key));
      if (rest.length > 0) await remove(db, rest);
      return kept;
    }, unlessBusy)) ?? []
  );
}

/** null: it is not there, or not whole. */
export async function loadKept(key: string): Promise<KeptFile | null> {
  // A short question first: behind a database that does not answer nobody waits long.
  if ((await inDatabase((db) => db.getKey('summaries', key))) === undefined) return null;
  return (
    (await inDatabase(
      async (db) => {
        const tx = db.transaction(['summaries', 'blocks', 'facts'], 'readonly');
        const [summary, blocks, facts] = await Promise.all([
          tx.objectStore('summaries').get(key),
          tx.objectStore('blocks').getAll(rangeOf(key)),
          tx.objectStore('facts').get(key),
        ]);
        const [head, ...rows] = blocks;
        return isSummary(summary) && head && facts ? { summary, head, rows, facts } : null;
      },
      undefined,
      BIG,
    )) ?? null
  );
}

/** `spared`: files that are on the page, and not thrown away to make room. */
export async function saveKept(
  file: KeptFile,
  salt: Salt,
  most: Bytes,
  spared: ReadonlySet<string>,
): Promise<Outcome> {
  const outcome = await inDatabase(
    async (db): Promise<Outcome> => {
      const others = (await db.getAll('summaries')).filter(({ key }) => key !== file.summary.key);
      const old = others.filter(({ key }) => !spared.has(key)).sort((a, b) => a.usedAt - b.usedAt);
      // What classifying made can be made again, so it goes before any file.
      const actions = await actionsIn(db);
      const spare = [...actions, ...old];
      let stored = [...actions, ...others].reduce((sum, each) => sum + each.stored, file.summary.stored);
      const dropped: string[] = [];
      for (let next = stored > most && spare.shift(); next; next = stored > most && spare.shift()) {
        stored -= next.stored;
        dropped.push(next.key);
      }
      if (stored > most) return 'full';
      if (dropped.length > 0) await remove(db, dropped);
      for (;;) {
        const outcome = await put(db, file, salt);
        const next = outcome === 'full' ? spare.shift() : undefined;
        if (!next) return outcome;
        await remove(db, [next.key]);
      }
    },
    outcomeOf,
    BIG,
  );
  return outcome ?? 'refused';
}

/** What classifying made, as a file that takes room. */
async function actionsIn(db: Database): Promise<{ key: string; stored: Bytes }[]> {
  const { stored } = ((await db.get('page', ACTIONS)) ?? {}) as { stored?: unknown };
  return typeof stored === 'number' ? [{ key: ACTIONS, stored }] : [];
}

function outcomeOf(error: unknown): Outcome {
  return error instanceof Error && error.name === 'QuotaExceededError' ? 'full' : 'refused';
}

async function put(db: Database, { summary, head, rows, facts }: KeptFile, salt: Salt): Promise<Outcome> {
  const tx = db.transaction(STORES, 'readwrite');
  // What fails is told by the transaction as a whole.
  const written = (each: Promise<unknown>) => void each.catch(() => {});
  try {
    // Another tab may have forgotten everything meanwhile: then this one does not bring it back.
    const present: unknown = await tx.objectStore('page').get('salt');
    if (!(present instanceof Uint8Array) || saltOf(present.slice()).id !== salt.id) return 'refused';
    const blocks = tx.objectStore('blocks');
    written(blocks.delete(rangeOf(summary.key)));
    [head, ...rows].forEach((block, place) => written(blocks.put(block, [summary.key, place])));
    written(tx.objectStore('facts').put(facts, summary.key));
    written(tx.objectStore('summaries').put(summary, summary.key));
    await tx.done;
    return 'kept';
  } catch (error) {
    await tx.done.catch(() => {});
    return outcomeOf(error);
  }
}

/** What is known of a file's addresses has changed. Nothing happens when the file is not kept any more. */
export async function saveFacts(key: string, facts: Uint8Array<ArrayBuffer>, factsBy: string): Promise<void> {
  await inDatabase(async (db) => {
    const tx = db.transaction(['facts', 'summaries'], 'readwrite');
    const summary = await tx.objectStore('summaries').get(key);
    if (summary) {
      await tx.objectStore('summaries').put({ ...summary, factsBy }, key);
      await tx.objectStore('facts').put(facts, key);
    }
    await tx.done;
  });
}

/** The files that the page shows, to go on with them. */
export async function savePresent(keys: readonly string[]): Promise<void> {
  const usedAt = Date.now();
  await inDatabase(async (db) => {
    const tx = db.transaction(['page', 'summaries'], 'readwrite');
    const summaries = tx.objectStore('summaries');
    const kept: string[] = [];
    for (const key of keys) {
      const summary = await summaries.get(key);
      if (!summary) continue;
      kept.push(key);
      await summaries.put({ ...summary, usedAt }, key);
    }
    // Nothing of it could be kept, or another tab has forgotten everything meanwhile: what was there stays.
    if (kept.length > 0) await tx.objectStore('page').put(kept, 'present');
    await tx.done;
  });
}

/** Which of the kept files the page showed last. Where that is not known any more, those that were used last. */
export async function loadPresent(kept: readonly KeptSummary[]): Promise<string[]> {
  const present: unknown = await inDatabase((db) => db.get('page', 'present'));
  const isPresent = ({ key }: KeptSummary) => Array.isArray(present) && present.includes(key);
  const latest = kept.reduce((last, { usedAt }) => Math.max(last, usedAt), -Infinity);
  const found = kept.some(isPresent)
    ? kept.filter(isPresent)
    : kept.filter(({ usedAt }) => usedAt === latest);
  return found.map(({ key }) => key);
}

/** This browser's; `made` becomes it when there is none. null: nothing can be kept. */
export async function loadSalt(made: Salt): Promise<Salt | null> {
  const salt = await inDatabase(async (db) => {
    const tx = db.transaction('page', 'readwrite');
    const present: unknown = await tx.store.get('salt');
    if (present instanceof Uint8Array) return saltOf(present.slice());
    await tx.store.put(made.bytes, 'salt');
    await tx.done;
    return made;
  });
  return salt ?? null;
}

export async function removeKept(keys: readonly string[]): Promise<void> {
  await inDatabase((db) => remove(db, keys));
}

/** Forgets everything. What is left then: 0 when nothing is; null where nothing can be kept at all. */
export async function forgetKept(): Promise<number | null> {
  const left = await inDatabase(async (db) => {
    const tx = db.transaction(STORES, 'readwrite');
    await Promise.all(STORES.map((store) => tx.objectStore(store).clear()));
    await tx.done;
    const counts = await Promise.all(STORES.map((store) => db.count(store)));
    return counts.reduce((sum, count) => sum + count, 0);
  }, unlessBusy);
  // Another tab may be at work in it: it is empty, and goes when that one is done.
  if (left !== undefined) void deleteDatabase().catch(() => {});
  return left ?? null;
}

function unlessBusy(error: unknown): undefined {
  if (isBusy(error)) throw error;
}

/** What is kept of files together goes with any of them. */
async function remove(db: Database, keys: readonly string[]): Promise<void> {
  const tx = db.transaction(STORES, 'readwrite');
  void tx.objectStore('page').delete(FIGURES);
  void tx.objectStore('page').delete(ACTIONS);
  void tx.objectStore('blocks').delete(rangeOf(ACTIONS));
  for (const key of keys) {
    void tx.objectStore('summaries').delete(key);
    void tx.objectStore('blocks').delete(rangeOf(key));
    void tx.objectStore('facts').delete(key);
  }
  await tx.done;
}

/** Another version of this page may have written something else. */
function isSummary(value: unknown): value is KeptSummary {
  const { version, key, stored, usedAt } = (value ?? {}) as Partial<KeptSummary>;
  return (
    version === KEPT_VERSION && typeof key === 'string' && Number.isFinite(stored) && Number.isFinite(usedAt)
  );
}
