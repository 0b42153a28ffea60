/**
 * All lines of a file that cannot be read. In: a log and a scanner. Out: the lines as they are, in order, each with a
 * line break. A scanner keeps the first 20 unreadable lines of a segment; it is given 20 lines at a time here, so that
 * it keeps all of them. Limits: of a line, its first 64 KiB.
 */
import type { Scanner } from '../formats/open-scanner.ts';
import { type Content, readContent } from '../intake/content.ts';
import type { FileOptions } from '../model/file-options.ts';
import type { Bytes } from '../model/units.ts';

/** A log that is held, with what was said of its file. */
export interface HeldLog {
  content: Content;
  options: FileOptions;
}

/** Called with each line; false when no more are wanted. */
export type TakeLine = (line: Uint8Array) => boolean | void;

const LONGEST_KEPT: Bytes = 64 << 10;
/** What goes to the scanner at a time: as many lines as it keeps, or as many bytes. */
const BLOCK_LINES = 20;
const BLOCK_BYTES: Bytes = 256 << 10;
/** What the scanner notes of other lines is dropped this often, or it would grow with the file. */
const CLEAR_EVERY: Bytes = 1 << 20;
const NEWLINE = 10;

export async function findUnreadable(
  { content, options }: HeldLog,
  scanner: Scanner,
  take: TakeLine,
): Promise<void> {
  scanner.setOptions(options);
  scanner.begin(false);
  const finder = new BlockReader(scanner, take);
  await readContent(content, (piece) => finder.push(piece));
  finder.finish();
}

class BlockReader {
  private readonly block = new Uint8Array(BLOCK_BYTES);
  private used: Bytes = 0;
  private lines = 0;
  /** Places in the log: of the block, and of the scanner's segment. */
  private blockAt: Bytes = 0;
  private segmentAt: Bytes = 0;
  /** The beginning of the line that is unfinished where a block ends, and its place. */
  private readonly head = new Uint8Array(LONGEST_KEPT);
  private headSize: Bytes = 0;
  private headAt: Bytes = 0;
  private wantsMore = true;

  constructor(
    private readonly scanner: Scanner,
    private readonly take: TakeLine,
  ) {}

  /** False when no more lines are wanted. */
  push(piece: Uint8Array): boolean {
    for (let start = 0; start < piece.length && this.wantsMore;) {
      const limit = Math.min(piece.length, start + BLOCK_BYTES - this.used);
      const newline = piece.indexOf(NEWLINE, start);
      const isWhole = newline >= 0 && newline < limit;
      const end = isWhole ? newline + 1 : limit;
      this.block.set(piece.subarray(start, end), this.used);
      this.used += end - start;
      if (isWhole) this.lines++;
      if (this.lines === BLOCK_LINES || this.used === BLOCK_BYTES) this.flush(() => {});
      start = end;
    }
    return this.wantsMore;
  }

  finish(): void {
    if (this.wantsMore) this.flush(() => this.scanner.finish());
    this.clear();
  }

  private flush(andThen: () => void): void {
    const block = this.block.subarray(0, this.used);
    this.scanner.feed(block);
    andThen();
    const samples = this.scanner.unreadable() > 0 ? this.clear() : [];
    for (const { at, text } of samples) {
      if (this.wantsMore) this.wantsMore = this.take(this.lineAt(at, block, text)) !== false;
    }
    if (this.scanner.consumed() >= CLEAR_EVERY) this.clear();
    this.keepHead(block);
    this.blockAt += this.used;
    this.used = this.lines = 0;
  }

  /** The unreadable lines of the scanner's segment, by their places in the log; it begins another. */
  private clear(): { at: Bytes; text: string }[] {
    const size = this.scanner.consumed();
    const { unreadable } = this.scanner.takeSegment({ file: 0, index: 0, last: false, start: 0, scanner: 0 });
    const found = unreadable.map(({ offset, text }) => ({ at: this.segmentAt + offset, text }));
    this.segmentAt += size;
    return found;
  }

  private lineAt(at: Bytes, block: Uint8Array, text: string): Uint8Array {
    const start = at - this.blockAt;
    if (start >= 0) return withNewline(firstLine(block.subarray(start)));
    // One that began before the block. Of several that were put together, the scanner's sample is left.
    if (at !== this.headAt) return withNewline(new TextEncoder().encode(text));
    const line = new Uint8Array(this.headSize + Math.min(block.length, LONGEST_KEPT));
    line.set(this.head.subarray(0, this.headSize));
    line.set(block.subarray(0, LONGEST_KEPT), this.headSize);
    return withNewline(firstLine(line));
  }

  private keepHead(block: Uint8Array): void {
    const last = block.lastIndexOf(NEWLINE);
    if (last >= 0) {
      this.headSize = 0;
      this.headAt = this.blockAt + last + 1;
    }
    const rest = block.subarray(last + 1).subarray(0, LONGEST_KEPT - this.headSize);
    this.head.set(rest, this.headSize);
    this.headSize += rest.length;
  }
}

/** Up to and with its line break, if there is one. */
function firstLine(bytes: Uint8Array): Uint8Array {
  const newline = bytes.indexOf(NEWLINE);
  return newline < 0 ? bytes : bytes.subarray(0, newline + 1);
}

/** At most LONGEST_KEPT bytes and a line break. */
function withNewline(line: Uint8Array): Uint8Array {
  if (line.length <= LONGEST_KEPT + 1 && line.at(-1) === NEWLINE) return line;
  const ended = new Uint8Array(Math.min(line.length, LONGEST_KEPT) + 1).fill(NEWLINE);
  ended.set(line.subarray(0, LONGEST_KEPT));
  return ended;
}

/** The lines as one text, put down piece by piece, so that it need not fit into memory. */
export class LineBlob {
  private parts: Blob[] = [];
  private readonly buffer = new Uint8Array(1 << 20);
  private used = 0;
  lines = 0;

  add(line: Uint8Array): void {
    if (this.used + line.length > this.buffer.length) this.flush();
    this.buffer.set(line, this.used);
    this.used += line.length;
    this.lines++;
  }

  finish(): Blob {
    this.flush();
    return new Blob(this.parts, { type: 'text/plain' });
  }

  private flush(): void {
    this.parts.push(new Blob([this.buffer.subarray(0, this.used)]));
    this.used = 0;
  }
}
