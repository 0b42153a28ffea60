/**
 * A first look at a file, before it is read: what it is and holds, when each log in it begins, and what tells it from
 * others. In: a File. Out: facts for the order of reading, of the file or of each member of an archive, and problems.
 * Reads at most 64 KiB of each content, except of a compressed archive, which can only be listed by unpacking it.
 */
import type { Scanner } from '../formats/open-scanner.ts';
import { type Content, contentOfFile, type Layout, layoutOf } from '../intake/content.ts';
import { findContents, type Found } from '../intake/find-contents.ts';
import { JsonFlattener } from '../intake/flatten-json.ts';
import { fingerprintFile } from '../intake/fingerprint.ts';
import { describeReadError } from '../intake/read-bytes.ts';
import { WordTable } from '../lib/word-table.ts';
import type { Problem } from '../model/problem.ts';
import type { Segment } from '../model/segment.ts';
import type { Bytes, Milliseconds } from '../model/units.ts';
import { type TableLook, tableIn } from './look-at-table.ts';

export interface FileFacts {
  /** What is to be read, and its name. */
  content: Content;
  size: Bytes;
  /** Whether there is something to read; why not. 'partly': an archive that is damaged, besides its members. */
  state: 'log' | 'empty' | 'skipped' | 'failed' | 'partly';
  /** Time of the first line that has one; −Infinity when the beginning shows none. */
  firstTime: Milliseconds;
  /** Of the bytes as they are on disk: the same twice means the same file. Empty for what is not read. */
  fingerprint: string;
  /** Of the content's first 64 KiB, unpacked: equal for a file and its .gz. */
  contentKey: string;
  /** Of all of the content, unpacked; null when it would have had to be read for that. */
  contentHash: string | null;
  problems: Problem[];
  /** Of a file that was kept, and is not here: bytes of its content, and whether they are as on disk. */
  withoutBytes?: { size: Bytes; isPlain: boolean };
  /** What it is to be read as, if it is no log. */
  table: TableLook | null;
}

/** Facts of the file, or of each member of the archive that it is. */
export async function lookAtFile(file: File, scanner: Scanner): Promise<FileFacts[]> {
  const all: FileFacts[] = [];
  try {
    const problems = await findContents(file, (found) => all.push(factsOf(found, scanner)));
    if (all.length === 0) all.push(nothingIn(file, problems));
    else if (problems.some(isError)) all.push({ ...nothingIn(file, problems), state: 'partly' });
    else all[0]!.problems.push(...problems);
    const prints = new Map<Blob, string>();
    for (const facts of all) {
      if (facts.state !== 'log') continue;
      const { blob, member } = facts.content;
      const print = prints.get(blob) ?? (await fingerprintFile(blob));
      prints.set(blob, print);
      facts.fingerprint = member ? `${print} ${member.start}` : print;
    }
    return all;
  } catch (error) {
    // What was found before is gone too: it is on the same file.
    return [nothingIn(file, [describeReadError(error, file.name)])];
  }
}

function factsOf({ content, size, state, head, hash, problem }: Found, scanner: Scanner): FileFacts {
  const layout = state === 'log' ? layoutOf(head) : 'lines';
  const beginning = state === 'log' ? scanned(head, layout, scanner) : null;
  const table = beginning && tableIn(head, content.name, beginning);
  return {
    content: { ...content, layout: table ? 'lines' : layout },
    size,
    state,
    firstTime: beginning && !Number.isNaN(beginning.firstTime) ? beginning.firstTime : -Infinity,
    table,
    fingerprint: '',
    contentKey: state === 'log' ? hashOf(head) : '',
    contentHash: hash,
    problems: problem ? [problem] : [],
  };
}

/** An archive without members, or a file that is gone. */
function nothingIn(file: File, problems: Problem[]): FileFacts {
  return {
    content: contentOfFile(file),
    size: file.size,
    state: problems.some(isError) ? 'failed' : 'empty',
    firstTime: -Infinity,
    fingerprint: '',
    contentKey: '',
    contentHash: null,
    problems,
    table: null,
  };
}

const isError = ({ severity }: Problem) => severity === 'error';

/** What the scanner makes of a content's beginning. */
function scanned(head: Uint8Array, layout: Layout, scanner: Scanner): Segment {
  const text = head.slice();
  if (typeof layout === 'number') new JsonFlattener(layout).flatten(text);
  scanner.begin(false);
  scanner.feed(text);
  return scanner.takeSegment({ file: 0, index: 0, last: false, start: 0, scanner: 0 });
}

/** A hash of the bytes, in hexadecimal. */
function hashOf(bytes: Uint8Array): string {
  return WordTable.hash(bytes).toString(16).padStart(8, '0');
}
