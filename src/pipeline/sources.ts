/**
 * What is held to be counted: the files as they were given, with what was said of each, and the formats of the user's
 * own. In: changes. Out: a new state; the old one stays as it is, to go back to.
 */
import { defaultOptions, type FileOptions } from '../model/file-options.ts';
import type { KeptRef } from '../model/kept-file.ts';
import type { OwnFormat } from '../model/own-format.ts';

export interface Source {
  /** Stays the same for as long as the file is held; never given twice. */
  id: number;
  /** null: it was kept, and its bytes are not here. */
  file: File | null;
  /** What was kept of it, and can be taken in place of the file. */
  kept: KeptRef | null;
  options: FileOptions;
}

export interface Sources {
  nextId: number;
  files: Source[];
  own: OwnFormat[];
}

/** What a person changed. What is not named stays. */
export interface SourceChanges {
  options?: ReadonlyMap<number, FileOptions>;
  remove?: readonly number[];
  own?: OwnFormat[];
}

/** A held file, and the one that takes its place. */
export interface Replaced {
  id: number;
  by: File;
}

export const NO_SOURCES: Sources = { nextId: 0, files: [], own: [] };

export function addFiles(sources: Sources, files: File[]): Sources {
  const added = files.map((file, i) => ({
    id: sources.nextId + i,
    file,
    kept: null,
    options: defaultOptions(file.lastModified),
  }));
  return { ...sources, nextId: sources.nextId + files.length, files: [...sources.files, ...added] };
}

export function addKept(sources: Sources, kept: readonly KeptRef[]): Sources {
  const added = kept.map((each, i): Source => {
    return { id: sources.nextId + i, file: null, kept: each, options: each.summary.options };
  });
  return { ...sources, nextId: sources.nextId + kept.length, files: [...sources.files, ...added] };
}

export function changeSources(sources: Sources, { options, remove = [], own }: SourceChanges): Sources {
  return {
    nextId: sources.nextId,
    files: sources.files
      .filter(({ id }) => !remove.includes(id))
      .map((source) => ({ ...source, options: options?.get(source.id) ?? source.options })),
    own: own ?? sources.own,
  };
}

/** What was said of a file holds for the one that takes its place, which was written later. */
export function takePlaces(sources: Sources, replaced: readonly Replaced[]): Sources {
  const said = new Map<File | null, FileOptions>();
  for (const { id, by } of replaced) said.set(by, sources.files.find((each) => each.id === id)!.options);
  const files = sources.files
    .filter(({ id }) => !replaced.some((each) => each.id === id))
    .map((source) => {
      const options = said.get(source.file);
      return options ? { ...source, options: { ...options, latest: source.options.latest } } : source;
    });
  return { ...sources, files };
}

/** A file was given again in the place of these, by their numbers: what was said of them stays. */
export function replaceFile(sources: Sources, ids: ReadonlySet<number>, file: File): Sources {
  return { ...sources, files: sources.files.map((each) => (ids.has(each.id) ? { ...each, file } : each)) };
}

/**
 * Names of files that can no longer be read: moved, deleted or changed since they were given; and of those that were kept
 * and are to be read otherwise.
 */
export async function findGone(sources: Sources): Promise<{ gone: string[]; notHere: string[] }> {
  const notHere = sources.files.filter((source) => !source.file && !isUnchanged(source));
  const gone = await Promise.all(
    sources.files.map(async ({ file }) => {
      try {
        await file?.slice(0, 1).arrayBuffer();
        return [];
      } catch {
        return [file!.name];
      }
    }),
  );
  return { gone: gone.flat(), notHere: notHere.map(({ kept }) => kept!.summary.name) };
}

/** Nothing else is said of a kept file than when it was read. */
function isUnchanged({ options, kept }: Source): boolean {
  return kept !== null && JSON.stringify(options) === JSON.stringify(kept.summary.options);
}
