/**
 * What became of each file: its segments in order, its rows, its lines by fate. Kept by the analysis.
 */
import type { RequestCollector } from '../actions/collect-requests.ts';
import type { HopFile } from '../actions/find-hops.ts';
import { silencesOfRotation } from '../aggregates/rotation.ts';
import { LOG_FORMATS } from '../formats/index.ts';
import type { CountingRules } from '../model/counting-rules.ts';
import type { Problem } from '../model/problem.ts';
import type { Segment } from '../model/segment.ts';
import type { TableResult } from '../model/table-format.ts';
import type { Milliseconds, RequestIndex } from '../model/units.ts';
import type { FileReport, ReadProgress } from '../model/view.ts';
import {
  type AnnouncedFile,
  countSegment,
  type Entry,
  intervalOf,
  openEntry,
  stateAtEnd,
} from './file-entry.ts';
import { reportOf } from './file-report.ts';
import type { FoundHops } from './found-hops.ts';
import type { OwnTitle } from './own-titles.ts';
import { otherRows, UNKNOWN } from './requests-to-segment.ts';
import { intervalOfTable, missingOfTable } from './table-facts.ts';

export class FileLedger {
  private readonly entries: Entry[] = [];
  /** Behind those of the list, in the order of the scanner's numbers. */
  ownTitles: OwnTitle[] = [];

  get length(): number {
    return this.entries.length;
  }

  add(announced: AnnouncedFile): void {
    this.entries.push(openEntry(announced));
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
      countSegment(entry, next);
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
    const logs = this.entries
      .filter(({ tableRows }) => tableRows === null)
      .map((entry) => ({ ...intervalOf(entry), name: entry.announced.name, state: entry.state }))
      .filter(({ first }) => !Number.isNaN(first));
    // A file that was not read to its end does not end where the next begins.
    return [...logs, ...silencesOfRotation(logs.filter(({ state }) => state === 'read'))];
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
    return this.entries.map((entry, file) =>
      reportOf(entry, titles, collector, {
        tally: collector.tallyOf(file),
        behind: found.behindOf(file, rules),
        hopProblems: found.problemsOf(file, nameOf, rules),
        otherFiles: uncountedOf(file),
        countSignatures: rules.countSignatures,
      }),
    );
  }

  /** Formats by their numbers. */
  titles(): OwnTitle[] {
    return [...LOG_FORMATS, ...this.ownTitles];
  }

  sum(of: (file: number) => number): number {
    return this.entries.reduce((total, _, file) => total + of(file), 0);
  }
}
