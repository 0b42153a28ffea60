/**
 * A range of a plain file to a segment. In: a file and where the range begins and ends. Out: the segment of the lines
 * that begin in it. Docker and CRI cut long lines in pieces: where lines of theirs stand near a range's beginning, what
 * is before it is read first, so that the range's own lines are read as in the whole file (formats/line-pieces.ts).
 */
import { LINE_REACH, PIECE_REACH } from '../formats/line-pieces.ts';
import { LONGEST_LINE } from '../formats/read-line.ts';
import type { Scanner } from '../formats/open-scanner.ts';
import { readBytes } from '../intake/read-bytes.ts';
import type { Bytes } from '../model/units.ts';
import type { EmitSegment, OnRead, ParseTask } from './parse-task.ts';

/** Read with a range for the end of its last line. What follows is read in pieces that double until it is found. */
const TAIL_BYTES: Bytes = 1 << 14;
/** So much mostly shows whether a file names streams, and what of them is open at its end. */
const NEAR: Bytes = 1 << 15;
/** A line that ends behind so much of a range begins too far from what is before the range to go on with it. */
const SURE: Bytes = PIECE_REACH + LONGEST_LINE;
/** How far before a range is read until it is known what is open there. Behind the last of these it always is. */
const LOOKS_BACK: readonly Bytes[] = [NEAR, PIECE_REACH, LINE_REACH + PIECE_REACH];
const BOTH_STREAMS = 3;

export async function parseRange(
  task: ParseTask,
  scanner: Scanner,
  scannerNumber: number,
  emit: EmitSegment,
  onRead: OnRead,
): Promise<void> {
  const { start, end, index } = task;
  const { content, file } = task.parts[0]!;
  const { blob } = content;
  const first =
    (await feedLines(blob, start, end, scanner, onRead, start > 0)) ??
    (await feedBehindPieces(blob, start, end, scanner, onRead));
  await emit(
    scanner.takeSegment({ file, index, last: end === blob.size, start: first, scanner: scannerNumber }),
  );
}

/**
 * Feeds the lines that begin in [start, end); answers where the first of them does. mayStop: undefined as soon as there
 * are lines of streams so near to the beginning that they may go on with pieces before it; then nothing was told.
 */
async function feedLines(
  blob: Blob,
  start: Bytes,
  end: Bytes,
  scanner: Scanner,
  onRead: OnRead,
  mayStop = false,
): Promise<Bytes | undefined> {
  // The byte before tells whether a line begins right here.
  const from = Math.max(0, start - 1);
  scanner.begin(start > 0);
  let fed = 0;
  const told = new Told(scanner, onRead);
  const isNamed = () => mayStop && fed <= SURE && scanner.streams().seen !== 0;
  const hasLines = () => !isNamed() && (from + scanner.skipped() < end || start === 0);
  const tail = Math.min(blob.size, end + TAIL_BYTES);
  await readBytes(blob, from, tail, (piece) => {
    const own = Math.min(piece.length, end - from - fed);
    for (let at = 0; at < own && !isNamed();) {
      const stop = mayStop && fed < SURE ? (fed < NEAR ? NEAR : SURE) - fed : Infinity;
      const part = piece.subarray(at, Math.min(own, at + stop));
      scanner.feed(part);
      fed += part.length;
      at += part.length;
      told.add(part.length);
    }
    if (isNamed()) return false;
    if (from + fed < end) return true;
    return hasLines() && scanner.isOpen() && feedToNewline(scanner, piece.subarray(own));
  });
  const first = from + scanner.skipped();
  if (hasLines()) {
    await readTail(blob, tail, scanner);
    scanner.finish();
  }
  told.add(from - start);
  if (!isNamed()) return first;
  told.takeBack();
  return undefined;
}

/** Whether the line goes on behind the piece. */
function feedToNewline(scanner: Scanner, piece: Uint8Array): boolean {
  const newline = piece.indexOf(10);
  scanner.feed(newline < 0 ? piece : piece.subarray(0, newline + 1));
  return newline < 0;
}

/** The same with what stands before the range: pieces of its first lines. */
async function feedBehindPieces(
  blob: Blob,
  start: Bytes,
  end: Bytes,
  scanner: Scanner,
  onRead: OnRead,
): Promise<Bytes> {
  const first = await lookBack(blob, start, scanner);
  if (first === null) return (await feedLines(blob, start, end, scanner, onRead))!;
  const told = new Told(scanner, onRead);
  await readBytes(blob, first, end, (piece) => {
    scanner.feed(piece);
    told.add(piece.length);
  });
  await readTail(blob, end, scanner);
  scanner.finish();
  told.add(Math.min(first, end) - start);
  return first;
}

/**
 * Reads lines before `start`, as far back as is needed for all that is open there; answers where the first line begins
 * that is not before it. null: nothing is open, as it is inside of a line that is longer than any piece.
 */
async function lookBack(blob: Blob, start: Bytes, scanner: Scanner): Promise<Bytes | null> {
  for (const reach of LOOKS_BACK) {
    const from = Math.max(0, start - reach);
    const first = (await feedLines(blob, from, start, scanner, () => {}))!;
    const { seen, closed } = scanner.streams();
    // What has not been seen so far back is out of reach.
    const known = reach < PIECE_REACH ? closed : closed | (BOTH_STREAMS & ~seen);
    const isInLine = scanner.isOpen();
    if (from > 0 && reach !== LOOKS_BACK.at(-1) && (known !== BOTH_STREAMS || isInLine)) continue;
    const next = first + scanner.consumed();
    scanner.forget();
    return isInLine ? null : next;
  }
  return null;
}

/** Tells what was read, as it goes. */
class Told {
  private bytes: Bytes = 0;
  private lines = 0;

  constructor(
    private readonly scanner: Scanner,
    private readonly onRead: OnRead,
  ) {}

  add(bytes: Bytes): void {
    const lines = this.scanner.lines();
    this.onRead(bytes, lines - this.lines);
    this.bytes += bytes;
    this.lines = lines;
  }

  /** It will be read once more. */
  takeBack(): void {
    this.onRead(-this.bytes, -this.lines);
  }
}

/** Reads on from here until the line in hand ends. */
async function readTail(blob: Blob, from: Bytes, scanner: Scanner): Promise<void> {
  let at = from;
  for (let size = TAIL_BYTES; at < blob.size && scanner.isOpen(); size *= 2) {
    const stop = Math.min(blob.size, at + size);
    await readBytes(blob, at, stop, (piece) => feedToNewline(scanner, piece));
    at = stop;
  }
}
