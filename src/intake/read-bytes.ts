/**
 * Bytes of a file, in pieces. In: a Blob and a range. Out: consecutive pieces, each valid only during the call.
 * One reader that fills a buffer of ours (BYOB) makes the least garbage; it has been seen to stall for ever, so a
 * watchdog opens the stream again at the byte reached. Where it is not supported the default reader does the same.
 */
import type { Problem } from '../model/problem.ts';
import type { Bytes, Milliseconds } from '../model/units.ts';

const BUFFER_BYTES: Bytes = 1 << 20;
/** No read takes this long on a disk that works. */
const STALL_AFTER: Milliseconds = 5000;
/** Reopenings without a byte in between before the file is given up. */
const MOST_REOPENINGS = 5;

/** Gives blob[start, end) to `take`, which may answer false to stop early. Rejects when the file cannot be read. */
export async function readBytes(
  blob: Blob,
  start: Bytes,
  end: Bytes,
  take: (piece: Uint8Array) => boolean | void,
  { stallAfter = STALL_AFTER }: { stallAfter?: Milliseconds } = {},
): Promise<void> {
  let at = start;
  let idle = 0;
  while (at < end) {
    const before = at;
    const outcome = await readOnce(blob.slice(at, end), stallAfter, (piece) => {
      at += piece.length;
      return take(piece);
    });
    if (outcome === 'stopped') return;
    if (outcome === 'ended' && at < end) throw new Error('The file is shorter than it was.');
    idle = at > before ? 0 : idle + 1;
    if (outcome === 'stalled' && idle > MOST_REOPENINGS)
      throw new Error('The file cannot be read any further.');
  }
}

type Outcome = 'ended' | 'stopped' | 'stalled';

/** Reads a stream until it ends, `take` stops it, or no read has finished for a while. */
async function readOnce(
  blob: Blob,
  stallAfter: Milliseconds,
  take: (piece: Uint8Array) => boolean | void,
): Promise<Outcome> {
  const next = openReader(blob.stream());
  let stall: (outcome: 'stalled') => void = () => {};
  const stalled = new Promise<'stalled'>((resolve) => (stall = resolve));
  let readsDone = 0;
  let readsSeen = -1;
  const watchdog = setInterval(() => {
    if (readsDone === readsSeen) stall('stalled');
    readsSeen = readsDone;
  }, stallAfter);
  try {
    for (;;) {
      const piece = await Promise.race([next.read(), stalled]);
      readsDone++;
      if (piece === 'stalled') return 'stalled';
      if (piece === null) return 'ended';
      if (take(piece) === false) return 'stopped';
    }
  } finally {
    clearInterval(watchdog);
    next.cancel();
  }
}

interface PieceReader {
  /** The next piece, null at the end. */
  read(): Promise<Uint8Array | null>;
  cancel(): void;
}

function openReader(stream: ReadableStream<Uint8Array<ArrayBuffer>>): PieceReader {
  let reader: ReadableStreamBYOBReader;
  try {
    reader = stream.getReader({ mode: 'byob' });
  } catch {
    const plain = stream.getReader();
    return {
      read: async () => (await plain.read()).value ?? null,
      cancel: () => void plain.cancel().catch(() => {}),
    };
  }
  // The buffer goes into every read and comes back with it.
  let buffer = new ArrayBuffer(BUFFER_BYTES);
  return {
    async read() {
      const { value, done } = await reader.read(new Uint8Array(buffer));
      if (value) buffer = value.buffer;
      return done || !value ? null : value;
    },
    cancel: () => void reader.cancel().catch(() => {}),
  };
}

/** What the user should know when a file cannot be read. */
export function describeReadError(error: unknown, file: string): Problem {
  const name = error instanceof Error ? error.name : '';
  const isGone = name === 'NotFoundError' || name === 'NotReadableError';
  const detail = error instanceof Error && error.message !== '' ? ` (${error.message})` : '';
  return {
    severity: 'error',
    file,
    line: 0,
    reason: isGone
      ? `${file} was moved, deleted or changed while it was being read.`
      : `${file} could not be read${detail}.`,
    remedy: 'Drop it again.',
  };
}
