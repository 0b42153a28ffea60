/**
 * From a file to segments: intake and formats joined. In: a content and which piece of it. Out: segments, in order.
 * A plain file is cut into ranges that several workers read; a range owns the lines that begin in it. A compressed
 * file is one stream, and so is a compressed archive with all its members, and JSON that is one value. Runs in a parse worker, and in tests.
 */
import type { Scanner } from '../formats/open-scanner.ts';
import { isPlain, readParts } from '../intake/content.ts';
import { JsonFlattener } from '../intake/flatten-json.ts';
import type { Problem } from '../model/problem.ts';
import { parseRange } from './parse-range.ts';
import type { EmitSegment, OnRead, ParseTask } from './parse-task.ts';

/** A compressed file is handed on in segments of this many decompressed bytes. */
const SEGMENT_BYTES = 32 << 20;

/** What was wrong with a file. */
export interface FileProblem {
  file: number;
  problem: Problem;
}

/** Reads one task; answers what was wrong with its files. */
export async function parseTask(
  task: ParseTask,
  scanner: Scanner,
  scannerNumber: number,
  emit: EmitSegment,
  onRead: OnRead,
): Promise<FileProblem[]> {
  if (!isPlain(task.parts[0]!.content)) return parsePacked(task, scanner, scannerNumber, emit, onRead);
  await parseRange(task, scanner, scannerNumber, emit, onRead);
  return [];
}

async function parsePacked(
  { parts }: ParseTask,
  scanner: Scanner,
  scannerNumber: number,
  emit: EmitSegment,
  onRead: OnRead,
): Promise<FileProblem[]> {
  const problems: FileProblem[] = [];
  let emitted: Promise<void> | void = undefined;
  let file = 0;
  let flattener: JsonFlattener | null = null;
  let index = 0;
  let start = 0;
  let lines = 0;
  const tellLines = () => {
    onRead(0, scanner.lines() - lines);
    lines = scanner.lines();
  };
  const take = (last: boolean) => {
    const size = scanner.consumed();
    emitted = emit(scanner.takeSegment({ file, index: index++, last, start, scanner: scannerNumber }));
    start += size;
    lines = 0;
  };
  await readParts(
    parts.map(({ content }) => content),
    {
      begin(part) {
        file = parts[part]!.file;
        const { layout } = parts[part]!.content;
        flattener = typeof layout === 'number' ? new JsonFlattener(layout) : null;
        index = start = 0;
        scanner.begin(false);
      },
      take(piece) {
        flattener?.flatten(piece);
        scanner.feed(piece);
        tellLines();
        if (scanner.consumed() >= SEGMENT_BYTES) take(false);
      },
      end(_, problem) {
        scanner.finish();
        tellLines();
        take(true);
        if (problem) problems.push({ file, problem });
      },
    },
    (bytes) => onRead(bytes, 0),
  );
  await emitted;
  return problems;
}
