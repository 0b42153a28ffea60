/**
 * Keeping, in the analysis worker: files of the analysis into this browser or a session file, and kept ones into the
 * analysis. Work is done in steps, one thing at a time, so that questions are answered in between.
 */
import { loadActions, loadActionsHead, saveActions } from '../cache/kept-actions.ts';
import {
  loadKept,
  loadSalt,
  type Outcome,
  removeKept,
  saveFacts,
  saveKept,
  savePresent,
} from '../cache/kept-files.ts';
import { loadFigures, saveFigures } from '../cache/kept-figures.ts';
import { readSessionPart, writeSession } from '../cache/session-file.ts';
import { newSalt, type Salt } from '../model/kept-address.ts';
import type { FirstFigures, FirstQuestion } from '../model/first-figures.ts';
import type { KeptFile, KeptRef } from '../model/kept-file.ts';
import type { OwnFormat } from '../model/own-format.ts';
import type { Bytes } from '../model/units.ts';
import { printOfRows } from './actions-keeping.ts';
import type { Analysis } from './analysis.ts';
import { keepFigures, openFigures } from './first-figures.ts';
import { WhileReading } from './while-reading.ts';

/** What was kept of the files that could be. */
export interface Remembered {
  outcome: Outcome;
  kept: number;
  files: number;
}

export interface Held {
  /** What questions go to, and what is being read. */
  shown: Analysis;
  filled: Analysis;
  own: OwnFormat[];
  /** By what figures are counted. */
  countedBy: string;
}

