/**
 * Records of a CSV, block by block: the room's door to Papa Parse. In: bytes in any pieces. Out: cells of one record
 * after the other, never more than a block of them at once. Source: RFC 4180.
 * Limits: UTF-8; lines end in LF or CRLF; a record of more than 4 MiB is taken for a quote that is never closed.
 */
import Papa from 'papaparse';
import { joinBytes } from '../lib/join-bytes.ts';
import type { Delimiter } from '../model/table-format.ts';
import type { Bytes } from '../model/units.ts';
import { RecordBorders } from './record-borders.ts';

const BLOCK: Bytes = 1 << 18;
const LONGEST_RECORD: Bytes = 4 << 20;
const BYTE_ORDER_MARK = '\ufeff';

export interface ReadCsvEnd {
  /** Lines read. */
  lines: number;
  /** Line of a record whose quote is never closed: nothing from there on was read; 0 when there is none. */
  unclosed: number;
}

/** Cells of one record, the line it begins in, counted from 1, the byte it begins at, and how to get it as it is. */
export type TakeRecord = (cells: string[], line: number, offset: Bytes, asWritten: () => string) => void;

export async function readCsv(
  chunks: AsyncIterable<Uint8Array>,
  delimiter: Delimiter,
  take: TakeRecord,
): Promise<ReadCsvEnd> {
  const borders = new RecordBorders(delimiter);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let line = 1;
  let start: Bytes = 0;
  let held: Uint8Array[] = [];
  const takeHeld = () => {
    const bytes = joinBytes(held);
    line = takeBlock(decoder.decode(bytes), delimiter, line, recordStarts(bytes, start, take));
    start += bytes.length;
    held = [];
  };
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += BLOCK) {
      const block = chunk.subarray(at, at + BLOCK);
      const border = borders.last(block);
      if (border >= 0) {
        held.push(block.subarray(0, border));
        takeHeld();
      }
      // A copy: the chunk's owner may use its memory again.
      if (border < block.length) held.push(block.slice(Math.max(0, border)));
      if (border < 0 && sizeOf(held) > LONGEST_RECORD) return { lines: line - 1, unclosed: line };
    }
  }
  // The last record may lack its newline, but not its closing quote: with a newline added it must end.
  const last = joinBytes([...held, NEWLINE]);
  const isClosed = last.length === 1 || new RecordBorders(delimiter).last(last) === last.length;
  if (!isClosed) return { lines: line - 1, unclosed: line };
  takeHeld();
  return { lines: line - 1, unclosed: 0 };
}

const NEWLINE = Uint8Array.of(0x0a);

/** Tells where records begin: the lines of the block are found again as they are asked for. */
function recordStarts(block: Uint8Array, start: Bytes, take: TakeRecord): TakeBlockRecord {
  let at = 0;
  let reached = 0;
  let lines = 1;
  // One for the block: few records are asked for.
  const asWritten = () => {
    let end = at;
    for (let line = 0; line < lines; line++) end = block.indexOf(NEWLINE[0]!, end) + 1 || block.length;
    return new TextDecoder().decode(block.subarray(at, end)).replace(/\r?\n$/, '');
  };
  return (cells, line, lineOfBlock, linesOfRecord) => {
    for (; reached < lineOfBlock; reached++) at = block.indexOf(NEWLINE[0]!, at) + 1;
    lines = linesOfRecord;
    take(cells, line, start + at, asWritten);
  };
}

type TakeBlockRecord = (cells: string[], line: number, lineOfBlock: number, linesOfRecord: number) => void;

/** The records of a text that ends where a record does; gives the line after it. */
function takeBlock(block: string, delimiter: Delimiter, firstLine: number, take: TakeBlockRecord): number {
  if (block === '') return firstLine;
  let text = firstLine === 1 && block.startsWith(BYTE_ORDER_MARK) ? block.slice(1) : block;
  if (text.includes('\r\n')) text = text.replaceAll('\r\n', '\n');
  if (!text.endsWith('\n')) text += '\n';
  const hasQuotes = text.includes('"');
  let line = firstLine;
  const records = parse(text, delimiter);
  // What Papa sees after the last newline.
  records.pop();
  for (const cells of records) {
    const lines = hasQuotes ? 1 + newlinesIn(cells) : 1;
    if (cells.length > 1 || cells[0] !== '') take(cells, line, line - firstLine, lines);
    line += lines;
  }
  return line;
}

/** Records of a short text: what a table is recognised by. The last one may be cut off. */
export function parseRecords(text: string, delimiter: Delimiter): string[][] {
  const plain = text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
  return parse(plain, delimiter).filter((cells) => cells.length > 1 || cells[0] !== '');
}

function parse(text: string, delimiter: Delimiter): string[][] {
  return Papa.parse<string[]>(text, { delimiter, newline: '\n' }).data;
}

function newlinesIn(cells: string[]): number {
  let newlines = 0;
  for (const cell of cells) {
    for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) newlines++;
  }
  return newlines;
}

function sizeOf(parts: Uint8Array[]): Bytes {
  return parts.reduce((sum, part) => sum + part.length, 0);
}
