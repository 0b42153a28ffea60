/**
 * All lines of a file that cannot be read. In: a log and a scanner. Out: the lines as they are, in order, each with
 * a line break. Each line goes to the scanner by itself, so that it is judged as it was when the file was counted.
 * Limits: of a line, its first 64 KiB.
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
/** What the scanner notes of the lines before is dropped this often, or it would grow with the file. */
const CLEAR_EVERY: Bytes = 1 << 20;
const NEWLINE = 10;

export async function findUnreadable(
  { content, options }: HeldLog,
  scanner: Scanner,
  take: TakeLine,
): Promise<void> {
  scanner.setOptions(options);
  scanner.begin(false);
  const kept = new Uint8Array(LONGEST_KEPT + 1);
  let size = 0;
  let found = 0;
  let wantsMore = true;

  const keep = (part: Uint8Array) => {
    const room = part.subarray(0, LONGEST_KEPT - size);
    kept.set(room, size);
    size += room.length;
  };
  const endLine = () => {
    if (scanner.unreadable() > found) {
      if (size === 0 || kept[size - 1] !== NEWLINE) kept[size++] = NEWLINE;
      wantsMore = take(kept.subarray(0, size)) !== false;
    }
    size = 0;
    if (scanner.consumed() >= CLEAR_EVERY)
      scanner.takeSegment({ file: 0, index: 0, last: false, start: 0, scanner: 0 });
    found = scanner.unreadable();
  };
  const push = (piece: Uint8Array) => {
    for (let start = 0; start < piece.length && wantsMore;) {
      const newline = piece.indexOf(NEWLINE, start);
      const end = newline < 0 ? piece.length : newline + 1;
      const part = piece.subarray(start, end);
      scanner.feed(part);
      keep(part);
      if (newline >= 0) endLine();
      start = end;
    }
    return wantsMore;
  };

  await readContent(content, push);
  if (wantsMore) {
    scanner.finish();
    endLine();
  }
  scanner.takeSegment({ file: 0, index: 0, last: false, start: 0, scanner: 0 });
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
