/**
 * The page's side of the workers. In: files and questions. Out: progress and answers.
 * One analysis worker holds everything; a pool of parse workers reads files and hands their segments straight to it.
 * Reading is cancelled by ending the parse workers; each reading begins with fresh ones.
 */
import { proxy, releaseProxy, type Remote, transfer, wrap } from 'comlink';
import type { KeptRef } from '../model/kept-file.ts';
import type { LinePart, OwnFormat } from '../model/own-format.ts';
import type { AskColumns } from '../model/table-file.ts';
import { defaultOptions } from '../model/file-options.ts';
import type { Bytes } from '../model/units.ts';
import type { ReadProgress } from '../model/view.ts';
import type { LineAgain } from '../model/why.ts';
import { announceFile, heldOf, type Looked } from './announce-file.ts';
import type { Client } from './client-interface.ts';
import { loadAnalysis, Questions } from './client-questions.ts';
import { Copies } from './find-copies.ts';
import { linesOf, putAgain } from './held-files.ts';
import { behindKept, findReplaced, restoreKept } from './kept-sources.ts';
import { type LateWorker, openLate } from './late-worker.ts';
import { lookAtAll, planTables } from './look-at-all.ts';
import type { ParseApi } from './parse-api.ts';
import { partsOf, type Task } from './parse-table.ts';
import { planTasks, workerCount } from './plan-tasks.ts';
import { ReadingProgress } from './reading-progress.ts';
import {
  addFiles,
  addKept,
  changeSources,
  findGone,
  NO_SOURCES,
  replaceFile,
  type Source,
  type SourceChanges,
  type Sources,
  takePlaces,
} from './sources.ts';
import { spread } from './spread.ts';
import type { HeldLog } from './unreadable-lines.ts';
import type { HeldTable } from './unreadable-rows.ts';

export type { Client, SourceChanges };

type Again = ReturnType<Client['readAgain']>;

interface Hand {
  worker: LateWorker;
  api: Remote<ParseApi>;
}

/** The rules of use that the page begins with. */
export { DEFAULT_USE_RULES } from '../clients/default-use-rules.ts';

export function createClient(): Client {
  return new WorkerClient();
}

const loadParser = () => import('./parse.worker.ts?worker&inline');

class WorkerClient extends Questions implements Client {
  readonly parts = Promise.all([loadAnalysis(), loadParser()]);
  /** None after a reading, until they are asked for: to start them takes time that figures need first. */
  private made: Hand[] = [];
  private nextScanner = 0;
  /** Tells logs apart that are held or being read. */
  private copies = new Copies();
  private heldBefore = 0;
  private stop: (() => void) | null = null;
  private given = NO_SOURCES;
  private givenBefore = NO_SOURCES;
  /** What is read of each file, by its place in the report; null: it is not. */
  private held: (HeldLog | HeldTable | null)[] = [];
  /** All of them as they were looked at, for reading their lines again. */
  private lookedAt: Looked[] = [];
  private ask: AskColumns = () => Promise.resolve(null);

  constructor() {
    super();
    this.makeHands();
  }

  read: Client['read'] = (files, onProgress, kept = []) => {
    const reading = this.readMore(files, onProgress, kept);
    this.opening = files.length === 0 ? reading : null;
    return reading;
  };

  private async readMore(
    files: File[],
    onProgress: (progress: ReadProgress) => void,
    kept: KeptRef[],
  ): Promise<'read' | 'stopped'> {
    const held = addKept(this.given, kept);
    const replaced = await findReplaced(held, files);
    const all = takePlaces(addFiles(held, files), replaced);
    if (this.given.files.some(({ id }) => replaced.some((each) => each.id === id))) {
      // Stopped, all is as it was.
      const end = await this.readAgainAs(all, onProgress);
      if (typeof end === 'object') throw new Error(`${end.gone.join(', ')} can no longer be read.`);
      return 'read';
    }
    this.heldBefore = this.copies.length;
    this.givenBefore = this.given;
    this.given = all;
    const added = this.given.files.slice(this.givenBefore.files.length);
    return this.untilStopped(this.readAll(added, onProgress));
  }