/** reading: what is kept in this browser waits until it is over. */
export function createKeepingApi(held: () => Held, reading = new WhileReading()) {
  let salt: Salt | null = null;
  let isOn = false;
  /** Files that are in this browser as they are here. */
  let kept = new WeakMap<Analysis, Set<number>>();
  /** It was asked what classifying made of its files; and what of that is in this browser as it is here. */
  const asked = new WeakSet<Analysis>();
  let actions = new WeakMap<Analysis, string>();
  let turn: Promise<unknown> = Promise.resolve();
  /** Work for an earlier one is not wanted any more. */
  let generation = 0;

  const keptOf = (analysis: Analysis) => {
    const files = kept.get(analysis) ?? new Set<number>();
    kept.set(analysis, files);
    return files;
  };

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work, work);
    turn = result;
    return result;
  }

  /** Where nothing is to be kept, nothing is written for it either. */
  async function anySalt(): Promise<Salt> {
    const made = newSalt();
    return (isOn ? await loadSalt(made) : null) ?? made;
  }

  /** Lets questions through, and a reading. */
  async function pause(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    await reading.over();
  }

  /** full: it takes more than `most`. null: it is not wanted any more. */
  async function keep(
    analysis: Analysis,
    file: number,
    isWanted: () => boolean,
    most: Bytes = Infinity,
  ): Promise<KeptFile | 'full' | null> {
    let isFull = false;
    const goOn = async (stored: Bytes) => {
      await pause();
      return isWanted() && !(isFull = stored > most);
    };
    const kept = await analysis.keeping.keep(file, salt!, held().own, analysis.addressFacts, goOn);
    return isFull ? 'full' : kept;
  }

  /** Before the first file is taken back: what classifying made of all of them. */
  async function expectActions(analysis: Analysis): Promise<void> {
    const keys = asked.has(analysis) ? null : analysis.actions.keysToCome();
    asked.add(analysis);
    if (!keys) return;
    const by = held().countedBy;
    const found = await loadActions(by, keys);
    if (found && by === held().countedBy) analysis.actions.expect(found);
  }

  async function keepActions(analysis: Analysis, isWanted: () => boolean, most: Bytes): Promise<void> {
    const head = analysis.actions.head(held().countedBy);
    if (!head) return void (await saveActions(null, most));
    const text = JSON.stringify(head);
    const there = await loadActionsHead();
    const isThere = there !== null && JSON.stringify({ ...there, stored: undefined }) === text;
    if (isThere && (analysis.actions.isAsKept || actions.get(analysis) === text)) return;
    const made = await analysis.actions.keep(head, async (stored) => {
      await pause();
      return isWanted() && stored <= most;
    });
    if (!isWanted()) return;
    actions.delete(analysis);
    if (await saveActions(made, most)) actions.set(analysis, text);
  }

  /** Keeps files in this browser; of those that are there as they are here, what is known of their addresses. */
  async function keepFiles(
    analysis: Analysis,
    files: readonly number[],
    salt: Salt,
    isWanted: () => boolean,
    most: Bytes,
  ): Promise<Outcome> {
    const { keeping } = analysis;
    const keys = new Set(files.map((file) => keeping.keyOf(file)));
    const done = keptOf(analysis);
    let outcome: Outcome = 'kept';
    for (const file of files) {
      await reading.over();
      if (!isWanted()) break;
      if (done.has(file)) {
        const facts = keeping.factsOf(file, analysis.addressFacts);
        if (facts) await saveFacts(keeping.keyOf(file), facts, keeping.factsBy(file));
        continue;
      }
      const each = await keep(analysis, file, isWanted, most);
      if (!each) break;
      const saved = each === 'full' ? each : await saveKept(each, salt, most, keys);
      if (saved === 'kept' && each !== 'full') {
        done.add(file);
        analysis.actions.isKept(file, printOfRows(each));
      } else outcome = saved;
    }
    return outcome;
  }

  /** Which files are shown together, and what is shown of them first. */
  async function keepFiguresOf(
    analysis: Analysis,
    files: readonly number[],
    asked: FirstQuestion | null,
    most: Bytes,
  ): Promise<void> {
    const done = keptOf(analysis);
    const present = files.filter((file) => done.has(file)).map((file) => analysis.keeping.keyOf(file));
    await savePresent(present);
    await saveFigures(asked && keepFigures(analysis, new Set(present), asked, held().countedBy), most);
  }

  async function* allOf(analysis: Analysis): AsyncGenerator<KeptFile> {
    const begun = generation;
    for (const file of analysis.keeping.keepable()) {
      const each = await keep(analysis, file, () => begun === generation);
      if (each && each !== 'full') yield each;
    }
  }

  return {
    setRemembering: (on: boolean) => void (isOn = on),
    /** goesOn: more of the file comes behind it. False: what was kept is gone or damaged, and nothing was taken. */
    async restore(file: number, { summary, place }: KeptRef, goesOn: boolean): Promise<boolean> {
      const analysis = held().filled;
      try {
        const found = 'key' in place ? await loadKept(place.key) : await readSessionPart(summary, place.part);
        salt ??= await anySalt();
        if (!found) return false;
        if ('key' in place) await expectActions(analysis);
        analysis.restore(file, found, salt, goesOn);
        if ('key' in place && !goesOn) {
          keptOf(analysis).add(file);
          analysis.actions.isKept(file, printOfRows(found));
        }
        return true;
      } catch {
        // Damaged: it is of no use to anybody.
        if ('key' in place) await removeKept([place.key]);
        return false;
      }
    },
    /** What was shown first of these files, where it still holds. The page must have nothing yet. */
    async firstFigures(keys: readonly string[]): Promise<FirstFigures | null> {
      const figures = await loadFigures();
      const { filled, countedBy } = held();
      return openFigures(figures, keys, countedBy, filled);
    },
    /** The file's own bytes are here: what is not kept of it is read from them. */
    showLines: (file: number, blob: Blob) => held().filled.keeping.showLines(file, blob),
    /** Keeps what is shown in this browser, in `most` bytes. asked: how the page asks for all of it. */
    remember(most: Bytes, asked: FirstQuestion | null): Promise<Remembered> {
      const begun = generation;
      return inTurn(async () => {
        const analysis = held().shown;
        const isWanted = () => begun === generation && analysis === held().shown;
        const files = analysis.keeping.keepable();
        const present = await loadSalt(salt ?? newSalt());
        // Where nothing can be kept, nothing is made for it.
        if (!present) return { outcome: 'refused', kept: 0, files: files.length };
        salt = present;
        const outcome = await keepFiles(analysis, files, present, isWanted, most);
        await reading.over();
        if (isWanted()) {
          await keepFiguresOf(analysis, files, asked, most);
          await keepActions(analysis, isWanted, most);
        }
        return { outcome, kept: keptOf(analysis).size, files: files.length };
      });
    },
    /** These files are not wanted any more. */
    async forgetSources(sources: readonly number[]): Promise<void> {
      const { shown } = held();
      const files = shown.keeping.keepable().filter((file) => sources.includes(shown.keeping.sourceOf(file)));
      for (const file of files) keptOf(shown).delete(file);
      await removeKept(files.map((file) => shown.keeping.keyOf(file)));
    },
    /** Resolves when nothing will be written any more. The next hashes are by another salt. */
    async stopRemembering(): Promise<void> {
      generation++;
      await reading.hurry(() => turn.catch(() => {}));
      salt = null;
      kept = new WeakMap();
      actions = new WeakMap();
    },
    session(): Promise<Blob> {
      return reading.hurry(() =>
        inTurn(async () => {
          salt ??= await anySalt();
          return writeSession(allOf(held().shown));
        }),
      );
    },
  };
}
