/**
 * Rows as columns of numbers with one dictionary of texts. In: rows pushed one by one, their number unknown.
 * Out: typed arrays of exact length (they transfer between workers), and the texts. Joining renumbers the texts.
 */
import { NO_WORD } from '../model/segment.ts';

const ARRAYS = {
  /** A place in the dictionary, or NO_WORD. */
  word: Uint32Array,
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f64: Float64Array,
};
type ColumnKind = keyof typeof ARRAYS;
export type Schema = Readonly<Record<string, ColumnKind>>;
type Column = InstanceType<(typeof ARRAYS)[ColumnKind]>;
export type Columns<S extends Schema> = { [Name in keyof S]: InstanceType<(typeof ARRAYS)[S[Name]]> };

export interface Rows<S extends Schema> {
  length: number;
  columns: Columns<S>;
  words: string[];
}

const FIRST_CAPACITY = 1024;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export class RowBuilder<S extends Schema> {
  length = 0;
  columns: Columns<S>;
  private readonly words: string[] = [];
  private readonly numbers = new Map<string, number>();
  private capacity = FIRST_CAPACITY;

  constructor(private readonly schema: S) {
    this.columns = sized(schema, FIRST_CAPACITY);
  }

  /** Opens a row: zeros, and no words. The columns may be other arrays afterwards. */
  next(): number {
    if (this.length === this.capacity) {
      this.capacity *= 2;
      this.columns = sized(this.schema, this.capacity, this.columns);
    }
    return this.length++;
  }

  /** The number of a text; the empty text is no word. */
  word(text: string): number {
    if (text === '') return NO_WORD;
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    // A cell is a slice of its block, and would keep the whole block in memory: so a copy is kept.
    const copy = decoder.decode(encoder.encode(text));
    this.numbers.set(copy, this.words.length);
    return this.words.push(copy) - 1;
  }

  finish(): Rows<S> {
    return { length: this.length, columns: sized(this.schema, this.length, this.columns), words: this.words };
  }
}

/** Columns of a length: zeros and no words, then what `from` holds. */
function sized<S extends Schema>(schema: S, length: number, from?: Columns<S>): Columns<S> {
  const columns: Record<string, Column> = {};
  for (const [name, kind] of Object.entries(schema)) {
    const column = new ARRAYS[kind](length);
    if (kind === 'word') column.fill(NO_WORD);
    if (from) column.set(from[name]!.subarray(0, length));
    columns[name] = column;
  }
  return columns as Columns<S>;
}

/** The text of a word; empty for none. */
export function wordOf(words: readonly string[], number: number): string {
  return number === NO_WORD ? '' : words[number]!;
}

/** One table after the other. */
export function joinRows<S extends Schema>(schema: S, tables: readonly Rows<S>[]): Rows<S> {
  const dictionary = new RowBuilder(schema);
  const length = tables.reduce((sum, table) => sum + table.length, 0);
  const columns = sized(schema, length);
  let start = 0;
  for (const table of tables) {
    const renumbered = Uint32Array.from(table.words, (text) => dictionary.word(text));
    for (const [name, kind] of Object.entries(schema)) {
      const [from, to] = [table.columns[name]!, columns[name]!];
      if (kind !== 'word') to.set(from, start);
      else for (let row = 0; row < table.length; row++) to[start + row] = renumbered[from[row]!] ?? NO_WORD;
    }
    start += table.length;
  }
  return { length, columns, words: dictionary.finish().words };
}
