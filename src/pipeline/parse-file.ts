/**
 * From a file to segments: intake and formats joined. In: a File and which piece of it. Out: segments, in order.
 * A plain file is cut into ranges that several workers read; a range owns the lines that begin in it. A compressed
 * file is one stream. Runs in a parse worker, and in tests.
 */
import type { Scanner } from '../formats/open-scanner.ts';
import { inflateGzip } from '../intake/inflate-gzip.ts';
import { readBytes } from '../intake/read-bytes.ts';
import type { Problem } from '../model/problem.ts';
import type { Segment } from '../model/segment.ts';
import type { Bytes } from '../model/units.ts';

/** What a parse worker is asked to read. */
export interface ParseTask {
  file: File;
  /** Place of the file in the list being read. */
  fileIndex: number;
  /** Number of the piece in its file. */
  index: number;
  start: Bytes;
  end: Bytes;
  compressed: boolean;
}

/** A compressed file is handed on in segments of this many decompressed bytes. */
const SEGMENT_BYTES = 32 << 20;
/** First look for the end of a range's last line; doubled until it is found. */
const TAIL_BYTES = 1 << 14;

export type EmitSegment = (segment: Segment) => Promise<void> | void;
/** Told the bytes of the file that were read since the last call, and the lines. */
export type OnRead = (bytes: Bytes, lines: number) => void;

/** Reads one task; answers what was wrong with the file, if anything. */
export async function parseTask(
  task: ParseTask,
  scanner: Scanner,
  scannerNumber: number,
  emit: EmitSegment,
  onRead: OnRead,
): Promise<Problem | null> {
  return task.compressed
    ? parseCompressed(task, scanner, scannerNumber, emit, onRead)
    : parseRange(task, scanner, scannerNumber, emit, onRead);
}

async function parseRange(
  task: ParseTask,
  scanner: Scanner,
  scannerNumber: number,
  emit: EmitSegment,
  onRead: OnRead,
): Promise<null> {
  const { file, start, end } = task;
  // The byte before tells whether a line begins right here.
  const from = start > 0 ? start - 1 : 0;
  scanner.begin(start > 0);
  let lines = 0;
  await readBytes(file, from, end, (piece) => {
    scanner.feed(piece);
    onRead(piece.length, scanner.lines() - lines);
    lines = scanner.lines();
  });
  const ownsLine = from + scanner.skipped() < end || start === 0;
  if (ownsLine && scanner.isOpen()) await readTail(file, end, scanner);
  if (ownsLine) scanner.finish();
  onRead(start > 0 ? -1 : 0, scanner.lines() - lines);
  await emit(
    scanner.takeSegment({
      file: task.fileIndex,
      index: task.index,
      last: end === file.size,
      start: from + scanner.skipped(),
      scanner: scannerNumber,
    }),
  );
  return null;
}

/** Reads on behind a range until its last line ends. */
async function readTail(file: File, end: Bytes, scanner: Scanner): Promise<void> {
  let at = end;
  for (let size = TAIL_BYTES; at < file.size && scanner.isOpen(); size *= 2) {
    const stop = Math.min(file.size, at + size);
    await readBytes(file, at, stop, (piece) => {
      const newline = piece.indexOf(10);
      scanner.feed(newline < 0 ? piece : piece.subarray(0, newline + 1));
      return newline < 0;
    });
    at = stop;
  }
}

async function parseCompressed(
  task: ParseTask,
  scanner: Scanner,
  scannerNumber: number,
  emit: EmitSegment,
  onRead: OnRead,
): Promise<Problem | null> {
  let index = task.index;
  let start = 0;
  let lines = 0;
  const segments: Segment[] = [];
  scanner.begin(false);
  const take = (last: boolean) => {
    const size = scanner.consumed();
    segments.push(
      scanner.takeSegment({ file: task.fileIndex, index: index++, last, start, scanner: scannerNumber }),
    );
    start += size;
    lines = 0;
  };
  const end = await inflateGzip(
    task.file,
    task.file.name,
    (piece) => {
      scanner.feed(piece);
      onRead(0, scanner.lines() - lines);
      lines = scanner.lines();
      if (scanner.consumed() >= SEGMENT_BYTES) take(false);
      while (segments.length > 0) void emit(segments.shift()!);
    },
    (bytes) => onRead(bytes, 0),
  );
  scanner.finish();
  onRead(0, scanner.lines() - lines);
  take(true);
  await emit(segments.shift()!);
  return end.problem;
}
