/**
 * gzip, of one member or many. In: a compressed file. Out: its content, in pieces, and how it ended.
 * Native inflation is fast but loses data as soon as a second member or padding follows the first, in every browser;
 * so each member is inflated by itself, and where that fails fflate does the rest, which knows members.
 */
import { Gunzip } from 'fflate';
import type { Problem } from '../model/problem.ts';
import type { Bytes } from '../model/units.ts';
import { readBytes } from './read-bytes.ts';

export interface GzipEnd {
  /** Nothing was missing or damaged. */
  complete: boolean;
  problem: Problem | null;
  members: number;
}

/** Inflates the file; `take` may answer false to stop. `onCompressed` is told of compressed bytes as they are used. */
export async function inflateGzip(
  file: Blob,
  name: string,
  take: (piece: Uint8Array) => boolean | void,
  onCompressed: (bytes: Bytes) => void = () => {},
): Promise<GzipEnd> {
  let given = 0;
  let isStopped = false;
  const native = await inflateNatively(
    file,
    (piece) => {
      given += piece.length;
      isStopped = take(piece) === false;
      return !isStopped;
    },
    onCompressed,
  );
  if (native || isStopped) return { complete: true, problem: null, members: 1 };
  return inflateSlowly(file, name, given, take);
}

/** One member by the browser. False when it is not the whole file, or damaged: what was given is right so far. */
async function inflateNatively(
  file: Blob,
  take: (piece: Uint8Array) => boolean,
  onCompressed: (bytes: Bytes) => void,
): Promise<boolean> {
  const inflater = new DecompressionStream('gzip');
  const writer = inflater.writable.getWriter();
  const feeding = (async () => {
    await readPieces(file, async (piece) => {
      onCompressed(piece.length);
      await writer.write(piece);
    });
    await writer.close();
  })();
  feeding.catch(() => {});
  const reader = inflater.readable.getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      if (!take(value)) {
        await reader.cancel();
        return true;
      }
    }
    await feeding;
    return true;
  } catch {
    await writer.abort().catch(() => {});
    return false;
  }
}

async function readPieces(
  file: Blob,
  take: (piece: Uint8Array<ArrayBuffer>) => Promise<void>,
): Promise<void> {
  const reader = file.stream().getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    await take(value);
  }
}

/** All members by fflate, without the first `skip` bytes of content. */
async function inflateSlowly(
  file: Blob,
  name: string,
  skip: Bytes,
  take: (piece: Uint8Array) => boolean | void,
): Promise<GzipEnd> {
  let members = 0;
  let isStopped = false;
  let isFinal = false;
  let left = skip;
  const inflater = new Gunzip((piece, final) => {
    isFinal ||= final;
    const rest = piece.subarray(Math.min(left, piece.length));
    left -= piece.length - rest.length;
    if (rest.length > 0 && !isStopped) isStopped = take(rest) === false;
  });
  inflater.onmember = () => members++;
  let at = 0;
  try {
    await readBytes(file, 0, file.size, (piece) => {
      at += piece.length;
      inflater.push(piece, at === file.size);
      return !isStopped;
    });
  } catch {
    return { complete: false, problem: cutOff(name, at), members };
  }
  return { complete: true, problem: null, members };
}

function cutOff(name: string, at: Bytes): Problem {
  return {
    severity: 'error',
    file: name,
    line: 0,
    reason: `${name} is cut off or damaged before byte ${at}. What was before is counted.`,
    remedy: 'Copy the file again and drop it.',
  };
}
