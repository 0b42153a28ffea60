import type { Bytes } from '../model/units.ts';
import type { ParseTask } from './parse-file.ts';

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
 * Cuts files into pieces, in the order of reading. In: files (null: not to be read), number of the first, workers.
 * A compressed file is one piece: it can only be unpacked from its beginning.
 */
export function planTasks(
  files: ({ file: File; compressed: boolean } | null)[],
  first: number,
  workers: number,
): ParseTask[] {
  const total = files.reduce((sum, each) => sum + (each?.file.size ?? 0), 0);
  const wanted = Math.ceil(total / (workers * RANGES_PER_WORKER));
  const range = Math.min(LARGEST_RANGE, Math.max(SMALLEST_RANGE, wanted));
  return files.flatMap((each, i): ParseTask[] => {
    if (!each) return [];
    const { file, compressed } = each;
    const fileIndex = first + i;
    if (compressed) return [{ file, fileIndex, index: 0, start: 0, end: file.size, compressed }];
    const pieces = Math.max(1, Math.ceil(file.size / range));
    return Array.from({ length: pieces }, (_, index) => ({
      file,
      fileIndex,
      index,
      start: index * range,
      end: Math.min(file.size, (index + 1) * range),
      compressed,
    }));
  });
}
