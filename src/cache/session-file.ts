/**
 * A session file: what is held, to be opened later or elsewhere. In: kept files. Out: one file; from its beginning, what
 * is in it, and each kept file when it is wanted. Layout: a line of text with the version, the length of a list, the list,
 * and a part for each file, each compressed with gzip. It holds no address, only salted hashes, and not the salt.
 */
import { DamagedData, pack, unpack } from '../lib/packed.ts';
import { KEPT_VERSION, type KeptFile, type KeptRef, type KeptSummary } from '../model/kept-file.ts';

const TITLE = 'pullscope session ';
const VERSION = 1;
const FIRST_LINE = `${TITLE}${VERSION}\n`;
/** More than any first line. */
const LONGEST_LINE = 64;
const LENGTH_BYTES = 4;

interface Listed {
  summary: KeptSummary;
  size: number;
}

/** null: it is no session file. Texts are for the person. */
export type SessionContents = { files: KeptRef[] } | { problem: string; remedy: string };

export async function writeSession(files: AsyncIterable<KeptFile> | Iterable<KeptFile>): Promise<Blob> {
  const parts: Blob[] = [];
  const list: Listed[] = [];
  for await (const { summary, ...blocks } of files) {
    const part = await through(new Blob([pack(blocks)]), new CompressionStream('gzip'));
    parts.push(part);
    list.push({ summary, size: part.size });
  }
  const index = await through(new Blob([pack(list)]), new CompressionStream('gzip'));
  const length = new Uint8Array(LENGTH_BYTES);
  new DataView(length.buffer).setUint32(0, index.size);
  return new Blob([FIRST_LINE, length, index, ...parts], { type: 'application/octet-stream' });
}

export async function readSession(file: Blob): Promise<SessionContents | null> {
  const beginning = await file.slice(0, LONGEST_LINE).text();
  if (!beginning.startsWith(TITLE)) return null;
  const version = Number.parseInt(beginning.slice(TITLE.length), 10);
  if (version > VERSION) {
    return {
      problem: 'It was saved by a newer version of this page.',
      remedy: 'Open it with that version, or reload this page to get the newest.',
    };
  }
  try {
    if (!beginning.startsWith(FIRST_LINE)) throw new DamagedData('Its first line is another.');
    const start = FIRST_LINE.length + LENGTH_BYTES;
    const length = new DataView(await file.slice(FIRST_LINE.length, start).arrayBuffer()).getUint32(0);
    const list = unpack(await unzipped(file.slice(start, start + length))) as Listed[];
    let at = start + length;
    const files = list.map(({ summary, size }): KeptRef => {
      const part = file.slice(at, (at += size));
      return { summary, place: { part } };
    });
    if (at !== file.size) throw new DamagedData('It is cut off.');
    if (!files.every(({ summary }) => isSummary(summary))) throw new DamagedData('Its list is none.');
    return { files };
  } catch {
    return {
      problem: 'This session file is damaged: it is cut off, or was changed.',
      remedy: 'Copy it again from where it was saved.',
    };
  }
}

/** Throws DamagedData. */
export async function readSessionPart(summary: KeptSummary, part: Blob): Promise<KeptFile> {
  let bytes: Uint8Array;
  try {
    bytes = await unzipped(part);
  } catch {
    throw new DamagedData('It does not unpack.');
  }
  return { ...(unpack(bytes) as Omit<KeptFile, 'summary'>), summary };
}

/** What a file of anybody's may say. */
function isSummary(value: unknown): value is KeptSummary {
  const { version, key, name, saltId, options, requests, lines } = (value ?? {}) as Partial<KeptSummary>;
  return (
    version === KEPT_VERSION &&
    [key, name, saltId, options?.zone].every((text) => typeof text === 'string') &&
    /^[0-9a-f]{16}$/.test(saltId!) &&
    [requests, lines].every(Number.isSafeInteger)
  );
}

async function unzipped(part: Blob): Promise<Uint8Array> {
  const plain = await through(part, new DecompressionStream('gzip'));
  return new Uint8Array(await plain.arrayBuffer());
}

function through(blob: Blob, stream: CompressionStream | DecompressionStream): Promise<Blob> {
  return new Response(blob.stream().pipeThrough(stream)).blob();
}
