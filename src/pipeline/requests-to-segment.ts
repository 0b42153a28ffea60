/**
 * Requests of a table as a segment, so that they are counted as those of a log are. In: request rows, and a scanner that
 * has read nothing yet. Out: the segment that the scanner makes of them, written as lines that it knows; each request
 * points to its record. One scanner does for one table or range: its words belong to this segment alone.
 * Limits: a client that is no address (a hash of one) tells clients apart all the same.
 */
import type { Scanner } from '../formats/open-scanner.ts';
import { wordOf } from '../lib/column-builder.ts';
import type { RequestRows } from '../model/request-rows.ts';
import { FLAG_NO_CLIENT, NO_WORD, type Segment, WORD_CLIENT } from '../model/segment.ts';
import type { RowTally, TableResult } from '../model/table-format.ts';
import type { Bytes } from '../model/units.ts';

export interface TablePlace {
  file: number;
  index: number;
  last: boolean;
  start: Bytes;
  end: Bytes;
}

/** Rows that are written as lines at a time. */
const BLOCK = 4096;
/** Numbers of log scanners count up from 0; of tables' they count down, and stay apart for every file and range. */
const RANGES_OF_A_FILE = 1 << 20;
const encoder = new TextEncoder();

export function segmentOfRequests(
  rows: RequestRows,
  { tally, unreadable }: Pick<TableResult, 'tally' | 'unreadable'>,
  scanner: Scanner,
  { file, index, last, start, end }: TablePlace,
): Segment {
  /** Where each row's line begins among the lines. */
  const lineStarts = new Float64Array(rows.length);
  let written = 0;
  scanner.begin(false);
  for (let row = 0; row < rows.length; row += BLOCK) {
    const lines: Uint8Array[] = [];
    for (let i = row; i < Math.min(rows.length, row + BLOCK); i++) {
      const line = encoder.encode(lineOf(rows, i));
      lineStarts[i] = written;
      written += line.length;
      lines.push(line);
    }
    for (const line of lines) scanner.feed(line);
  }
  scanner.finish();
  const number = -1 - file * RANGES_OF_A_FILE - index;
  const segment = scanner.takeSegment({ file, index, last, start, scanner: number });
  pointToRecords(segment, rows, lineStarts);
  segment.size = end - start;
  segment.linesByFormat.fill(0);
  const others = otherRows(tally, index);
  segment.lines.read += others + tally.unreadable;
  segment.lines.applicationMessage += others;
  segment.lines.unreadable += tally.unreadable;
  segment.unreadableByReason[UNKNOWN]! += tally.unreadable;
  segment.unreadable = unreadable.map((row) => ({ ...row, offset: row.offset - start }));
  return segment;
}

/** A header is nothing to count, nor is a row about something else. */
export function otherRows({ skipped }: RowTally, index: number): number {
  return skipped + (index === 0 ? 1 : 0);
}

/** UnreadableReason.unknownFormat: the row is none of its table. */
export const UNKNOWN = 0;

function lineOf({ columns, words }: RequestRows, row: number): string {
  const word = (name: 'client' | 'method' | 'path' | 'agent' | 'digest') =>
    wordOf(words, columns[name][row]!) || undefined;
  const line = {
    time: new Date(columns.time[row]!).toISOString(),
    remote_addr: word('client'),
    request_method: word('method'),
    request_uri: word('path'),
    status: columns.status[row]! || undefined,
    http_user_agent: word('agent'),
    sent_http_docker_content_digest: word('digest'),
  };
  return `${JSON.stringify(line)}\n`;
}

function pointToRecords(segment: Segment, rows: RequestRows, lineStarts: Float64Array): void {
  const { requests } = segment;
  const clients = new ClientWords(segment, rows.words);
  let row = 0;
  for (let i = 0; i < requests.length; i++) {
    while (row + 1 < rows.length && lineStarts[row + 1]! <= requests.offset[i]!) row++;
    requests.offset[i] = rows.columns.offset[row]! - segment.start;
    const client = rows.columns.client[row]!;
    if (client === NO_WORD || (requests.flags[i]! & FLAG_NO_CLIENT) === 0) continue;
    requests.client[i] = clients.numberOf(client);
    requests.flags[i]! &= ~FLAG_NO_CLIENT;
  }
  clients.finish();
}

/** Adds clients that are no addresses to the segment's words. */
class ClientWords {
  private readonly numbers = new Map<number, number>();
  private readonly added: Uint8Array[] = [];

  constructor(
    private readonly segment: Segment,
    private readonly words: readonly string[],
  ) {}

  numberOf(word: number): number {
    let number = this.numbers.get(word);
    if (number === undefined) {
      number = this.segment.words[WORD_CLIENT]!.ends.length + this.added.length;
      this.added.push(encoder.encode(this.words[word]!));
      this.numbers.set(word, number);
    }
    return number;
  }

  finish(): void {
    if (this.added.length === 0) return;
    const { bytes, ends } = this.segment.words[WORD_CLIENT]!;
    const grown = new Uint8Array(bytes.length + this.added.reduce((sum, { length }) => sum + length, 0));
    grown.set(bytes);
    let at = bytes.length;
    const allEnds = Uint32Array.from([...ends, ...this.added.map(() => 0)]);
    this.added.forEach((word, i) => {
      grown.set(word, at);
      allEnds[ends.length + i] = at += word.length;
    });
    this.segment.words[WORD_CLIENT] = { bytes: grown, ends: allEnds };
  }
}
