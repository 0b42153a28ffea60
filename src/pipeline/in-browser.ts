/**
 * What of an analysis is in this browser as it is here, and the steps that put the rest there. In: the analysis, and
 * how many bytes may be taken. Out: files, first figures and classified actions in the store. Between steps questions
 * are answered, and a reading goes first.
 */
import { loadActions, loadActionsHead, saveActions } from '../cache/kept-actions.ts';
import { type Outcome, saveFacts, saveKept, savePresent } from '../cache/kept-files.ts';
import { saveFigures } from '../cache/kept-figures.ts';
import type { FirstQuestion } from '../model/first-figures.ts';
import type { Salt } from '../model/kept-address.ts';
import type { KeptFile } from '../model/kept-file.ts';
import type { OwnFormat } from '../model/own-format.ts';
import type { Bytes } from '../model/units.ts';
import { printOfRows } from './actions-keeping.ts';
import type { Analysis } from './analysis.ts';
import { keepFigures } from './first-figures.ts';
import type { WhileReading } from './while-reading.ts';

export interface Held {
  /** What questions go to, and what is being read. */
  shown: Analysis;
  filled: Analysis;
  own: OwnFormat[];
  /** By what figures are counted. */
  countedBy: string;
}

export class InBrowser {
  private files = new WeakMap<Analysis, Set<number>>();
  /** It was asked what classifying made of its files; and what of that is in this browser as it is here. */
  private readonly asked = new WeakSet<Analysis>();
  private actions = new WeakMap<Analysis, string>();

  constructor(
    private readonly held: () => Held,
    private readonly reading: WhileReading,
  ) {}

  /** Files that are in this browser as they are here. */
  filesOf(analysis: Analysis): Set<number> {
    const files = this.files.get(analysis) ?? new Set<number>();
    this.files.set(analysis, files);
    return files;
  }

  isThere(analysis: Analysis, file: number, kept: KeptFile): void {
    this.filesOf(analysis).add(file);
    analysis.actions.isKept(file, printOfRows(kept));
  }

  /** The store is empty. */
  forget(): void {
    this.files = new WeakMap();
    this.actions = new WeakMap();
  }

  /** The file as it is kept. full: it takes more than `most`. null: it is not wanted any more. */
  async made(
    analysis: Analysis,
    file: number,
    salt: Salt,
    isWanted: () => boolean,
    most: Bytes = Infinity,
  ): Promise<KeptFile | 'full' | null> {
    let isFull = false;
    const goOn = async (stored: Bytes) => {
      await this.pause();
      return isWanted() && !(isFull = stored > most);
    };
    const { own } = this.held();
    const kept = await analysis.keeping.keep(file, salt, own, analysis.addressFacts, goOn);
    return isFull ? 'full' : kept;
  }

  /** Keeps files in this browser; of those that are there as they are here, what is known of their addresses. */
  async keepFiles(
    analysis: Analysis,
    files: readonly number[],
    salt: Salt,
    isWanted: () => boolean,
    most: Bytes,
  ): Promise<Outcome> {
    const { keeping } = analysis;
    const keys = new Set(files.map((file) => keeping.keyOf(file)));
    const done = this.filesOf(analysis);
    let outcome: Outcome = 'kept';
    for (const file of files) {
      await this.reading.over();
      if (!isWanted()) break;
      if (done.has(file)) {
        const facts = keeping.factsOf(file, analysis.addressFacts);
        if (facts) await saveFacts(keeping.keyOf(file), facts, keeping.factsBy(file));
        continue;
      }
      const each = await this.made(analysis, file, salt, isWanted, most);
      if (!each) break;
      const saved = each === 'full' ? each : await saveKept(each, salt, most, keys);
      if (saved === 'kept' && each !== 'full') this.isThere(analysis, file, each);
      else outcome = saved;
    }
    return outcome;
  }

  /** Which files are shown together, and what is shown of them first. */
  async keepFigures(
    analysis: Analysis,
    files: readonly number[],
    asked: FirstQuestion | null,
    most: Bytes,
  ): Promise<void> {
    const done = this.filesOf(analysis);
    const present = files.filter((file) => done.has(file)).map((file) => analysis.keeping.keyOf(file));
    await savePresent(present);
    const { countedBy } = this.held();
    await saveFigures(asked && keepFigures(analysis, new Set(present), asked, countedBy), most);
  }

  /** What classifying made of the files. */
  async keepActions(analysis: Analysis, isWanted: () => boolean, most: Bytes): Promise<void> {
    const head = analysis.actions.head(this.held().countedBy);
    if (!head) return void (await saveActions(null, most));
    const text = JSON.stringify(head);
    const there = await loadActionsHead();
    const isThere = there !== null && JSON.stringify({ ...there, stored: undefined }) === text;
    if (isThere && (analysis.actions.isAsKept || this.actions.get(analysis) === text)) return;
    const made = await analysis.actions.keep(head, async (stored) => {
      await this.pause();
      return isWanted() && stored <= most;
    });
    if (!isWanted()) return;
    this.actions.delete(analysis);
    if (await saveActions(made, most)) this.actions.set(analysis, text);
  }

  /** Before the first file is taken back: what classifying made of all of them. */
  async expectActions(analysis: Analysis): Promise<void> {
    const keys = this.asked.has(analysis) ? null : analysis.actions.keysToCome();
    this.asked.add(analysis);
    if (!keys) return;
    const by = this.held().countedBy;
    const found = await loadActions(by, keys);
    if (found && by === this.held().countedBy) analysis.actions.expect(found);
  }

  /** Lets questions through, and a reading. */
  private async pause(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    await this.reading.over();
  }
}
