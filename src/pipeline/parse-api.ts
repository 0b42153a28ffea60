/** What a parse worker offers: to look at files and to read pieces of them, handing segments to the analysis worker. */
import { transfer, wrap } from 'comlink';
import { splitForClicks } from '../formats/custom/split-for-clicks.ts';
import { openScanner, type Scanner } from '../formats/open-scanner.ts';
import { type Content, readContent } from '../intake/content.ts';
import { ContentHash, sameBytes } from '../intake/fingerprint.ts';
import { describeReadError } from '../intake/read-bytes.ts';
import type { FileOptions } from '../model/file-options.ts';
import type { LinePattern } from '../model/line-pattern.ts';
import type { LinePart, OwnFormat } from '../model/own-format.ts';
import type { Segment } from '../model/segment.ts';
import type { TablePlan } from '../model/table-file.ts';
import type { Bytes, Milliseconds } from '../model/units.ts';
import { type FileFacts, lookAtFile } from './look-at-file.ts';
import { readLinesAt } from './lines-again.ts';
import { formatFromClicks, readFormatText, readPastedText, tryFormat } from './own-formats.ts';
import { patternsOf } from './own-titles.ts';
import { type FileProblem, parseTask } from './parse-file.ts';
import type { OnRead, ParseTask } from './parse-task.ts';
import { findUnreadable, type HeldLog, LineBlob } from './unreadable-lines.ts';
import { findUnreadableRows, type HeldTable } from './unreadable-rows.ts';
import { planTable, readTableTask, type TablePiece, type TableTask } from './parse-table.ts';

/** How often a worker tells how far it is. */
const REPORT_EVERY: Milliseconds = 100;

export interface ParseResult {
  /** The files cannot be read on: their later pieces are not worth trying. */
  failed: boolean;
  problems: FileProblem[];
}

