/**
 * CSV by RFC 4180: UTF-8, CRLF; comma and no BOM unless the style has others. In: cells. Out: blocks of bytes, so that no
 * file exists as one string. A text is quoted and guarded by Papa Parse once for each distinct text; its bytes are copied
 * from then on.
 */
import Papa from 'papaparse';
import { guarded } from '../lib/delimited.ts';
import type { WordTable } from '../lib/word-table.ts';
import { NO_WORD } from '../model/segment.ts';
import type { Bytes } from '../model/units.ts';
import { type Style, STYLES } from './style.ts';

/** Bytes that are handed on at once. */
const BLOCK: Bytes = 1 << 20;
const encoder = new TextEncoder();
const MARK = encoder.encode('\ufeff');

/** A text as a cell: quoted where it must be, with a ' before what a spreadsheet would run. */
export function csvCell(text: string, { delimiter }: Style = STYLES.standard): Uint8Array {
  if (text === '') return new Uint8Array();
  // Papa's own guard would quote the cell as well.
  return encoder.encode(Papa.unparse([[guarded(text)]], { delimiter }));
}

/** The first rows of a file, cell by cell, the header first. */
export function cellsOf(bytes: Uint8Array, { delimiter }: Style, rows: number): string[][] {
  // The decoder drops a byte order mark.
  const text = new TextDecoder().decode(bytes);
  return Papa.parse<string[]>(text, { delimiter, newline: '\r\n', preview: rows, skipEmptyLines: true }).data;
}

/** Of a dictionary: it may have millions of words (digests), and memory must not grow with a file. A power of two. */
const KEPT_CELLS = 1 << 16;

/** The cells of a dictionary's words, made when they are asked for. Of words that share a place the last one is kept. */
export function wordCells(
  words: WordTable,
  style: Style,
  textOf = (text: string) => text,
): (word: number) => Uint8Array {
  const cells = new Array<Uint8Array>(KEPT_CELLS).fill(new Uint8Array());
  const wordAt = new Uint32Array(KEPT_CELLS).fill(NO_WORD);
  return (word) => {
    const place = word & (KEPT_CELLS - 1);
    if (wordAt[place] !== word) {
      cells[place] = csvCell(textOf(words.textOf(word)), style);
      wordAt[place] = word;
    }
    return cells[place]!;
  };
}

/** Rows that an export writes. They may be cut into several files. */
export interface RowSource {
  columns: readonly string[];
  /** How many there will be. */
  rows: number;
  /** Actions or pulls of the figures shown that none of them tells. */
  left: number;
  /** Writes them; stops whenever the writer is full. */
  write(writer: CsvWriter): Generator<void>;
}

/** Writes rows into a block. Cells are added one by one; endRow ends the row. Whoever writes stops when it is full. */
export class CsvWriter {
  /** Of all files. */
  rows = 0;
  /** Bytes are to be taken, or another file is to be begun. */
  isFull = false;
  /** No further row fits into this file. */
  isAtLimit = false;
  private rowsInFile = 0;
  private block = new Uint8Array(BLOCK + (1 << 16));
  private used = 0;
  private isFirst = true;
  private readonly delimiter: number;

  constructor(
    private readonly columns: readonly string[],
    private readonly style: Style,
    private readonly mostRows = Infinity,
  ) {
    this.delimiter = style.delimiter.charCodeAt(0);
  }

  /** The header of a file. */
  beginFile(): void {
    if (this.style.hasMark) this.write(MARK);
    this.write(encoder.encode(`${this.columns.join(this.style.delimiter)}\r\n`));
    this.rowsInFile = 0;
    this.isFull = this.isAtLimit = false;
  }

  cell(bytes: Uint8Array): void {
    this.makeRoom(bytes.length + 1);
    if (!this.isFirst) this.block[this.used++] = this.delimiter;
    this.isFirst = false;
    this.block.set(bytes, this.used);
    this.used += bytes.length;
  }

  /** A whole number: never guarded. */
  number(value: number): void {
    this.cell(encoder.encode(String(value)));
  }

  endRow(): void {
    this.makeRoom(2);
    this.block[this.used++] = 0x0d;
    this.block[this.used++] = 0x0a;
    this.rows++;
    this.isFirst = true;
    this.isAtLimit = ++this.rowsInFile >= this.mostRows;
    this.isFull = this.isAtLimit || this.used >= BLOCK;
  }

  /** What was written since the last time. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.block.slice(0, this.used);
    this.used = 0;
    this.isFull = this.isAtLimit;
    return taken;
  }

  private write(bytes: Uint8Array): void {
    this.makeRoom(bytes.length);
    this.block.set(bytes, this.used);
    this.used += bytes.length;
  }

  private makeRoom(size: Bytes): void {
    if (this.used + size <= this.block.length) return;
    const grown = new Uint8Array(Math.max(this.block.length * 2, this.used + size));
    grown.set(this.block.subarray(0, this.used));
    this.block = grown;
  }
}

/** The files that rows are cut into, one after the other. */
export class CsvFiles {
  /** How many there are. */
  readonly length: number;
  private readonly writing: Generator<void>;
  private readonly writer: CsvWriter;

  constructor(source: RowSource, style: Style, mostRows = Infinity) {
    this.length = Math.max(1, Math.ceil(source.rows / mostRows));
    this.writer = new CsvWriter(source.columns, style, mostRows);
    this.writing = source.write(this.writer);
  }

  get rows(): number {
    return this.writer.rows;
  }

  /** The bytes of the next file. Files must be taken whole, and in order. */
  *next(): Generator<Uint8Array<ArrayBuffer>> {
    this.writer.beginFile();
    for (let isDone: boolean | undefined = false; !isDone && !this.writer.isAtLimit;) {
      isDone = this.writing.next().done;
      yield this.writer.take();
    }
  }
}
