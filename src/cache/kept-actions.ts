/**
 * What classifying made of kept files, in this browser: one record beside them, in blocks. In and out: KeptActions. It is
 * there only as long as every file that it is of, and only where there is room for it beside them; a file that needs its
 * room takes it (kept-files.ts). Nothing here fails.
 */
import type { ActionsHead, KeptActions } from '../model/kept-actions.ts';
import type { Bytes } from '../model/units.ts';
import { ACTIONS, BIG, type Database, FIGURES, inDatabase, rangeOf } from './kept-database.ts';

/** null: what there is is thrown away. Whether it is kept. */
export async function saveActions(actions: KeptActions | null, most: Bytes): Promise<boolean> {
  const isKept = await inDatabase(
    async (db) => {
      const tx = db.transaction(['page', 'summaries', 'blocks'], 'readwrite');
      const [page, blocks] = [tx.objectStore('page'), tx.objectStore('blocks')];
      const summaries = await tx.objectStore('summaries').getAll();
      const keys = new Set(summaries.map(({ key }) => key));
      const others = summaries.reduce(
        (sum, each) => sum + each.stored,
        sizeOfFigures(await page.get(FIGURES)),
      );
      const stored = others + (actions?.head.stored ?? 0);
      // Another tab may have forgotten the files meanwhile: then this one does not bring anything of them back.
      const isGood =
        actions !== null && stored <= most && actions.head.files.every(({ key }) => keys.has(key));
      // What fails is told by the transaction as a whole.
      const written = (each: Promise<unknown>) => void each.catch(() => {});
      written(blocks.delete(rangeOf(ACTIONS)));
      if (isGood) {
        actions.blocks.forEach((block, place) => written(blocks.put(block, [ACTIONS, place])));
        written(page.put(actions.head, ACTIONS));
      } else written(page.delete(ACTIONS));
      await tx.done;
      return isGood;
    },
    undefined,
    BIG,
  );
  return isKept ?? false;
}

export async function loadActionsHead(): Promise<ActionsHead | null> {
  return (await inDatabase(async (db) => headOf(db))) ?? null;
}

/** null: there is nothing that was counted so, of exactly these files. */
export async function loadActions(countedBy: string, keys: readonly string[]): Promise<KeptActions | null> {
  const isWanted = (head: ActionsHead | null) =>
    head?.countedBy === countedBy && String(head.files.map(({ key }) => key)) === String([...keys].sort());
  // A short question first: behind a database that does not answer nobody waits long.
  if (!isWanted(await loadActionsHead())) return null;
  return (
    (await inDatabase(
      async (db) => {
        const tx = db.transaction(['page', 'blocks'], 'readonly');
        const [head, blocks] = await Promise.all([
          tx.objectStore('page').get(ACTIONS),
          tx.objectStore('blocks').getAll(rangeOf(ACTIONS)),
        ]);
        return isHead(head) && isWanted(head) ? { head, blocks } : null;
      },
      undefined,
      BIG,
    )) ?? null
  );
}

/** What is kept of files together takes, beside what each of them does. */
export async function sizeBeside(): Promise<Bytes> {
  const size = await inDatabase(async (db) => {
    const head = await headOf(db);
    return sizeOfFigures(await db.get('page', FIGURES)) + (head?.stored ?? 0);
  });
  return size ?? 0;
}

async function headOf(db: Database): Promise<ActionsHead | null> {
  const head: unknown = await db.get('page', ACTIONS);
  return isHead(head) ? head : null;
}

/** Another version of this page may have written something else. */
function isHead(value: unknown): value is ActionsHead {
  const { countedBy, files, stored } = (value ?? {}) as Partial<ActionsHead>;
  return typeof countedBy === 'string' && Array.isArray(files) && Number.isFinite(stored);
}

function sizeOfFigures(value: unknown): Bytes {
  const { bytes } = (value ?? {}) as { bytes?: unknown };
  return bytes instanceof Uint8Array ? bytes.length : 0;
}
