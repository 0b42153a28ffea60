/**
 * Where records of a CSV end. In: bytes. Out: places after the newline that ends a record, and a file's ranges cut there.
 * Source: RFC 4180, and Papa Parse's reading of what it leaves open: a quote opens a cell only at the cell's beginning,
 * and closes it only before a delimiter or the end of the line (blanks between are let pass).
 * Limits: lines end in LF or CRLF. Whether a newline is quoted depends on all bytes before it, so a file's quotes are
 * read from the start; blocks without quotes cost one native search.
 */
import type { Delimiter } from '../model/table-format.ts';
import type { Bytes } from '../model/units.ts';

const QUOTE = 0x22;
const NEWLINE = 0x0a;
const BLOCK: Bytes = 4 << 20;

/** At the beginning of a cell. */
const START = 0;
const PLAIN = 1;
const QUOTED = 2;
/** After a quote in a quoted cell, which closes it, escapes another, or is a stray. */
const AFTER_QUOTE = 3;
/** Blanks after such a quote. */
const BLANK = 4;

/** Walks over a file's bytes, block by block. */
export class RecordBorders {
  private state = START;
  private readonly delimiter: number;

  constructor(delimiter: Delimiter) {
    this.delimiter = delimiter.charCodeAt(0);
  }

  /** Walks over all bytes; the place after the last record that ends in them, or −1. */
  last(bytes: Uint8Array): number {
    return this.walk(bytes, 0, false);
  }

  /** Walks up to the end of a record; the place after it, or −1 when none ends from `from` on. */
  first(bytes: Uint8Array, from: number): number {
    return this.walk(bytes, from, true);
  }

  private walk(bytes: Uint8Array, from: number, stopAtFirst: boolean): number {
    let border = -1;
    let newline = -2;
    for (let at = from; at < bytes.length;) {
      if (this.state === START || this.state === PLAIN) {
        const quote = bytes.indexOf(QUOTE, at);
        const end = quote < 0 ? bytes.length : quote;
        if (stopAtFirst) {
          if (newline !== -1 && newline < at) newline = bytes.indexOf(NEWLINE, at);
          if (newline >= 0 && newline < end) {
            this.state = START;
            return newline + 1;
          }
        } else {
          let back = end - 1;
          while (back >= at && bytes[back] !== NEWLINE) back--;
          if (back >= at) border = back + 1;
        }
        if (end > at) this.state = this.beginsCell(bytes[end - 1]!) ? START : PLAIN;
        if (quote >= 0 && this.state === START) this.state = QUOTED;
        at = end + 1;
      } else if (this.state === QUOTED) {
        const quote = bytes.indexOf(QUOTE, at);
        if (quote < 0) return border;
        this.state = AFTER_QUOTE;
        at = quote + 1;
      } else {
        const byte = bytes[at++]!;
        if (byte === QUOTE) this.state = this.state === AFTER_QUOTE ? QUOTED : AFTER_QUOTE;
        else if (this.beginsCell(byte)) {
          this.state = START;
          if (byte === NEWLINE) border = at;
          if (byte === NEWLINE && stopAtFirst) return border;
        } else this.state = isBlank(byte) ? BLANK : QUOTED;
      }
    }
    return border;
  }

  private beginsCell(byte: number): boolean {
    return byte === this.delimiter || byte === NEWLINE;
  }
}

/** Space, tab, vertical tab, form feed, carriage return. */
function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

export interface ByteRange {
  start: Bytes;
  end: Bytes;
}

/** Ranges of about this size that begin and end where records do; together they are the file. */
export async function chunkAtRecords(
  file: Blob,
  delimiter: Delimiter,
  size: Bytes,
  block: Bytes = BLOCK,
): Promise<ByteRange[]> {
  const borders = new RecordBorders(delimiter);
  const ranges: ByteRange[] = [];
  let start = 0;
  for (let at = 0; at < file.size; at += block) {
    const bytes = new Uint8Array(await file.slice(at, at + block).arrayBuffer());
    let from = 0;
    while (from < bytes.length) {
      // Up to the wanted size only the state counts.
      const wanted = Math.min(bytes.length, Math.max(from, start + size - 1 - at));
      borders.last(bytes.subarray(from, wanted));
      const border = borders.first(bytes, wanted);
      if (border < 0) break;
      ranges.push({ start, end: at + border });
      start = at + border;
      from = border;
    }
  }
  if (start < file.size) ranges.push({ start, end: file.size });
  return ranges;
}
