/**
 * What is known of one file: what was announced of it, and the lines and times of its segments. In: segments in their
 * order. Out: an entry of the ledger (file-ledger.ts).
 */
import { LOG_FORMATS, OWN_FORMATS } from '../formats/index.ts';
import type { FileOptions } from '../model/file-options.ts';
import type { FilePrint } from '../model/kept-file.ts';
import type { Problem } from '../model/problem.ts';
import { type Segment, type UnreadableLine, UNREADABLE_REASONS } from '../model/segment.ts';
import type { Milliseconds, RequestIndex } from '../model/units.ts';
import type { FileState } from '../model/view.ts';

/** Unreadable lines of a file that are kept to be shown: the first of all, and the first of each reason. */
const EXAMPLES = 20;
const EXAMPLES_OF_REASON = 3;

/** What is known of a file before it is read. */
export interface AnnouncedFile {
  name: string;
  size: number;
  compressed: boolean;
  /** Time of its first line, −Infinity if unknown: files are read in this order. */
  expectedFirst: number;
  /** Hash of the content's beginning: the last resort on equal times. */
  contentKey: string;
  /** Files that are not read at all: empty, binary, skipped in an archive, a copy of another. */
  state: FileState;
  problems: Problem[];
  /** Number of the given file, and what was said of it. */
  source: number;
  options: FileOptions;
  /** What kind of table it is; null: it is a log. */
  table: string | null;
  /** What it is kept by; none of what is not kept. */
  print?: FilePrint;
}

export interface Entry {
  announced: AnnouncedFile;
  state: FileState;
  problems: Problem[];
  /** Segments that came before their turn, by index. */
  waiting: Map<number, Segment>;
  nextIndex: number;
  ended: boolean;
  rows: [from: RequestIndex, to: RequestIndex][];
  lines: Segment['lines'];
  linesByFormat: number[];
  unreadableByReason: number[];
  unreadable: UnreadableLine[];
  bytes: number;
  usesZone: boolean;
  usesYear: boolean;
  usesStart: boolean;
  hasForwarded: boolean;
  /** Of a table whose rows are no requests: those that are counted. */
  tableRows: number | null;
  /** What such a table cannot tell. */
  missing: string;
  /** Times of the first and last line of a known format, and of the earliest and latest request; NaN when none. */
  firstLine: Milliseconds;
  lastLine: Milliseconds;
  firstRequest: Milliseconds;
  lastRequest: Milliseconds;
}

export function openEntry(announced: AnnouncedFile): Entry {
  return {
    announced,
    state: announced.state,
    problems: [...announced.problems],
    waiting: new Map(),
    nextIndex: 0,
    ended: announced.state !== 'waiting',
    rows: [],
    lines: { read: 0, otherRegistry: 0, otherPath: 0, applicationMessage: 0, blank: 0, unreadable: 0 },
    linesByFormat: new Array<number>(LOG_FORMATS.length + OWN_FORMATS).fill(0),
    unreadableByReason: new Array<number>(UNREADABLE_REASONS).fill(0),
    unreadable: [],
    bytes: 0,
    usesZone: false,
    usesYear: false,
    usesStart: false,
    hasForwarded: false,
    tableRows: null,
    missing: '',
    firstLine: NaN,
    lastLine: NaN,
    firstRequest: NaN,
    lastRequest: NaN,
  };
}

/** Counts the lines of the next segment. */
export function countSegment(entry: Entry, segment: Segment): void {
  for (const line of segment.unreadable) {
    const ofReason = entry.unreadable.filter(({ reason }) => reason === line.reason).length;
    if (entry.unreadable.length < EXAMPLES || ofReason < EXAMPLES_OF_REASON) {
      entry.unreadable.push({
        ...line,
        line: entry.lines.read + line.line,
        offset: segment.start + line.offset,
      });
    }
  }
  for (const fate of Object.keys(entry.lines) as (keyof Segment['lines'])[]) {
    entry.lines[fate] += segment.lines[fate];
  }
  segment.linesByFormat.forEach((lines, format) => (entry.linesByFormat[format]! += lines));
  segment.unreadableByReason.forEach((lines, reason) => (entry.unreadableByReason[reason]! += lines));
  entry.bytes += segment.size;
  entry.usesZone ||= segment.usesZone;
  entry.usesYear ||= segment.usesYear;
  entry.usesStart ||= segment.usesStart;
  entry.hasForwarded ||= segment.hasForwarded;
  extend(entry, segment);
  if (segment.last) {
    entry.ended = true;
    entry.state = stateAtEnd(entry);
  }
}

/** The file's time goes from its first line to its last, and to any request outside them. */
function extend(entry: Entry, segment: Segment): void {
  const { seconds, millis, length } = segment.requests;
  if (Number.isNaN(entry.firstLine)) entry.firstLine = segment.firstTime;
  if (!Number.isNaN(segment.lastTime)) entry.lastLine = segment.lastTime;
  // Not in the entry: each number that is put there is an object.
  let { firstRequest, lastRequest } = entry;
  for (let i = 0; i < length; i++) {
    const time = seconds[i]! * 1000 + millis[i]!;
    if (!(time >= firstRequest)) firstRequest = time;
    if (!(time <= lastRequest)) lastRequest = time;
  }
  entry.firstRequest = firstRequest;
  entry.lastRequest = lastRequest;
}

/** Of a file whose last segment has come: an error says that lines behind it are missing. */
export function stateAtEnd({ problems, lines }: Entry): FileState {
  if (problems.every(({ severity }) => severity !== 'error')) return 'read';
  return lines.read > 0 ? 'partly' : 'failed';
}

/** Earliest and latest time that is known of the file; NaN when none is. */
export function intervalOf(entry: Entry): { first: Milliseconds; last: Milliseconds } {
  const { firstLine, lastLine, firstRequest, lastRequest } = entry;
  return {
    first: firstRequest < firstLine || Number.isNaN(firstLine) ? firstRequest : firstLine,
    last: lastRequest > lastLine || Number.isNaN(lastLine) ? lastRequest : lastLine,
  };
}
