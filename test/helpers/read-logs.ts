import { gzipSync } from 'node:zlib';
import { openScanner, type Scanner } from '../../src/formats/open-scanner.ts';
import { WordTable } from '../../src/lib/word-table.ts';
import { digestOfAction } from '../../src/model/action-digest.ts';
import { defaultOptions, type FileOptions } from '../../src/model/file-options.ts';
import type { LinePattern } from '../../src/model/line-pattern.ts';
import { type CountingRules, DEFAULT_RULES } from '../../src/model/counting-rules.ts';
import {
  ACTION_NONE,
  FLAG_CHAIN_HAS_GET,
  NO_REQUEST,
  PAGE_MASK,
  PAGE_SHIFT,
} from '../../src/model/request-table.ts';
import type { RepoType } from '../../src/model/action-rows.ts';
import { repoNameOf, repoTypeOf } from '../../src/model/repository-name.ts';
import { FLAG_DIGEST, NO_WORD, type Segment } from '../../src/model/segment.ts';
import type { Traffic } from '../../src/model/traffic.ts';
import type { FileReport, LineTally } from '../../src/model/view.ts';
import { Analysis } from '../../src/pipeline/analysis.ts';
import { isPlain } from '../../src/intake/content.ts';
import { type FileFacts, lookAtFile } from '../../src/pipeline/look-at-file.ts';
import { parseTask } from '../../src/pipeline/parse-file.ts';
import type { ParseTask } from '../../src/pipeline/parse-task.ts';
import { planTable, readTableTask } from '../../src/pipeline/parse-table.ts';
import { planTasks } from '../../src/pipeline/plan-tasks.ts';
import { printOf } from '../../src/pipeline/announce-file.ts';
import { settleTables, titleOf } from '../../src/pipeline/settle-tables.ts';

export interface LogFile {
  name: string;
  bytes: Uint8Array;
}

export interface ReadOptions {
  rules?: Partial<CountingRules>;
  /** Piece size in bytes, or sizes that take turns. */
  chunk?: number | number[];
  /** Number of scanners that take turns. */
  scanners?: number;
  kernel?: 'wasm' | 'javascript';
  gzip?: boolean;
  /** Pieces of different scanners arrive in this shuffled order. */
  seed?: number;
  /** What is said of every file. */
  fileOptions?: Partial<FileOptions>;
  own?: LinePattern[];
  /** Files can be kept afterwards. */
  print?: boolean;
  /** They come beside what is there; it has its own rules. */
  into?: Analysis;
}

export interface ReadAction {
  /** Milliseconds since 1970. */
  time: number;
  client: string;
  prefix: string;
  name: string;
  repoType: RepoType;
  reference: string;
  tag: string;
  digest: string;
  method: 'HEAD' | 'GET';
  action: 'version_check' | 'pull_by_tag' | 'pull_by_digest' | 'download';
  /** Unescaped. */
  agent: string;
  /** The chain, in time order. */
  requests: { file: string; offset: number }[];
}

export interface ReadResult {
  /** In time order. */
  actions: ReadAction[];
  tally: LineTally;
  unreadable: { file: string; line: number; reason: number }[];
  files: FileReport[];
  analysis: Analysis;
}

/** Reads logs through the whole corridor, in this process: what the workers do, without workers. */
export async function readLogs(files: LogFile[], options: ReadOptions = {}): Promise<ReadResult> {
  const { chunk = 1 << 20, scanners: count = 1, kernel = 'wasm', gzip = false, seed = 0 } = options;
  const handed = files.map(
    ({ name, bytes }) => new File([new Uint8Array(gzip ? gzipSync(bytes) : bytes)], name),
  );
  const own = options.own ?? [];
  const fileOptions = { ...defaultOptions(Date.UTC(2026, 10, 30)), ...options.fileOptions };
  const looker = own.length > 0 ? await openScanner(kernel, own) : await openLooker(kernel);
  looker.setOptions(fileOptions);
  const facts: FileFacts[] = [];
  for (const file of handed) facts.push(...(await lookAtFile(file, looker)));
  await settleTables(facts, async ({ guess }) => ({ mapping: guess, repository: '' }));
  facts.sort((a, b) => a.firstTime - b.firstTime || 0);

  const scanners = await openScanners(count, kernel, own);
  for (const scanner of scanners) scanner.setOptions(fileOptions);
  const analysis = options.into ?? new Analysis();
  if (!options.into) analysis.setRules({ ...DEFAULT_RULES, ...options.rules });
  const first = analysis.announce(
    facts.map((each) => ({
      name: each.content.name,
      size: each.size,
      compressed: each.content.outer !== null,
      expectedFirst: each.firstTime,
      contentKey: each.contentKey,
      state: each.state === 'log' ? 'waiting' : each.state === 'empty' ? 'read' : each.state,
      problems: each.problems,
      source: 0,
      options: fileOptions,
      table: titleOf(each),
      ...(options.print ? { print: printOf(each) } : {}),
    })),
  );
  const logs = facts.map(({ content, state, table }) => (state === 'log' && table === null ? content : null));
  for (const [file, { content, state, table }] of facts.entries()) {
    if (state !== 'log' || !table || table.kind === 'unknown') continue;
    for (const task of await planTable(content, table, first + file)) {
      const { piece, segment, problems } = await readTableTask(task, openScanner, () => {});
      if (segment) analysis.addSegment(segment);
      else analysis.addTable(piece);
      for (const problem of problems) analysis.addProblem(first + file, problem);
    }
  }
  const tasks = planTasks(logs, first, 1).flatMap((task) => cut(task, chunk));
  const queues = scanners.map(() => [] as Segment[]);
  const random = seed === 0 ? () => 0 : randomNumbers(seed);
  for (const [turn, task] of tasks.entries()) {
    const scanner = seed === 0 ? turn % scanners.length : Math.floor(random() * scanners.length);
    const problems = await parseTask(
      task,
      scanners[scanner]!,
      scanner,
      (segment) => void queues[scanner]!.push(segment),
      () => {},
    );
    for (const { file, problem } of problems) analysis.addProblem(file, problem);
    if (seed === 0) deliver(queues[scanner]!, analysis);
    else if (random() < 0.3) deliver(queues[Math.floor(random() * queues.length)]!, analysis);
  }
  while (queues.some((queue) => queue.length > 0)) {
    deliver(queues[Math.floor(random() * queues.length)]!, analysis);
    if (seed === 0) for (const queue of queues) deliver(queue, analysis);
  }
  analysis.finish();
  const report = analysis.report();
  return {
    actions: actionsOf(
      analysis.traffic(),
      report.files.map(({ name }) => name),
    ),
    tally: report.total,
    unreadable: report.files.flatMap((file) =>
      file.unreadable.map(({ line, reason }) => ({ file: file.name, line, reason })),
    ),
    files: report.files,
    analysis,
  };
}

