import { type Content, isPlain } from '../intake/content.ts';
import type { Bytes } from '../model/units.ts';
import type { ParseTask } from './parse-task.ts';

/** Largest and smallest piece of a plain file that one worker reads at a time. */
const LARGEST_RANGE: Bytes = 32 << 20;
const SMALLEST_RANGE: Bytes = 4 << 20;
/** Pieces for each worker, so that none waits long for the last. */
const RANGES_PER_WORKER = 4;

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
  const total = [...blobs].reduce((sum, { size }) => sum + size, 0);
  const wanted = Math.ceil(total / (workers * RANGES_PER_WORKER));
  const range = Math.min(LARGEST_RANGE, Math.max(SMALLEST_RANGE, wanted));
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
      return [task];
    }
    return Array.from({ length: Math.max(1, Math.ceil(size / range)) }, (_, index) => ({
      parts,
      index,
      start: index * range,
      end: Math.min(size, (index + 1) * range),
    }));
  });
}
