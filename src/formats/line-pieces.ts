/**
 * Lines that Docker, CRI and what collects their lines cut in pieces, put together again: one of stdout and one of
 * stderr at a time, of one container: a line of another one ends what was open, so that two are never taken for one.
 * In: pieces, and where their lines begin, counted from the segment's first line. Out: the whole line, in memory of its own.
 * Limits: a piece stands at most PIECE_REACH behind the one before it, and at most LINE_REACH behind the first. So what
 * comes before a place can be told from the bytes that far before it, wherever a file is cut (pipeline/parse-range.ts).
 */
import { alloc, byteAt, copyBytes, intAt, PADDING, put32, put8 } from './bytes.ts';

/** Most bytes from the beginning of a piece to the beginning of the next one of its stream. */
export const PIECE_REACH: i32 = 1 << 18;
/** The same from the first piece of a line to its last: 1 MiB, of which Docker escapes every byte with six, is longer. */
export const LINE_REACH: i32 = 1 << 23;
/** Docker cuts lines at 16 KiB; a piece that lost a part of a character may be a little shorter. */
const DOCKER_PIECE: i32 = 16384 - 4;
const LONGEST_LINE: i32 = 1 << 20;
const STRIDE: i32 = LONGEST_LINE + PADDING;
const NEWLINE: i32 = 0x0a;
/** Places are not counted further back: what is this far away is out of reach. */
const FAR: i32 = -0x40000000;

/**
 * Of each stream, four bytes each: bytes held and one (0: no line is open), places of the line's first and last piece,
 * whose line it is.
 */
const FACTS: i32 = 16;
let facts: i32 = 0;
let texts: i32 = 0;
/** Bits of streams: a line of it was there; one after which none of its lines was left open. */
export let seenStreams: i32 = 0;
export let closedStreams: i32 = 0;
/** Streams of the line in hand. */
let touched: i32 = 0;

export function initPieces(): void {
  facts = alloc(FACTS * 2);
  texts = alloc(STRIDE * 2);
}

/** Another file begins: pieces of lines of the one before are forgotten. */
export function forgetPieces(): void {
  put32(factsOf(1), 0);
  put32(factsOf(2), 0);
  seenStreams = 0;
  closedStreams = 0;
  touched = 0;
}

/** Places are counted from `by` bytes further on. */
export function movePieces(by: i32): void {
  for (let stream: i32 = 1; stream <= 2; stream++) {
    for (let place = factsOf(stream) + 4; place <= factsOf(stream) + 8; place += 4) {
      put32(place, intAt(place) - by < FAR ? FAR : intAt(place) - by);
    }
  }
}

/** A line of a stream of an owner (0: the file's only one) begins at a place; 1 when it goes on where another one ended. */
export function meetStream(stream: i32, place: i32, owner: i32): i32 {
  touched = touched | stream;
  if (isOpen(stream) === 0) return 0;
  if (place - intAt(factsOf(stream) + 8) <= PIECE_REACH && intAt(factsOf(stream) + 12) === owner) return 1;
  // The rest of the line never came.
  put32(factsOf(stream), 0);
  return 0;
}

/** The line in hand is over. */
export function leaveLine(): void {
  if (touched === 0) return;
  seenStreams = seenStreams | touched;
  if ((touched & 1) !== 0 && isOpen(1) === 0) closedStreams = closedStreams | 1;
  if ((touched & 2) !== 0 && isOpen(2) === 0) closedStreams = closedStreams | 2;
  touched = 0;
}

/** Keeps a piece of an owner's line, which begins at a place; of a line that is too long, only that it is. */
export function keepPiece(stream: i32, p: i32, end: i32, place: i32, owner: i32): void {
  const entry = factsOf(stream);
  if (isOpen(stream) === 0) {
    put32(entry, 1);
    put32(entry + 4, place);
    put32(entry + 12, owner);
  }
  put32(entry + 8, place);
  const size = intAt(entry) - 1;
  if (size + (end - p) > LONGEST_LINE || place - intAt(entry + 4) > LINE_REACH) {
    put32(entry, LONGEST_LINE + 2);
    return;
  }
  copyBytes(joinedStart(stream) + size, p, end - p);
  put8(joinedStart(stream) + size + (end - p), NEWLINE);
  put32(entry, size + (end - p) + 1);
}

/** The line is whole: the next one of its stream is another. Answers its end; 0 when it is too long. */
export function closeLine(stream: i32): i32 {
  const size = intAt(factsOf(stream)) - 1;
  put32(factsOf(stream), 0);
  return size > LONGEST_LINE ? 0 : joinedStart(stream) + size;
}

/** Where the line of a stream is put together. */
export function joinedStart(stream: i32): i32 {
  return texts + (stream - 1) * STRIDE;
}

/** A piece of Docker's: cut where a line may be no longer, so that no newline ends it. Of [from, to), `size` unescaped. */
export function isDockerPiece(from: i32, to: i32, size: i32): i32 {
  return size >= DOCKER_PIECE && !endsInNewline(from, to) ? 1 : 0;
}

/** Whether a string of JSON ends in \n that is no escaped backslash and a letter. */
function endsInNewline(start: i32, end: i32): boolean {
  if (end - start < 2 || byteAt(end - 1) !== 0x6e) return false;
  let p = end - 1;
  while (p > start && byteAt(p - 1) === 0x5c) p--;
  return ((end - 1 - p) & 1) === 1;
}

function isOpen(stream: i32): i32 {
  return intAt(factsOf(stream)) !== 0 ? 1 : 0;
}

function factsOf(stream: i32): i32 {
  return facts + (stream - 1) * FACTS;
}