/** What files are ordered by when their first requests are at the same time. */
export const contentKey = (bytes: Uint8Array) =>
  WordTable.hash(bytes.subarray(0, 64 << 10))
    .toString(16)
    .padStart(8, '0') + String(bytes.length).padStart(16, '0');

/** The JavaScript scanner is one module with one memory, so there is one of it. */
async function openScanners(
  count: number,
  kernel: 'wasm' | 'javascript',
  own: LinePattern[],
): Promise<Scanner[]> {
  return Promise.all(Array.from({ length: kernel === 'wasm' ? count : 1 }, () => openScanner(kernel, own)));
}

let wasmLooker: Promise<Scanner> | null = null;

/** Looks are taken by a scanner of their own, so that their words do not go into the dictionaries; one does for all. */
async function openLooker(kernel: 'wasm' | 'javascript'): Promise<Scanner> {
  return kernel === 'wasm' ? (wasmLooker ??= openScanner()) : openScanner(kernel);
}

function deliver(queue: Segment[], analysis: Analysis): void {
  for (const segment of queue.splice(0)) analysis.addSegment(segment);
}

/** The pieces of a plain file, in pieces of other sizes. */
function cut(task: ParseTask, chunk: number | number[]): ParseTask[] {
  const { parts, index } = task;
  const { content } = parts[0]!;
  if (!isPlain(content)) return [task];
  const tasks: ParseTask[] = [];
  const { size } = content.blob;
  const sizes = [chunk].flat();
  for (let start = 0; start < size && index === 0;) {
    const end = Math.min(size, start + sizes[tasks.length % sizes.length]!);
    tasks.push({ parts, index: tasks.length, start, end });
    start = end;
  }
  return tasks;
}

function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Every action with its chain, spelled out. */
export function actionsOf(traffic: Traffic, fileNames: string[]): ReadAction[] {
  const { table, references } = traffic;
  const actions: ReadAction[] = [];
  const kinds = ['', 'version_check', 'pull_by_tag', 'pull_by_digest', 'download'] as const;
  for (let i = 0; i < traffic.length; i++) {
    const row = traffic.order[i]!;
    const page = table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    const kind = page.action[at]!;
    if (kind === ACTION_NONE) continue;
    const [prefix, name] = traffic.repositories.textOf(page.repository[at]!).split('\0');
    const reference = references.textOf(page.reference[at]!);
    const isDigest = (page.flags[at]! & FLAG_DIGEST) !== 0;
    const digest = digestOfAction(table, row);
    const chain: number[] = [];
    for (let each = row; each !== NO_REQUEST;) {
      chain.push(each);
      each = table.pages[each >>> PAGE_SHIFT]!.next[each & PAGE_MASK]!;
    }
    actions.push({
      time: table.time(row),
      client: traffic.clients.textOf(page.client[at]!),
      prefix: prefix!,
      name: repoNameOf(name!),
      repoType: repoTypeOf(name!),
      reference,
      tag: isDigest || kinds[kind] === 'download' ? '' : reference,
      digest: digest === NO_WORD ? '' : references.textOf(digest),
      method: page.flags[at]! & FLAG_CHAIN_HAS_GET ? 'GET' : 'HEAD',
      action: kinds[kind] as ReadAction['action'],
      agent: traffic.agents.textOf(page.agent[at]!),
      requests: chain.map((each) => {
        const { file, offset } = table.placeOf(each);
        return { file: fileNames[file]!, offset };
      }),
    });
  }
  return actions;
}
