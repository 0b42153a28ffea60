/**
 * A first look at a file, before it is read: what it is, when it begins, and what tells it from others. In: a File.
 * Out: facts for the order of reading, and a problem if it cannot be read. Reads at most 64 KiB of content.
 */
import type { Scanner } from '../formats/open-scanner.ts';
import { looksBinary, recogniseFile } from '../intake/file-kind.ts';
import { fingerprintFile } from '../intake/fingerprint.ts';
import { inflateGzip } from '../intake/inflate-gzip.ts';
import { describeReadError, readBytes } from '../intake/read-bytes.ts';
import { WordTable } from '../lib/word-table.ts';
import type { Problem } from '../model/problem.ts';
import type { Bytes, Milliseconds } from '../model/units.ts';

export interface FileFacts {
  /** Whether there is something to read. */
  readable: boolean;
  compressed: boolean;
  /** Time of the first line that has one; −Infinity when the beginning shows none. */
  firstTime: Milliseconds;
  /** Of the bytes as they are on disk: the same twice means the same file. */
  fingerprint: string;
  /** Of the content's first 64 KiB, unpacked: equal for a file and its .gz. */
  contentKey: string;
  problem: Problem | null;
}

const HEAD_BYTES: Bytes = 64 << 10;

export async function lookAtFile(file: File, scanner: Scanner): Promise<FileFacts> {
  const facts = { readable: false, compressed: false, firstTime: -Infinity, fingerprint: '', contentKey: '' };
  try {
    const { kind, problem } = await recogniseFile(file, file.name);
    if (kind === 'empty' || kind === 'unsupported') return { ...facts, problem };
    const compressed = kind === 'gzip';
    const head = await readHead(file, compressed);
    if (compressed && looksBinary(head)) return { ...facts, compressed, problem: notALog(file.name) };
    return {
      readable: true,
      compressed,
      firstTime: firstTimeOf(head, scanner),
      fingerprint: await fingerprintFile(file),
      contentKey: hashOf(head),
      problem,
    };
  } catch (error) {
    return { ...facts, problem: describeReadError(error, file.name) };
  }
}

/** The content's first bytes, at most HEAD_BYTES. */
async function readHead(file: File, compressed: boolean): Promise<Uint8Array> {
  const head = new Uint8Array(HEAD_BYTES);
  let size = 0;
  const take = (piece: Uint8Array) => {
    const part = piece.subarray(0, HEAD_BYTES - size);
    head.set(part, size);
    size += part.length;
    return size < HEAD_BYTES;
  };
  if (compressed) await inflateGzip(file, file.name, take);
  else await readBytes(file, 0, Math.min(file.size, HEAD_BYTES), take);
  return head.subarray(0, size);
}

function firstTimeOf(head: Uint8Array, scanner: Scanner): Milliseconds {
  scanner.begin(false);
  scanner.feed(head);
  const { firstTime } = scanner.takeSegment({ file: 0, index: 0, last: false, start: 0, scanner: 0 });
  return Number.isNaN(firstTime) ? -Infinity : firstTime;
}

function notALog(file: string): Problem {
  return {
    severity: 'error',
    file,
    line: 0,
    reason: `${file} holds no text once it is unpacked.`,
    remedy: 'Drop the log itself, plain or as .gz.',
  };
}

/** A hash of the bytes, in hexadecimal. */
function hashOf(bytes: Uint8Array): string {
  return WordTable.hash(bytes).toString(16).padStart(8, '0');
}
