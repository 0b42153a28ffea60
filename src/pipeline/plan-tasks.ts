/** Who reads what. In: contents of files, and how many workers there are. Out: pieces, in the order of reading. */
import { type Content, isPlain } from '../intake/content.ts';
import type { Bytes } from '../model/units.ts';
import type { ParseTask } from './parse-task.ts';

/** Largest and smallest piece of a plain file that one worker reads at a time. */
const LARGEST_RANGE: Bytes = 64 << 20;
const SMALLEST_RANGE: Bytes = 4 << 20;
/** Of what is left a worker takes this share of its own part: the last pieces are small, so that all end together. */
const SHARE_OF_PART = 0.5;

/** Most parse workers: beyond that the browser's own copying of file bytes is the limit. */
const MOST_WORKERS = 8;

/** Parse workers for a machine: one a core. */
export function workerCount(cores: number): number {
  return Math.max(1, Math.min(MOST_WORKERS, cores));
}

/**
 * Cuts files into pieces, in the order of reading. In: contents (null: not to be read), number of the first, workers.
 * What is compressed is one piece: it can only be unpacked from its beginning. So is a compressed archive, with all of
 * its members that are to be read, where the first of them has its turn.
 */
export function planTasks(contents: (Content | null)[], first: number, workers: number): ParseTask[] {
  const blobs = new Set(contents.flatMap((content) => (content ? [content.blob] : [])));
  let left = [...blobs].reduce((sum, { size }) => sum + size, 0);
  const nextRange = () => {
    const wanted = Math.ceil((left / workers) * SHARE_OF_PART);
    return Math.min(LARGEST_RANGE, Math.max(SMALLEST_RANGE, wanted));
  };
  const archives = new Map<Blob, ParseTask>();
  return contents.flatMap((content, i): ParseTask[] => {
    if (!content) return [];
    const parts = [{ content, file: first + i }];
    const { size } = content.blob;
    if (content.member) {
      const known = archives.get(content.blob);
      known?.parts.push(...parts);
      known?.parts.sort((a, b) => a.content.member!.start - b.content.member!.start);
      if (known) return [];
    }
    if (!isPlain(content)) {
      const task = { parts, index: 0, start: 0, end: size };
      if (content.member) archives.set(content.blob, task);
      left -= size;
      return [task];
    }
    const tasks: ParseTask[] = [];
    for (let start = 0; start < size || tasks.length === 0;) {
      const end = Math.min(size, start + nextRange());
      tasks.push({ parts, index: tasks.length, start, end });
      left -= end - start;
      start = end;
    }
    return tasks;
  });
}