  async readAgain(changes: SourceChanges, onProgress: (progress: ReadProgress) => void): Again {
    if (changes.remove) await this.analysis.forgetSources([...changes.remove]);
    return this.readAgainAs(changeSources(this.given, changes), onProgress);
  }

  private async readAgainAs(changed: Sources, onProgress: (progress: ReadProgress) => void): Again {
    const { given: sources, copies, held, lookedAt } = this;
    // It may be stopped before reading begins.
    let isStopped = false;
    this.stop = () => (isStopped = true);
    const missing = await findGone(changed);
    if (missing.gone.length + missing.notHere.length > 0) {
      this.stop = null;
      return missing;
    }
    this.given = changed;
    this.copies = new Copies();
    this.lookedAt = [];
    this.held = [];
    await this.analysis.beginAgain(changed.own);
    // Scanners are opened with the formats of the user's own.
    this.endHands();
    let end: 'read' | 'stopped' = 'stopped';
    try {
      if (!isStopped) end = await this.untilStopped(this.readAll(changed.files, onProgress));
    } finally {
      this.stop = null;
      if (end === 'stopped') Object.assign(this, { given: sources, copies, held, lookedAt });
      await this.analysis.endAgain(end === 'read' ? 'new' : 'old', this.given.own);
      if (end === 'stopped') this.endHands();
    }
    return end;
  }

  override prepare = async (): Promise<void> => {
    if (this.made.length === 0) this.makeHands();
    await this.analysis.prepare();
  };

  async renameFormats(own: OwnFormat[]): Promise<void> {
    this.given = changeSources(this.given, { own });
    await this.analysis.setOwnTitles(own);
  }

  async unreadable(place: number): Promise<{ blob: Blob; lines: number }> {
    const held = this.held[place];
    if (!held) throw new Error('Lines are not kept. Choose the files again to read them.');
    return this.hands[0]!.api.unreadable(held);
  }

  async firstUnreadable(most: number): Promise<string[]> {
    const lines: string[] = [];
    const { files } = await this.analysis.report();
    for (const [place, { lines: tally }] of files.entries()) {
      const log = this.held[place];
      if (!log || 'plan' in log || lines.length >= most || tally.unreadable === 0) continue;
      lines.push(...(await this.hands[0]!.api.firstUnreadable(log, most - lines.length)));
    }
    return lines;
  }

  readPasted = (text: string) => this.hands[0]!.api.readPasted(text);
  readFormat = (text: string) => this.hands[0]!.api.readFormat(text);
  splitLine = (line: string) => this.hands[0]!.api.splitLine(line);
  fromClicks = (line: string, parts: LinePart[]) => this.hands[0]!.api.fromClicks(line, parts);
  tryFormat = (text: string, lines: string[]) => this.hands[0]!.api.tryFormat(text, lines);

  cancel(): void {
    if (!this.stop) return;
    this.endHands();
    this.stop();
  }

  async keep(): Promise<void> {
    await this.filled.finish();
  }

  async discard(): Promise<void> {
    this.copies.truncate(this.heldBefore);
    this.given = this.givenBefore;
    await this.filled.discard();
  }

  linesAt(file: number, offsets: Bytes[]): Promise<LineAgain[]> {
    return linesOf(this.lookedAt[file], offsets, this.hands[0]!.api);
  }

  async giveAgain(file: File): Promise<boolean> {
    const found = await this.hands[0]!.api.look(file, defaultOptions(file.lastModified));
    const sources = putAgain(found, this.lookedAt);
    this.given = replaceFile(this.given, sources, file);
    this.held = this.lookedAt.map(heldOf);
    return sources.size > 0;
  }

  setAskColumns(ask: AskColumns): void {
    this.ask = ask;
  }

  async forget(): Promise<void> {
    this.copies = new Copies();
    this.lookedAt = [];
    this.held = [];
    this.given = { ...this.given, files: [] };
    await this.analysis.forget();
    this.placesKeeper.lost();
  }

