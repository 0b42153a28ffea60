/**
 * From a file to segments: intake and formats joined. In: a content and which piece of it. Out: segments, in order.
 * A plain file is cut into ranges that several workers read; a range owns the lines that begin in it. A compressed
 * file is one stream, and so is a compressed archive with all its members, and JSON that is one value. Runs in a parse worker, and in tests.
 */
import type { Scanner } from '../formats/open-scanner.ts';
import { type Content, isPlain, readParts } from '../intake/content.ts';
import { JsonFlattener } from '../intake/flatten-json.ts';
import { readBytes } from '../intake/read-bytes.ts';
import type { Problem } from '../model/problem.ts';
import type { Segment } from '../model/segment.ts';
import type { Bytes } from '../model/units.ts';

/** What a parse worker is asked to read: a range of a plain file, something compressed, or members of an archive. */
export interface ParseTask {
  /** With each, the place of its file in the list being read. More than one only of one compressed archive, in order. */
  parts: { content: Content; file: number }[];
  /** Number of the piece in its file. */
  index: number;
  start: Bytes;
  end: Bytes;
}

/** A compressed file is handed on in segments of this many decompressed bytes. */
const SEGMENT_BYTES = 32 << 20;
/** First look for the end of a range's last line; doubled until it is found. */
const TAIL_BYTES = 1 << 14;

export type EmitSegment = (segment: Segment) => Promise<void> | void;
/** Told the bytes of the file that were read since the last call, and the lines. */
export type OnRead = (bytes: Bytes, lines: number) => void;

/** What was wrong with a file. */
export interface FileProblem {
  file: number;
  problem: Problem;
}

/** Reads one task; answers what was wrong with its files. */
export async function parseTask(
  task: ParseTask,
  scanner: Scanner,
  scannerNumber: number,
  emit: EmitSegment,
  onRead: OnRead,
): Promise<FileProblem[]> {
  if (!isPlain(task.parts[0]!.content)) return parsePacked(task, scanner, scannerNumber, emit, onRead);
  await parseRange(task, scanner, scannerNumber, emit, onRead);
  return [];
}

async function parseRange(
  task: ParseTask,
  scanner: Scanner,
  scannerNumber: number,
  emit: EmitSegment,
  onRead: OnRead,
): Promise<void> {
  const { start, end } = task;
  const { content, file } = task.parts[0]!;
  const { blob } = content;
  // The byte before tells whether a line begins right here.
  const from = start > 0 ? start - 1 : 0;
  scanner.begin(start > 0);
  let lines = 0;
  await readBytes(blob, from, end, (piece) => {
    scanner.feed(piece);
    onRead(piece.length, scanner.lines() - lines);
    lines = scanner.lines();
  });
  const ownsLine = from + scanner.skipped() < end || start === 0;
  if (ownsLine && scanner.isOpen()) await readTail(blob, end, scanner);
  if (ownsLine) scanner.finish();
  onRead(start > 0 ? -1 : 0, scanner.lines() - lines);
  await emit(
    scanner.takeSegment({
      file,
      index: task.index,
      last: end === blob.size,
      start: from + scanner.skipped(),
      scanner: scannerNumber,
    }),
  );
}

/** Reads on behind a range until its last line ends. */
async function readTail(blob: Blob, end: Bytes, scanner: Scanner): Promise<void> {
  let at = end;
  for (let size = TAIL_BYTES; at < blob.size && scanner.isOpen(); size *= 2) {
    const stop = Math.min(blob.size, at + size);
    await readBytes(blob, at, stop, (piece) => {
      const newline = piece.indexOf(10);
      scanner.feed(newline < 0 ? piece : piece.subarray(0, newline + 1));
      return newline < 0;
    });
    at = stop;
  }
}

async function parsePacked(
  { parts }: ParseTask,
  scanner: Scanner,
  scannerNumber: number,
  emit: EmitSegment,
  onRead: OnRead,
): Promise<FileProblem[]> {
  const problems: FileProblem[] = [];
  let emitted: Promise<void> | void = undefined;
  let file = 0;
  let flattener: JsonFlattener | null = null;
  let index = 0;
  let start = 0;
  let lines = 0;
  const tellLines = () => {
    onRead(0, scanner.lines() - lines);
    lines = scanner.lines();
  };
  const take = (last: boolean) => {
    const size = scanner.consumed();
    emitted = emit(scanner.takeSegment({ file, index: index++, last, start, scanner: scannerNumber }));
    start += size;
    lines = 0;
  };
  await readParts(
    parts.map(({ content }) => content),
    {
      begin(part) {
        file = parts[part]!.file;
        const { layout } = parts[part]!.content;
        flattener = typeof layout === 'number' ? new JsonFlattener(layout) : null;
        index = start = 0;
        scanner.begin(false);
      },
      take(piece) {
        flattener?.flatten(piece);
        scanner.feed(piece);
        tellLines();
        if (scanner.consumed() >= SEGMENT_BYTES) take(false);
      },
      end(_, problem) {
        scanner.finish();
        tellLines();
        take(true);
        if (problem) problems.push({ file, problem });
      },
    },
    (bytes) => onRead(bytes, 0),
  );
  await emitted;
  return problems;
}
