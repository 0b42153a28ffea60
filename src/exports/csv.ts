/**
 * CSV by RFC 4180: UTF-8 without BOM, comma, CRLF. In: cells. Out: a Blob of blocks, so that no file exists as one
 * string. A text is quoted and guarded by Papa Parse once for each distinct text; its bytes are copied from then on.
 */
import Papa from 'papaparse';
import { guarded } from '../lib/delimited.ts';
import type { WordTable } from '../lib/word-table.ts';
import type { Bytes } from '../model/units.ts';

const BLOCK: Bytes = 4 << 20;
const COMMA = 0x2c;
const encoder = new TextEncoder();

/** A text as a cell: quoted where it must be, with a ' before what a spreadsheet would run. */
export function csvCell(text: string): Uint8Array {
  if (text === '') return new Uint8Array();
  // Papa's own guard would quote the cell as well.
  return encoder.encode(Papa.unparse([[guarded(text)]]));
}

/** The cells of a dictionary's words, each made when it is first asked for. */
export function wordCells(words: WordTable, textOf = (text: string) => text): (word: number) => Uint8Array {
  const cells: (Uint8Array | undefined)[] = [];
  return (word) => (cells[word] ??= csvCell(textOf(words.textOf(word))));
}

/** Writes rows into blocks. Cells are added one by one; endRow ends the row. */
export class CsvWriter {
  rows = 0;
  private readonly parts: Blob[] = [];
  private block = new Uint8Array(BLOCK);
  private used = 0;
  private isFirst = true;

  constructor(header: string) {
    this.cell(encoder.encode(header));
    this.endRow();
    this.rows = 0;
  }

  cell(bytes: Uint8Array): void {
    this.makeRoom(bytes.length + 1);
    this.separate();
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
  }

  finish(): Blob {
    this.flush();
    return new Blob(this.parts, { type: 'text/csv;charset=utf-8' });
  }

  private separate(): void {
    if (!this.isFirst) this.block[this.used++] = COMMA;
    this.isFirst = false;
  }

  private makeRoom(size: Bytes): void {
    if (this.used + size <= this.block.length) return;
    this.flush();
    if (size > this.block.length) this.block = new Uint8Array(size);
  }

  private flush(): void {
    // The Blob takes a copy, so the block is free again.
    if (this.used > 0) this.parts.push(new Blob([this.block.subarray(0, this.used)]));
    this.used = 0;
  }
}