  tookKept = () => this.lookedAt.some(({ facts, kept }) => kept !== null && !facts.withoutBytes);
  private async untilStopped(reading: Promise<'read'>): Promise<'read' | 'stopped'> {
    const stopped = new Promise<'stopped'>((resolve) => (this.stop = () => resolve('stopped')));
    try {
      return await Promise.race([reading, stopped]);
    } catch (error) {
      // Nobody waits for it: the worker may be what is broken.
      void this.filled.readingFailed();
      throw error;
    } finally {
      this.stop = null;
      this.endHands();
    }
  }

  private async readAll(files: Source[], onProgress: (progress: ReadProgress) => void): Promise<'read'> {
    // These to the end: when the reading is cancelled, none of the next ones goes on with it.
    const { hands } = this;
    const looked = await this.lookAtAll(files, hands);
    const announced = looked.map(announceFile);
    const first = await this.filled.announce(announced);
    const held = looked.map(heldOf);
    this.held.splice(first, Infinity, ...held);
    this.lookedAt.splice(first, Infinity, ...looked);
    const ranges = await restoreKept(this.filled, looked, first);
    // First: what comes before a table's requests is not known, so all others' wait for them.
    const tables = await planTables(held, first, ranges, hands[0]!.api);
    const contents = held.map((each, i) =>
      each && 'options' in each && ranges[i] !== null ? each.content : null,
    );
    const tasks: Task[] = [...tables, ...behindKept(planTasks(contents, first, hands.length), first, ranges)];
    const progress = new ReadingProgress(tasks, first, announced.length, this.filled, onProgress);
    const onRead = proxy((bytes: Bytes, lines: number) => progress.add(bytes, lines));

    await Promise.all(
      hands.map(async (hand) => {
        for (let task = tasks.shift(); task; task = tasks.shift()) {
          progress.begin(task);
          await this.readTask(hand, task, tasks, onRead);
        }
        await hand.api.flush();
      }),
    );
    await this.filled.finish();
    return 'read';
  }

  private async readTask(
    hand: Hand,
    task: Task,
    tasks: Task[],
    onRead: (bytes: number, lines: number) => void,
  ): Promise<void> {
    const { failed, problems } =
      'plan' in task
        ? await hand.api.parseTable(task, onRead)
        : await hand.api.parse(task, (this.held[task.parts[0]!.file] as HeldLog).options, onRead);
    for (const { file, problem } of problems) {
      if (failed) await this.filled.endFile(file, problem);
      else await this.filled.addProblem(file, problem);
    }
    if (!failed) return;
    const given = new Set(partsOf(task).map(({ file }) => file));
    const rest = tasks.filter((each) => !given.has(partsOf(each)[0]!.file));
    tasks.splice(0, tasks.length, ...rest);
  }

  private async lookAtAll(sources: Source[], hands: Hand[]): Promise<Looked[]> {
    const kept = await this.memory.soon();
    const origin = kept.size > 0 ? await this.placesKeeper.origin() : '';
    const { stop } = this;
    const looked = await lookAtAll(sources, {
      look: (here) => spread(hands, here, (hand, { file, options }) => hand.api.look(file!, options)),
      askCopies: hands[0]!.api,
      ...{ ask: this.ask, copies: this.copies, own: this.given.own, kept, origin },
    });
    // Stopped while somebody was asked: this reading is over.
    if (this.stop !== stop) await new Promise(() => {});
    return looked;
  }

  /** Parse workers, connected to the analysis; fresh ones after each reading. */
  private get hands(): Hand[] {
    if (this.made.length === 0) this.makeHands();
    return this.made;
  }

  private makeHands(): void {
    const count = workerCount(navigator.hardwareConcurrency || 2);
    for (let i = 0; i < count; i++) {
      const worker = openLate(loadParser);
      const api = wrap<ParseApi>(worker.port);
      const { port1, port2 } = new MessageChannel();
      void this.filled.attach(transfer(port1, [port1]));
      void api.connect(transfer(port2, [port2]), this.nextScanner++, this.given.own);
      this.made.push({ worker, api });
    }
  }

  private endHands(): void {
    for (const { worker, api } of this.made) {
      api[releaseProxy]();
      worker.terminate();
    }
    this.made = [];
  }
}
