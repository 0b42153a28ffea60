/**
 * What became of each file: its segments in order, its rows, its lines by fate. Kept by the analysis.
 */
import type { RequestCollector } from '../actions/collect-requests.ts';
import type { HopFile } from '../actions/find-hops.ts';
import { LOG_FORMATS, OWN_FORMATS } from '../formats/index.ts';
import { coverageByDay, coverageOf } from '../aggregates/coverage.ts';
import type { CountingRules } from '../model/counting-rules.ts';
import type { FileOptions } from '../model/file-options.ts';
import type { FilePrint } from '../model/kept-file.ts';
import type { Problem } from '../model/problem.ts';
import { type Segment, type UnreadableLine, UNREADABLE_REASONS } from '../model/segment.ts';
import type { TableResult } from '../model/table-format.ts';
import type { Milliseconds, RequestIndex } from '../model/units.ts';
import type { FileReport, FileState, LineTally, ReadProgress } from '../model/view.ts';
import { findingsOf } from './file-findings.ts';
import { lacksOf } from './file-lacks.ts';
import type { FoundHops } from './found-hops.ts';
import { otherRows, UNKNOWN } from './requests-to-segment.ts';
import { linesOfAll, sortedByCount } from './lines-by-status.ts';
import { intervalOfTable, missingOfTable } from './table-facts.ts';

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

/** A format of the user's own, as reports name it. */
export interface OwnTitle {
  title: string;
  missing: string;
}

export interface Entry {
  announced: AnnouncedFile;
  state: FileReport['state'];
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

export class FileLedger {
  private readonly entries: Entry[] = [];
  /** Behind those of the list, in the order of the scanner's numbers. */
  ownTitles: OwnTitle[] = [];

  get length(): number {
    return this.entries.length;
  }

  add(announced: AnnouncedFile): void {
    this.entries.push({
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
    });
  }

  /** The segments whose turn has come with this one, in the file's order; their lines are counted. */
  nextInOrder(segment: Segment): Segment[] {
    const entry = this.entries[segment.file]!;
    // A piece that comes after the file was given up.
    if (entry.ended) return [];
    entry.state = 'reading';
    entry.waiting.set(segment.index, segment);
    const ready: Segment[] = [];
    for (let next = entry.waiting.get(entry.nextIndex); next; next = entry.waiting.get(entry.nextIndex)) {
      entry.waiting.delete(entry.nextIndex++);
      this.count(entry, next);
      ready.push(next);
    }
    return ready;
  }

  addRows(file: number, from: RequestIndex, to: RequestIndex): void {
    if (to > from) this.entries[file]!.rows.push([from, to]);
  }

  addProblem(file: number, problem: Problem): void {
    const entry = this.entries[file]!;
    // What was kept of the file has said it already.
    if (entry.problems.some(({ line, reason }) => line === problem.line && reason === problem.reason)) return;
    entry.problems.push(problem);
    if (entry.state === 'read') entry.state = stateAtEnd(entry);
  }

  endEarly(file: number, problem: Problem): void {
    const entry = this.entries[file]!;
    // A member that was whole before another one of its archive could not be read.
    if (entry.ended) return;
    entry.problems.push(problem);
    entry.waiting.clear();
    entry.state = entry.lines.read > 0 ? 'partly' : 'failed';
    entry.ended = true;
  }

  /** A table whose rows are no requests was read; isWhole: to its end. */
  endTable(file: number, isWhole: boolean, result: TableResult): void {
    const entry = this.entries[file]!;
    if (entry.ended) return;
    const { tally, unreadable } = result;
    const { first, last } = intervalOfTable(result);
    const others = otherRows(tally, 0);
    entry.lines.read = tally.read + 1;
    entry.lines.applicationMessage = others;
    entry.lines.unreadable = entry.unreadableByReason[UNKNOWN] = tally.unreadable;
    entry.unreadable = unreadable;
    entry.tableRows = tally.used;
    entry.missing = missingOfTable(result);
    entry.firstLine = first;
    entry.lastLine = last;
    entry.ended = true;
    entry.state = isWhole ? stateAtEnd(entry) : 'partly';
  }

  /** For what is kept of files (file-keeping.ts). */
  entryOf(file: number): Entry {
    return this.entries[file]!;
  }

  nameOf(file: number): string {
    return this.entries[file]!.announced.name;
  }

  unfinished(): number[] {
    return this.entries.flatMap((entry, file) => (entry.ended ? [] : [file]));
  }

  /** Reading is over: files that did not come to their end were stopped. */
  finish(): void {
    for (const entry of this.entries) {
      if (entry.ended) continue;
      entry.ended = true;
      entry.waiting.clear();
      entry.state = entry.lines.read > 0 ? 'partly' : 'waiting';
    }
  }

  /** Two files begin alike, so only their whole length tells them apart (contentKeyOf). */
  hasTies(): boolean {
    const keys = this.entries
      .filter((entry) => entry.rows.length > 0)
      .map((entry) => entry.announced.contentKey);
    return new Set(keys).size < keys.length;
  }

  contentKeyOf(file: number): string {
    const { announced, bytes } = this.entries[file]!;
    return `${announced.contentKey} ${String(bytes).padStart(16, '0')}`;
  }

  rowsOf(file: number): [from: RequestIndex, to: RequestIndex][] {
    return this.entries[file]!.rows;
  }

  /** The files that have requests, for finding hops. */
  filesWithRequests(): HopFile[] {
    return this.entries.flatMap((entry, file) => {
      const { rows, firstRequest, lastRequest } = entry;
      const contentKey = this.contentKeyOf(file);
      return rows.length > 0
        ? [{ file, ...intervalOf(entry), firstRequest, lastRequest, contentKey, rows }]
        : [];
    });
  }

