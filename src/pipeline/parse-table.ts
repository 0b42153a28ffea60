/**
 * From a file that is a table to columns: intake and tables joined. In: a content, how to read it, and which range.
 * Out: a segment where the rows are requests for manifests, which our rules are to classify, else the table's columns.
 * A big plain file is cut where records end, so that several workers read it. Runs in a parse worker, and in tests.
 */
import type { Scanner } from '../formats/open-scanner.ts';
import { type Content, isPlain, readContent } from '../intake/content.ts';
import { readBytes } from '../intake/read-bytes.ts';
import type { Problem } from '../model/problem.ts';
import type { Segment } from '../model/segment.ts';
import type { TablePlan } from '../model/table-file.ts';
import type { TableResult } from '../model/table-format.ts';
import type { Bytes } from '../model/units.ts';
import { readApiJson } from '../tables/read-api-json.ts';
import { readTable } from '../tables/read-table.ts';
import { chunkAtRecords } from '../tables/record-borders.ts';
import type { OnRead, ParseTask } from './parse-task.ts';
import { segmentOfRequests } from './requests-to-segment.ts';

/** A range of a table, or all of it. */
export interface TableTask {
  content: Content;
  plan: TablePlan;
  file: number;
  index: number;
  last: boolean;
  start: Bytes;
  end: Bytes;
}

/** What a table, or a range of it, gave. Requests that became a segment are no longer in the result. */
export interface TablePiece {
  file: number;
  index: number;
  last: boolean;
  result: TableResult;
}

export interface ReadPiece {
  piece: TablePiece;
  segment: Segment | null;
  problems: Problem[];
}

/** Of Hugging Face's log: its requests are for files of models and datasets, not for manifests. */
const HUB_REQUESTS = 'hub-requests';
/** A range of a table: parsing one takes seconds, not minutes. */
const TABLE_RANGE: Bytes = 16 << 20;

/** The tasks of one table. Reads all of a big one, to find where its records end. */
export async function planTable(
  content: Content,
  plan: TablePlan,
  file: number,
  range: Bytes = TABLE_RANGE,
): Promise<TableTask[]> {
  const { blob } = content;
  const isWhole = plan.kind === 'api' || !plan.format.divisible || !isPlain(content) || blob.size <= range;
  const ranges = isWhole
    ? [{ start: 0, end: blob.size }]
    : await chunkAtRecords(blob, plan.format.delimiter, range);
  return ranges.map(({ start, end }, index) => ({
    ...{ content, plan, file, index, start, end },
    last: index === ranges.length - 1,
  }));
}

export async function readTableTask(
  task: TableTask,
  openScanner: () => Promise<Scanner>,
  onRead: OnRead,
): Promise<ReadPiece> {
  const { file, index, last } = task;
  const { result, problem } = await readRows(task, (count) => onRead(count, 0));
  onRead(0, result.lines);
  const problems = [...result.problems, ...(problem ? [problem] : [])];
  const piece = { file, index, last, result: { ...result, problems: [] } };
  const { table, format } = result;
  if (table.kind !== 'requests' || format.id === HUB_REQUESTS) return { piece, segment: null, problems };
  const segment = segmentOfRequests(table.rows, result, await openScanner(), task);
  piece.result.table = { kind: 'none' };
  return { piece, segment, problems };
}

/** The rows of a table, and what is wrong with its bytes. `onUnreadable` gets each row that cannot be read. */
export async function readRows(
  task: Omit<TableTask, 'file' | 'last'>,
  onRead: (bytes: Bytes) => void,
  onUnreadable?: (row: string) => void,
): Promise<{ result: TableResult; problem: Problem | null }> {
  const { content, plan, index, start } = task;
  const bytes = new Pieces();
  const reading = bytes.readFrom(task, onRead);
  const options = { name: content.name, isLaterRange: index > 0, start, onUnreadable };
  const result =
    plan.kind === 'api'
      ? apiResult(await textOf(bytes), content.name, onUnreadable)
      : await readTable(bytes.all(), { ...options, format: plan.format, repository: plan.repository });
  return { result, problem: await reading };
}

const decoder = new TextDecoder();

async function textOf(bytes: Pieces): Promise<string> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of bytes.all()) parts.push(piece);
  return decoder.decode(await new Blob(parts).arrayBuffer());
}

function apiResult(text: string, name: string, onUnreadable?: (row: string) => void): TableResult {
  const result = readApiJson(text, onUnreadable);
  if (result) return result;
  const empty = readApiJson('{"pulls":[]}')!;
  empty.problems.push({
    severity: 'error',
    ...{ file: name, line: 0, reason: `${name} begins as an answer of Docker's API does, but is no JSON.` },
    remedy: 'Get it again: it may have been cut off.',
  });
  return empty;
}

/** Pieces that are handed out as they come: from callbacks to an iterable. */
class Pieces {
  private readonly held: Uint8Array<ArrayBuffer>[] = [];
  private isOver = false;
  private failure: unknown = null;
  private wake: () => void = () => {};

  /** Reads the task's bytes; answers what is wrong with them. */
  async readFrom(
    { content, start, end }: Pick<TableTask, 'content' | 'start' | 'end'>,
    onRead: (bytes: Bytes) => void,
  ): Promise<Problem | null> {
    // The piece's memory is used again after the call.
    const take = (piece: Uint8Array) => {
      this.held.push(piece.slice());
      this.wake();
    };
    try {
      if (!isPlain(content)) return await readContent(content, take, onRead);
      await readBytes(content.blob, start, end, (piece) => {
        take(piece);
        onRead(piece.length);
      });
      return null;
    } catch (error) {
      this.failure = error;
      return null;
    } finally {
      this.isOver = true;
      this.wake();
    }
  }

  async *all(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    for (;;) {
      for (let piece = this.held.shift(); piece; piece = this.held.shift()) yield piece;
      if (this.failure) throw this.failure;
      if (this.isOver) return;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}

/** What a worker reads next: of a log, or of a table. */
export type Task = ParseTask | TableTask;

export function partsOf(task: Task): { content: Content; file: number }[] {
  return 'plan' in task ? [task] : task.parts;
}
