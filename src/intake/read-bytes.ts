/**
 * Bytes of a file, in pieces. In: a Blob and a range. Out: consecutive pieces, each valid only during the call.
 * One reader that fills a buffer of ours (BYOB) makes the least garbage; it has been seen to stall for ever, so a
 * watchdog opens the stream again at the byte reached. Where BYOB is not supported the default reader does the same.
 * Limits: `take` cannot make the reading wait.
 */
import type { Problem } from '../model/problem.ts';
import type { Bytes, Milliseconds } from '../model/units.ts';

const BUFFER_BYTES: Bytes = 1 << 20;
/** No read takes this long on a disk that works. */
const STALL_AFTER: Milliseconds = 5000;
/** Reopenings without a byte in between before the file is given up. */
const MOST_REOPENINGS = 5;
/** The watchdog looks this often in the time that a stall takes: a stall is noticed at most half of it late. */
const LOOKS_PER_STALL = 2;

/** Gives blob[start, end) to `take`, which may answer false to stop early. Rejects when the file cannot be read. */
export async function readBytes(
  blob: Blob,
  start: Bytes,
  end: Bytes,
  take: (piece: Uint8Array) => boolean | void,
  { stallAfter = STALL_AFTER }: { stallAfter?: Milliseconds } = {},
): Promise<void> {
  const stop = Math.min(end, blob.size);
  let at = start;
  let reopenings = 0;
  let quietLooks = 0;
  // Not Promise.race with one long promise: that would keep every piece until the end.
  let giveUpRead = () => {};
  const watchdog = setInterval(() => {
    if (++quietLooks > LOOKS_PER_STALL) giveUpRead();
  }, stallAfter / LOOKS_PER_STALL);
  try {
    for (; at < stop; reopenings++) {
      if (reopenings > MOST_REOPENINGS) throw new Error('The file cannot be read any further.');
      const reader = openReader(blob.slice(at, stop).stream());
      try {
        while (at < stop) {
          quietLooks = 0;
          const piece = await new Promise<Uint8Array | 'stalled'>((resolve, reject) => {
            giveUpRead = () => resolve('stalled');
            reader.read().then(resolve, (error: unknown) => reject(asReadError(error)));
          });
          if (piece === 'stalled') break;
          // What a File does when it shrank, for Blobs that only end.
          if (piece.length === 0) throw new DOMException('It is shorter than it was.', 'NotReadableError');
          at += piece.length;
          reopenings = 0;
          if (take(piece) === false) return;
        }
      } finally {
        reader.cancel();
      }
    }
  } finally {
    clearInterval(watchdog);
  }
}

interface PieceReader {
  /** The next piece, empty at the end. */
  read(): Promise<Uint8Array>;
  cancel(): void;
}

const NOTHING = new Uint8Array(0);

function openReader(stream: ReadableStream<Uint8Array<ArrayBuffer>>): PieceReader {
  let reader: ReadableStreamBYOBReader;
  try {
    reader = stream.getReader({ mode: 'byob' });
  } catch {
    const plain = stream.getReader();
    return {
      read: async () => (await plain.read()).value ?? NOTHING,
      cancel: () => void plain.cancel().catch(() => {}),
    };
  }
  // The buffer goes into every read and comes back with it.
  let buffer = spare ?? new ArrayBuffer(BUFFER_BYTES);
  spare = null;
  return {
    async read() {
      const { value } = await reader.read(new Uint8Array(buffer));
      if (value) buffer = value.buffer;
      return value ?? NOTHING;
    },
    cancel() {
      // During a read, as when it stalls, it is not ours.
      if (buffer.byteLength === BUFFER_BYTES) spare = buffer;
      void reader.cancel().catch(() => {});
    },
  };
}

/** The buffer of a reader that has ended, for the next one: memory that is new has to be cleared first. */
let spare: ArrayBuffer | null = null;

/** Chromium fails the stream of a file that was changed with a TypeError, "network error"; a slice has the right name. */
function asReadError(error: unknown): unknown {
  return error instanceof TypeError ? new DOMException('It was changed.', 'NotReadableError') : error;
}

/** What the user should know when a file cannot be read. */
export function describeReadError(error: unknown, file: string): Problem {
  const { name, message } = error instanceof Error ? error : { name: '', message: '' };
  const isGone = name === 'NotFoundError' || name === 'NotReadableError';
  const detail = message && ` (${message.replace(/\.$/, '')})`;
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
