/**
 * Keeping, as the analysis worker offers it: files of the analysis into this browser or a session file, and kept ones
 * into the analysis. One thing is done at a time (in-browser.ts has the steps), and what was begun for an earlier wish
 * ends when it is not wanted any more.
 */
import { loadKept, loadSalt, type Outcome, removeKept } from '../cache/kept-files.ts';
import { loadFigures } from '../cache/kept-figures.ts';
import { readSessionPart, writeSession } from '../cache/session-file.ts';
import { newSalt, type Salt } from '../model/kept-address.ts';
import type { FirstFigures, FirstQuestion } from '../model/first-figures.ts';
import type { KeptFile, KeptRef } from '../model/kept-file.ts';
import type { Bytes } from '../model/units.ts';
import type { Analysis } from './analysis.ts';
import { openFigures } from './first-figures.ts';
import { type Held, InBrowser } from './in-browser.ts';
import { WhileReading } from './while-reading.ts';

/** What was kept of the files that could be. */
export interface Remembered {
  outcome: Outcome;
  kept: number;
  files: number;
}

/** reading: what is kept in this browser waits until it is over. */
export function createKeepingApi(held: () => Held, reading = new WhileReading()) {
  const inBrowser = new InBrowser(held, reading);
  let salt: Salt | null = null;
  let isOn = false;
  let turn: Promise<unknown> = Promise.resolve();
  /** Work for an earlier one is not wanted any more. */
  let generation = 0;

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

  async function* allOf(analysis: Analysis, salt: Salt): AsyncGenerator<KeptFile> {
    const begun = generation;
    for (const file of analysis.keeping.keepable()) {
      const each = await inBrowser.made(analysis, file, salt, () => begun === generation);
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
        if ('key' in place) await inBrowser.expectActions(analysis);
        analysis.restore(file, found, salt, goesOn);
        if ('key' in place && !goesOn) {
          inBrowser.isThere(analysis, file, found);
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
        const outcome = await inBrowser.keepFiles(analysis, files, present, isWanted, most);
        await reading.over();
        if (isWanted()) {
          await inBrowser.keepFigures(analysis, files, asked, most);
          await inBrowser.keepActions(analysis, isWanted, most);
        }
        return { outcome, kept: inBrowser.filesOf(analysis).size, files: files.length };
      });
    },
    /** These files are not wanted any more. */
    async forgetSources(sources: readonly number[]): Promise<void> {
      const { shown } = held();
      const files = shown.keeping.keepable().filter((file) => sources.includes(shown.keeping.sourceOf(file)));
      for (const file of files) inBrowser.filesOf(shown).delete(file);
      await removeKept(files.map((file) => shown.keeping.keyOf(file)));
    },
    /** Resolves when nothing will be written any more. The next hashes are by another salt. */
    async stopRemembering(): Promise<void> {
      generation++;
      await reading.hurry(() => turn.catch(() => {}));
      salt = null;
      inBrowser.forget();
    },
    session(): Promise<Blob> {
      return reading.hurry(() =>
        inTurn(async () => {
          salt ??= await anySalt();
          return writeSession(allOf(held().shown, salt));
        }),
      );
    },
  };
}
