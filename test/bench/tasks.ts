/**
 * How long the page's own thread is ever busy at a stretch. In: the page, a log. Out: rows of a table: of each way of
 * giving files the longest task from their choice until all was read, and that until the page was drawn, by the clock and
 * by processor time, which a busy machine changes less; and all of the thread's processor time until the figures stood.
 * Taken from the browser's own trace of tasks.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { commonTime } from '../helpers/log-lines.ts';
import { chromeOptions } from '../helpers/chrome.ts';

const PARTS = 200;
const REPOSITORIES = 12_000;
/** Turns of drawing, and the first figures that are counted when nobody waits. */
const DRAWING = 4000;

interface Way {
  name: string;
  /** Files that are read before, and no part of what is measured. */
  before: string[];
  files: string[];
}

export async function measureTasks(url: string, file: string, repetitions: number): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'pullscope-tasks-'));
  const parts = inParts(file, directory);
  const ways: Way[] = [
    { name: 'one log', before: [], files: [file] },
    { name: 'the same in gzip', before: [], files: [packed(file, directory)] },
    { name: `the same in ${PARTS} files`, before: [], files: parts },
    { name: `${REPOSITORIES} repositories`, before: [], files: [manyRepositories(directory)] },
    { name: '20 files more', before: [manyRepositories(directory)], files: parts.slice(0, 20) },
  ];
  const lines = [
    '| what | longest while reading, ms | of processor | longest until drawn, ms | of processor | all until figures, processor ms |',
    '| --- | --- | --- | --- | --- | --- |',
  ];
  for (const way of ways) {
    const runs: Busy[] = [];
    for (let i = 0; i < repetitions; i++) runs.push(await busyFor(url, way, directory));
    const most = (of: (run: Busy) => number) => Math.max(...runs.map(of)).toFixed(0);
    const cells = [
      ...[most(({ reading }) => reading.wall), most(({ reading }) => reading.cpu)],
      ...[most(({ drawing }) => drawing.wall), most(({ drawing }) => drawing.cpu)],
      most(({ cpu }) => cpu),
    ];
    lines.push(`| ${[way.name, ...cells].join(' | ')} |`);
  }
  rmSync(directory, { recursive: true });
  return lines.join('\n');
}

interface Task {
  wall: number;
  cpu: number;
}

interface Busy {
  reading: Task;
  drawing: Task;
  cpu: number;
}

async function busyFor(url: string, { before, files }: Way, directory: string): Promise<Busy> {
  const trace = join(directory, 'trace.json');
  const browser = await chromium.launch(await chromeOptions());
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    let stands = () => {};
    // Asked for by the test tool, the page would be searched again and again in tasks of its thread.
    await page.exposeBinding('benchStands', () => stands());
    const untilRead = () => new Promise<void>((resolve) => (stands = resolve));
    await page.goto(url);
    // What comes behind the start page comes first.
    await page.waitForTimeout(2000);
    if (before.length > 0) {
      await page.evaluate(watch, before.length);
      const isRead = untilRead();
      await page.getByLabel('Choose files').setInputFiles(before);
      await isRead;
      await page.waitForTimeout(DRAWING);
    }
    await page.evaluate(watch, before.length + files.length);
    await browser.startTracing(page, { path: trace, categories: ['toplevel', 'blink.user_timing'] });
    const isRead = untilRead();
    await page.getByLabel('Choose files').setInputFiles(files);
    await isRead;
    await page.waitForTimeout(DRAWING);
    await browser.stopTracing();
  } finally {
    await browser.close();
  }
  return busyIn(JSON.parse(readFileSync(trace, 'utf8')).traceEvents as TraceEvent[]);
}

/** Runs in the page: answers that files are to be added, marks their choice and the figures in the trace. */
function watch(files: number): void {
  addEventListener('change', () => performance.mark('bench chosen'), { capture: true, once: true });
  const wanted = new RegExp(`^\\s*Read ${files} files?:`);
  new MutationObserver((_, observer) => {
    const add = document.querySelector<HTMLElement>('dialog[open] .primary');
    // Not in the task that draws it: a person takes longer, too.
    if (add) setTimeout(() => add.click(), 50);
    if (!wanted.test(document.querySelector('[role=status]')?.textContent ?? '')) return;
    observer.disconnect();
    performance.mark('bench figures');
    (window as unknown as { benchStands(): void }).benchStands();
  }).observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: ['open'],
  });
}

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** In microseconds, as are the next two. */
  ts: number;
  dur?: number;
  /** Of the processor. */
  tdur?: number;
}

/** The task in which the figures are drawn is the first of drawing. */
function busyIn(events: TraceEvent[]): Busy {
  const marked = (name: string) => {
    const mark = events.findLast((event) => event.name === name);
    if (!mark) throw new Error(`The trace has no mark "${name}".`);
    return mark;
  };
  const [chosen, figures] = [marked('bench chosen'), marked('bench figures')];
  const tasks = events.filter(
    ({ name, pid, tid, ts, dur }) =>
      name.endsWith('RunTask') && pid === figures.pid && tid === figures.tid && ts + (dur ?? 0) > chosen.ts,
  );
  const isBefore = ({ ts, dur = 0 }: TraceEvent) => ts + dur < figures.ts;
  const longest = (of: TraceEvent[]): Task => ({
    wall: Math.max(0, ...of.map(({ dur = 0 }) => dur / 1000)),
    cpu: Math.max(0, ...of.map(({ tdur = 0 }) => tdur / 1000)),
  });
  return {
    reading: longest(tasks.filter(isBefore)),
    drawing: longest(tasks.filter((task) => !isBefore(task))),
    cpu: tasks.filter(({ ts }) => ts <= figures.ts).reduce((sum, { tdur = 0 }) => sum + tdur / 1000, 0),
  };
}

function packed(file: string, directory: string): string {
  const path = join(directory, 'access.log.gz');
  writeFileSync(path, gzipSync(readFileSync(file)));
  return path;
}

/** Cut at ends of lines. */
function inParts(file: string, directory: string): string[] {
  const bytes = readFileSync(file);
  let start = 0;
  return Array.from({ length: PARTS }, (_, part) => {
    const end =
      part === PARTS - 1 ? bytes.length : bytes.indexOf(10, (bytes.length * (part + 1)) / PARTS) + 1;
    const path = join(directory, `access-${part}.log`);
    writeFileSync(path, bytes.subarray(start, end));
    start = end;
    return path;
  });
}

function manyRepositories(directory: string): string {
  const path = join(directory, 'many.log');
  const start = Date.UTC(2026, 5, 1);
  const lines = Array.from({ length: REPOSITORIES * 8 }, (_, i) => {
    const name = `team${i % 60}/service-${(i * 7) % REPOSITORIES}`;
    const address = `10.${(i >> 12) & 255}.${(i >> 4) & 255}.${i & 15}`;
    return `${address} - - [${commonTime(start + i * 60_000)}] "GET /v2/${name}/manifests/1.${i % 9} HTTP/1.1" 200 1234 "-" "containerd/1.7.24"\n`;
  });
  writeFileSync(path, lines.join(''));
  return path;
}