export function createParseApi() {
  let scanner: Promise<Scanner> | null = null;
  let looker: Promise<Scanner> | null = null;
  let patterns: LinePattern[] = [];
  let number = 0;
  /** The segment that was handed on last, until it is taken. */
  let sent: Promise<void> = Promise.resolve();
  let hand:
    { [Name in keyof AnalysisPort]: (given: Parameters<AnalysisPort[Name]>[0]) => Promise<void> } | null =
    null;

  // Of its own, so that words of the look do not go into the dictionaries.
  const openLooker = () => (looker ??= openScanner('wasm', patterns));

  return {
    /** Connects the worker to the analysis: once, before anything is parsed. */
    connect(port: MessagePort, scannerNumber: number, own: OwnFormat[]): void {
      patterns = patternsOf(own);
      hand = wrap<AnalysisPort>(port);
      number = scannerNumber;
      scanner = openScanner('wasm', patterns);
    },

    async look(file: File, options: FileOptions): Promise<FileFacts[]> {
      const scanner = await openLooker();
      scanner.setOptions(options);
      return lookAtFile(file, scanner);
    },

    /** All lines of a log, or rows of a table, that cannot be read, and their number. */
    async unreadable(held: HeldLog | HeldTable): Promise<{ blob: Blob; lines: number }> {
      const found = new LineBlob();
      if ('plan' in held) await findUnreadableRows(held, (row) => found.add(row));
      else await findUnreadable(held, await openLooker(), (line) => found.add(line));
      return { blob: found.finish(), lines: found.lines };
    },

    /** The first of them, as texts without their line breaks. */
    async firstUnreadable(log: HeldLog, most: number): Promise<string[]> {
      const lines: string[] = [];
      await findUnreadable(log, await openLooker(), (line) => {
        lines.push(new TextDecoder().decode(line).replace(/\r?\n$/, ''));
        return lines.length < most;
      });
      return lines;
    },

    linesAt: (content: Content, offsets: Bytes[]) => readLinesAt(content, offsets),

    readPasted: (text: string) => readPastedText(text),
    readFormat: (text: string) => readFormatText(text),
    tryFormat: (text: string, lines: string[]) => tryFormat(text, lines),
    splitLine: (line: string): LinePart[] => splitForClicks(line),
    fromClicks: (line: string, parts: LinePart[]) => formatFromClicks(line, parts),

    async isSame(a: Blob, b: Blob): Promise<boolean> {
      try {
        return await sameBytes(a, b);
      } catch {
        // One of them is gone; the fingerprints are equal, so they are taken for the same.
        return true;
      }
    },

    /** Of the content, unpacked; null when it cannot be read. */
    async hashContent(content: Content): Promise<string | null> {
      const hash = new ContentHash();
      try {
        await readContent(content, (piece) => hash.add(piece));
      } catch {
        return null;
      }
      return hash.text();
    },

    /** Bytes that the content unpacks to; null when it cannot be read. */
    async sizeOf(content: Content): Promise<Bytes | null> {
      let size = 0;
      try {
        await readContent(content, (piece) => void (size += piece.length));
      } catch {
        return null;
      }
      return size;
    },

    planTable: (content: Content, plan: TablePlan, file: number) => planTable(content, plan, file),

    async parseTable(task: TableTask, onRead: OnRead): Promise<ParseResult> {
      const { file, content } = task;
      try {
        const { piece, segment, problems } = await readTableTask(task, openScanner, onRead);
        await sent;
        if (segment) sent = hand!.addSegment(transfer(segment, buffersOf(segment)));
        else sent = hand!.addTable(transfer(piece, buffersOfRows(piece)));
        return { failed: false, problems: problems.map((problem) => ({ file, problem })) };
      } catch (error) {
        await sent;
        return { failed: true, problems: [{ file, problem: describeReadError(error, content.name) }] };
      }
    },

    /** Waits until everything that was read has been taken. */
    async flush(): Promise<void> {
      await sent;
    },

    async parse(task: ParseTask, options: FileOptions, onRead: OnRead): Promise<ParseResult> {
      const news = new ReadingNews(onRead);
      const reader = await scanner!;
      reader.setOptions(options);
      try {
        const take = async (segment: Segment) => {
          // One segment may be on its way while the next is read, no more.
          await sent;
          sent = hand!.addSegment(transfer(segment, buffersOf(segment)));
        };
        const problems = await parseTask(task, reader, number, take, (bytes, lines) =>
          news.add(bytes, lines),
        );
        news.tell();
        return { failed: false, problems };
      } catch (error) {
        await sent;
        const problems = task.parts.map(({ content, file }) => ({
          file,
          problem: describeReadError(error, content.name),
        }));
        return { failed: true, problems };
      }
    },
  };
}

/** Gathers what was read until it is time to tell of it: a message for each piece would take longer than the piece. */
class ReadingNews {
  private bytes: Bytes = 0;
  private lines = 0;
  private told: Milliseconds = 0;

  constructor(private readonly onRead: OnRead) {}

  add(bytes: Bytes, lines: number): void {
    this.bytes += bytes;
    this.lines += lines;
    if (performance.now() - this.told > REPORT_EVERY) this.tell();
  }

  tell(): void {
    this.onRead(this.bytes, this.lines);
    this.bytes = this.lines = 0;
    this.told = performance.now();
  }
}

/** What the analysis offers to parse workers. */
interface AnalysisPort {
  addSegment(segment: Segment): void;
  addTable(piece: TablePiece): void;
}

export type ParseApi = ReturnType<typeof createParseApi>;

/** The buffers of a segment's columns: they move, they are not copied. */
function buffersOf(segment: Segment): ArrayBuffer[] {
  const columns: unknown[] = Object.values(segment.requests);
  const { seconds, millis, words } = segment.pushes;
  columns.push(seconds, millis);
  for (const { bytes, ends } of [...segment.words, words]) columns.push(bytes, ends);
  return columns.flatMap((column) => (ArrayBuffer.isView(column) ? [column.buffer as ArrayBuffer] : []));
}

/** The buffers of a table's columns. */
function buffersOfRows({ result: { table } }: TablePiece): ArrayBuffer[] {
  return table.kind === 'none'
    ? []
    : Object.values(table.rows.columns).map(({ buffer }) => buffer as ArrayBuffer);
}
