/**
 * The files that are held, for reading lines of them again. In: files as they were looked at, by their places in the
 * report. Out: lines; a file that was given again takes the place of one that can no longer be read.
 */
import type { Content } from '../intake/content.ts';
import type { Bytes } from '../model/units.ts';
import type { LineAgain } from '../model/why.ts';
import type { Looked } from './announce-file.ts';
import type { FileFacts } from './look-at-file.ts';
import type { Source } from './sources.ts';

/** What a parse worker does for it. */
interface Reader {
  linesAt(content: Content, offsets: Bytes[]): Promise<string[]>;
}

/** The lines at these places of one file, in their order. */
export async function linesOf(
  held: Looked | undefined,
  offsets: Bytes[],
  reader: Reader,
): Promise<LineAgain[]> {
  try {
    if (held && !held.facts.withoutBytes) {
      const lines = await reader.linesAt(held.facts.content, offsets);
      return lines.map((text) => ({ state: 'read', text }));
    }
  } catch {
    // Moved, deleted or changed since it was given: the page asks for it.
  }
  return offsets.map(() => ({ state: 'gone' }));
}

/**
 * Puts what a file holds in the place of what begins alike and is as long. Answers the given files that it stands for
 * from now on, by their numbers.
 */
export function putAgain(found: readonly FileFacts[], held: readonly Looked[]): Set<Source['id']> {
  const sources = new Set<Source['id']>();
  for (const facts of found) {
    if (facts.state !== 'log') continue;
    const alike = held.filter(
      (each) => each.facts.contentKey === facts.contentKey && each.facts.size === facts.size,
    );
    const sameName = alike.filter((each) => each.facts.content.name === facts.content.name);
    for (const each of sameName.length > 0 ? sameName : alike) {
      // The layout stays: a table is read otherwise than a log that looks like one.
      if (each.facts.withoutBytes) each.facts = { ...facts };
      else each.facts.content = { ...facts.content, layout: each.facts.content.layout };
      sources.add(each.source.id);
    }
  }
  return sources;
}
