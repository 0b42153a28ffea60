/**
 * What people are told of a file. In: what is known of it when it was read, and what came of its requests beside those
 * of other files. Out: its report; and the lines of all files together.
 */
import type { RequestCollector } from '../actions/collect-requests.ts';
import { coverageByDay, coverageOf } from '../aggregates/coverage.ts';
import type { Problem } from '../model/problem.ts';
import type { RequestTally } from '../model/request-table.ts';
import type { FileReport, LineTally } from '../model/view.ts';
import { type Entry, intervalOf } from './file-entry.ts';
import { findingsOf } from './file-findings.ts';
import { lacksOf } from './file-lacks.ts';
import type { FoundHops } from './found-hops.ts';
import { linesOfAll, sortedByCount } from './lines-by-status.ts';
import type { OwnTitle } from './own-titles.ts';

/** What became of a file's requests. */
interface RequestFates {
  tally: RequestTally;
  /** Those that a hop further out logged too. */
  behind: ReturnType<FoundHops['behindOf']>;
  hopProblems: Problem[];
  /** Lines that count as a part of other files. */
  otherFiles: number;
  countSignatures: boolean;
}

/** titles: of formats, by their numbers. */
export function reportOf(
  entry: Entry,
  titles: readonly OwnTitle[],
  collector: RequestCollector,
  fates: RequestFates,
): FileReport {
  const { announced } = entry;
  const interval = intervalOf(entry);
  const table = entry.lines.read > 0 ? announced.table : null;
  const formats = titles.flatMap(({ title, missing }, format) => {
    const lines = entry.linesByFormat[format]!;
    return lines > 0 ? [{ title, missing, lines }] : [];
  });
  const read = table === null ? formats : [{ title: table, missing: entry.missing, lines: entry.lines.read }];
  return {
    name: announced.name,
    size: announced.size,
    state: entry.state,
    compressed: announced.compressed,
    formats: read.map(({ title, lines }): [string, number] => [title, lines]),
    missing: missingOf(entry, read, collector),
    firstTime: interval.first,
    lastTime: interval.last,
    lines: linesOf(entry, fates),
    unreadableByReason: entry.unreadableByReason,
    unreadable: entry.unreadable,
    problems: [...entry.problems, ...findingsOf(entry), ...fates.hopProblems],
    source: announced.source,
    options: announced.options,
    usesZone: entry.usesZone,
    usesYear: entry.usesYear,
    usesStart: entry.usesStart,
    hasForwarded: entry.hasForwarded,
    coverage: coverageByDay(coverageOf([interval].filter(({ first }) => !Number.isNaN(first)))),
    ...(entry.tableRows === null ? {} : { tableRows: entry.tableRows }),
    isTable: announced.table !== null,
  };
}

/** What each format cannot tell, and what its requests do not show though it could: that is of no format. */
function missingOf(entry: Entry, read: readonly OwnTitle[], collector: RequestCollector): [string, string][] {
  const sentences = read.map(({ missing }) => missing);
  return [
    ...read.map(({ title, missing }): [string, string] => [title, missing]),
    ...lacksOf(entry.rows, collector, sentences).map((sentence): [string, string] => ['', sentence]),
  ].filter(([, sentence]) => sentence !== '');
}

function linesOf(entry: Entry, { tally, behind, otherFiles, countSignatures }: RequestFates): LineTally {
  const setAside = countSignatures ? 0 : tally.signatures - behind.signatures;
  return {
    ...entry.lines,
    counted: tally.kept - setAside - otherFiles - behind.requests + (entry.tableRows ?? 0),
    dropped: behind.isWhole ? [] : sortedByCount(tally.droppedByStatus),
    setAside,
    otherFiles,
    loggedTwice: tally.loggedTwice,
    // No time is kept of those that were dropped.
    behind: behind.requests + (behind.isWhole ? linesOfAll(tally.droppedByStatus) : 0),
  };
}

/** The lines of all files together. */
export function linesOfFiles(files: readonly FileReport[]): LineTally {
  const sum = (of: (lines: LineTally) => number) => files.reduce((total, { lines }) => total + of(lines), 0);
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