  truncate(length: number): void {
    this.entries.length = length;
  }

  /** First and last moment of each file with requests: of its first and last line, and of all its requests. */
  intervals(): { first: Milliseconds; last: Milliseconds }[] {
    const logs = this.entries.filter(({ tableRows }) => tableRows === null);
    return logs.map(intervalOf).filter(({ first }) => !Number.isNaN(first));
  }

  states(): ReadProgress['states'] {
    return this.entries.map(({ announced, state, lines }) => ({
      name: announced.name,
      state,
      lines: lines.read,
    }));
  }

  reports(
    collector: RequestCollector,
    rules: CountingRules,
    found: FoundHops,
    uncountedOf: (file: number) => number,
  ): FileReport[] {
    const nameOf = (file: number) => this.nameOf(file);
    const titles = this.titles();
    return this.entries.map((entry, file) => {
      const isTable = entry.announced.table !== null && entry.lines.read > 0;
      const formats = titles.filter((_, format) => entry.linesByFormat[format]! > 0);
      const tally = collector.tallyOf(file);
      const behind = found.behindOf(file, rules);
      const setAside = rules.countSignatures ? 0 : tally.signatures - behind.signatures;
      const otherFiles = uncountedOf(file);
      const said = isTable
        ? [[entry.announced.table!, entry.missing] as [string, string]]
        : formats.map(({ title, missing }): [string, string] => [title, missing]);
      return {
        name: entry.announced.name,
        size: entry.announced.size,
        state: entry.state,
        compressed: entry.announced.compressed,
        formats: isTable
          ? [[entry.announced.table!, entry.lines.read]]
          : formats.map((each): [string, number] => [each.title, entry.linesByFormat[titles.indexOf(each)]!]),
        missing: [
          ...said.filter(([, sentence]) => sentence !== ''),
          ...lacksOf(
            entry.rows,
            collector,
            said.map(([, sentence]) => sentence),
          ).map((sentence): [string, string] => ['', sentence]),
        ],
        firstTime: intervalOf(entry).first,
        lastTime: intervalOf(entry).last,
        lines: {
          ...entry.lines,
          counted: tally.kept - setAside - otherFiles - behind.requests + (entry.tableRows ?? 0),
          dropped: behind.isWhole ? [] : sortedByCount(tally.droppedByStatus),
          setAside,
          otherFiles,
          loggedTwice: tally.loggedTwice,
          // No time is kept of those that were dropped.
          behind: behind.requests + (behind.isWhole ? linesOfAll(tally.droppedByStatus) : 0),
        },
        unreadableByReason: entry.unreadableByReason,
        unreadable: entry.unreadable,
        problems: [...entry.problems, ...findingsOf(entry), ...found.problemsOf(file, nameOf, rules)],
        source: entry.announced.source,
        options: entry.announced.options,
        usesZone: entry.usesZone,
        usesYear: entry.usesYear,
        usesStart: entry.usesStart,
        hasForwarded: entry.hasForwarded,
        coverage: coverageByDay(coverageOf([intervalOf(entry)].filter(({ first }) => !Number.isNaN(first)))),
        ...(entry.tableRows === null ? {} : { tableRows: entry.tableRows }),
        isTable: entry.announced.table !== null,
      };
    });
  }

  /** Formats by their numbers. */
  titles(): OwnTitle[] {
    return [...LOG_FORMATS, ...this.ownTitles];
  }

  /** All files together. */
  total(files: FileReport[]): LineTally {
    const sum = (of: (lines: LineTally) => number) =>
      files.reduce((total, { lines }) => total + of(lines), 0);
    const dropped = new Map<number, number>();
    for (const { lines } of files) {
      for (const [status, count] of lines.dropped) dropped.set(status, (dropped.get(status) ?? 0) + count);
    }
    return {
      read: sum((lines) => lines.read),
      counted: sum((lines) => lines.counted),
      dropped: sortedByCount(dropped),
      setAside: sum((lines) => lines.setAside),
      otherFiles: sum((lines) => lines.otherFiles),
      loggedTwice: sum((lines) => lines.loggedTwice),
      behind: sum((lines) => lines.behind),
      otherRegistry: sum((lines) => lines.otherRegistry),
      otherPath: sum((lines) => lines.otherPath),
      applicationMessage: sum((lines) => lines.applicationMessage),
      blank: sum((lines) => lines.blank),
      unreadable: sum((lines) => lines.unreadable),
    };
  }

  sum(of: (file: number) => number): number {
    return this.entries.reduce((total, _, file) => total + of(file), 0);
  }

  private count(entry: Entry, segment: Segment): void {
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
    this.extend(entry, segment);
    if (segment.last) {
      entry.ended = true;
      entry.state = stateAtEnd(entry);
    }
  }

  /** The file's time goes from its first line to its last, and to any request outside them. */
  private extend(entry: Entry, segment: Segment): void {
    const { seconds, millis, length } = segment.requests;
    if (Number.isNaN(entry.firstLine)) entry.firstLine = segment.firstTime;
    if (!Number.isNaN(segment.lastTime)) entry.lastLine = segment.lastTime;
    for (let i = 0; i < length; i++) {
      const time = seconds[i]! * 1000 + millis[i]!;
      if (!(time >= entry.firstRequest)) entry.firstRequest = time;
      if (!(time <= entry.lastRequest)) entry.lastRequest = time;
    }
  }
}

/** Of a file whose last segment has come: an error says that lines behind it are missing. */
function stateAtEnd({ problems, lines }: Entry): FileState {
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
