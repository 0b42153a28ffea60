/**
 * Which given files need not be read, because what they hold was kept. In: files, looks at them, and the list of what this
 * browser keeps. Out: looks with what was kept; sources for kept files without their bytes; which held file a longer one
 * takes the place of. Limits: fingerprints tell files apart by size and three places.
 */
import { contentOfFile, isPlain } from '../intake/content.ts';
import { fingerprintFile } from '../intake/fingerprint.ts';
import { isReadAlike, type KeptRef } from '../model/kept-file.ts';
import type { OwnFormat } from '../model/own-format.ts';
import type { Problem } from '../model/problem.ts';
import type { Bytes } from '../model/units.ts';
import type { FileFacts } from './look-at-file.ts';
import type { Looked } from './announce-file.ts';
import type { ParseTask } from './parse-task.ts';
import type { Replaced, Source, Sources } from './sources.ts';
import { READ_BY } from './read-by.ts';

export type KeptList = ReadonlyMap<string, KeptRef>;

/** A look at a kept file whose bytes are not here. */
export function lookAtKept(source: Source, ref: KeptRef): Looked {
  const { name, key, size, firstTime, contentKey, contentHash, bytes, isPlain } = ref.summary;
  const facts: FileFacts = {
    content: contentOfFile(new File([], name)),
    ...{ size, contentKey, contentHash, problems: [], table: null },
    state: 'log',
    firstTime: Number.isNaN(firstTime) ? -Infinity : firstTime,
    fingerprint: key,
    withoutBytes: { size: bytes, isPlain },
  };
  return { facts, source, copyOf: null, kept: { ref, from: 0 } };
}

/** What was kept of a file that is here, if it would be read alike now. origin: what facts of addresses come from. */
export async function findKept(
  facts: FileFacts,
  { options }: Source,
  own: readonly OwnFormat[],
  list: KeptList,
  origin: string,
): Promise<Looked['kept']> {
  // What a table's columns are may be said anew.
  if (facts.state !== 'log' || facts.table !== null) return null;
  // What other databases and networks tell of an address only the file itself can say.
  const isGood = ({ summary }: KeptRef) =>
    summary.readBy === READ_BY && summary.factsBy === origin && isReadAlike(summary, options, own);
  const ref = list.get(facts.fingerprint);
  // Lines that could not be read are shown: those of a packed file only reading it tells.
  if (ref && isGood(ref) && (ref.summary.isPlain || ref.summary.unreadable === 0)) return { ref, from: 0 };
  if (!isPlain(facts.content)) return null;
  const shorter = [...list.values()].filter((each) => each.summary.canGrow && isGood(each));
  const { blob } = facts.content;
  for (const each of shorter.sort((a, b) => b.summary.size - a.summary.size)) {
    const { key, size } = each.summary;
    // What was its last line may have been cut off.
    if (
      size >= blob.size ||
      !(await beginsWith(blob, size, key)) ||
      (await blob.slice(size - 1, size).text()) !== '\n'
    )
      continue;
    return { ref: each, from: size };
  }
  return null;
}

/**
 * Held files that one of these takes the place of: it is a longer version of one, or the file itself of which only what
 * was kept is held.
 */
export async function findReplaced({ files }: Sources, added: readonly File[]): Promise<Replaced[]> {
  const replaced: Replaced[] = [];
  for (const { id, file, kept } of files) {
    const size = file?.size ?? kept!.summary.size;
    const candidates = added.filter((each) => each.size > size || (!file && each.size === size));
    if (candidates.length === 0 || size === 0 || (!file && kept!.summary.compressed)) continue;
    try {
      const print = file ? await fingerprintFile(file) : kept!.summary.key;
      const found = await Promise.all(candidates.map((each) => beginsWith(each, size, print)));
      const by = candidates[found.indexOf(true)];
      if (by) replaced.push({ id, by });
    } catch {
      // It is gone: nothing can be said of it.
    }
  }
  return replaced;
}

async function beginsWith(blob: Blob, size: Bytes, print: string): Promise<boolean> {
  return blob.size >= size && (await fingerprintFile(blob.slice(0, size))) === print;
}

/** What takes a kept file, and is told that it could not. */
interface Restorer {
  restore(file: number, ref: KeptRef, goesOn: boolean): Promise<boolean>;
  showLines(file: number, blob: Blob): Promise<void>;
  endFile(file: number, problem: Problem): Promise<void>;
}

/** Takes what was kept. Answers for each file from which byte on it is to be read; null: not at all. */
export async function restoreKept(
  analysis: Restorer,
  looked: readonly Looked[],
  first: number,
): Promise<(Bytes | null)[]> {
  const ranges: (Bytes | null)[] = [];
  for (const [i, { facts, kept }] of looked.entries()) {
    const isRestored = kept !== null && (await analysis.restore(first + i, kept.ref, kept.from > 0));
    if (isRestored && !facts.withoutBytes && kept.ref.summary.unreadable > 0)
      await analysis.showLines(first + i, facts.content.blob);
    if (kept && !isRestored && facts.withoutBytes) {
      await analysis.endFile(first + i, {
        severity: 'error',
        ...{ file: facts.content.name, line: 0 },
        reason: `What was kept of ${facts.content.name} is damaged or gone.`,
        remedy: 'Choose the file again to recount it.',
      });
    }
    ranges.push(isRestored ? kept.from || null : facts.withoutBytes ? null : 0);
  }
  return ranges;
}

/** Tasks for what lies behind that which was kept. */
export function behindKept(
  tasks: readonly ParseTask[],
  first: number,
  ranges: readonly (Bytes | null)[],
): ParseTask[] {
  const next = new Map<number, number>();
  return tasks.flatMap((task) => {
    const { file } = task.parts[0]!;
    const from = ranges[file - first] ?? 0;
    if (from === 0) return [task];
    if (task.end <= from) return [];
    // What was kept is the first piece.
    const index = next.get(file) ?? 1;
    next.set(file, index + 1);
    return [{ ...task, index, start: Math.max(from, task.start) }];
  });
}
