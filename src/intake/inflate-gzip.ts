/**
 * gzip, of one member or many. In: a compressed file. Out: its content, in pieces, and how it ended.
 * The browser inflates fast, but loses data as soon as a second member or padding follows the first. So the compressed
 * bytes are cut where a member seems to begin, and each member is inflated by itself. Where that fails (the cut was
 * none, padding, damage) fflate goes on from the member's beginning: slower, and it knows members.
 */
import { Gunzip } from 'fflate';
import type { Problem } from '../model/problem.ts';
import type { Bytes } from '../model/units.ts';
import { readBytes } from './read-bytes.ts';

export interface GzipEnd {
  /** Nothing was missing or damaged. */
  complete: boolean;
  problem: Problem | null;
}

/** Answers false to stop. A piece is only valid during the call. */
export type TakePiece = (piece: Uint8Array) => boolean | void;

/** Bytes of a member's fixed header (RFC 1952, section 2.3). */
const HEADER: Bytes = 10;
const FINE: GzipEnd = { complete: true, problem: null };

/** Inflates the file; `onCompressed` is told of compressed bytes as they are used. */
export async function inflateGzip(
  file: Blob,
  name: string,
  take: TakePiece,
  onCompressed: (bytes: Bytes) => void = () => {},
): Promise<GzipEnd> {
  if (await isBlocked(file)) return inflateSlowly(file, name, 0, 0, take, onCompressed);
  let isStopped = false;
  let given = 0;
  const keep = (piece: Uint8Array) => {
    given += piece.length;
    if (!isStopped) isStopped = take(piece) === false;
    return !isStopped;
  };
  let memberStart = 0;
  let member = new NativeMember(keep);
  let at = 0;
  let isRight = true;
  // The end of a piece may be the beginning of a header: it waits for the next one.
  let held = new Uint8Array(0);
  const reader = file.stream().getReader();
  const useUpTo = async (bytes: Uint8Array<ArrayBuffer>, isLast: boolean): Promise<void> => {
    let from = 0;
    for (let start = nextHeader(bytes, 0); start >= 0; start = nextHeader(bytes, start + 1)) {
      if (at + start === memberStart) continue;
      await member.write(bytes.subarray(from, start));
      isRight = await member.end();
      if (!isRight || isStopped) return;
      from = start;
      memberStart = at + start;
      given = 0;
      member = new NativeMember(keep);
    }
    const end = isLast ? bytes.length : Math.max(from, bytes.length - HEADER + 1);
    await member.write(bytes.subarray(from, end));
    held = bytes.slice(end);
    at += end;
  };
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (value) onCompressed(value.length);
      const bytes = new Uint8Array(held.length + (value?.length ?? 0));
      bytes.set(held);
      if (value) bytes.set(value, held.length);
      await useUpTo(bytes, done);
      if (done || !isRight || isStopped) break;
    }
  } finally {
    void reader.cancel().catch(() => {});
  }
  // A member that fails at the file's end failed by itself; one that fails before was perhaps cut wrongly.
  const wasCut = !isRight;
  if (isRight && !isStopped) isRight = await member.end();
  if (isRight || isStopped) return FINE;
  const end = await inflateSlowly(file, name, memberStart, given, take, () => {});
  // fflate finds nothing wrong, but does not look at checksums; the browser does.
  return end === FINE && !wasCut ? { complete: false, problem: wrongSum(name) } : end;
}

/** One member by the browser. */
class NativeMember {
  private readonly writer: WritableStreamDefaultWriter<BufferSource>;
  private readonly pumping: Promise<boolean>;

  constructor(take: (piece: Uint8Array) => boolean) {
    const inflater = new DecompressionStream('gzip');
    this.writer = inflater.writable.getWriter();
    this.writer.closed.catch(() => {});
    this.pumping = pump(inflater.readable.getReader(), take);
  }

  /** Waits while the inflater is full; errors show at the end. */
  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    if (bytes.length > 0) await this.writer.write(bytes).catch(() => {});
  }

  /** Whether the member was whole. */
  async end(): Promise<boolean> {
    const isClosed = await this.writer.close().then(
      () => true,
      () => false,
    );
    return (await this.pumping) && isClosed;
  }
}

async function pump(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  take: (piece: Uint8Array) => boolean,
): Promise<boolean> {
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return true;
      if (!take(value)) {
        await reader.cancel();
        return true;
      }
    }
  } catch {
    return false;
  }
}

/** Where the next header begins at or behind `from`, as far as its ten bytes tell; −1 when none does. */
function nextHeader(bytes: Uint8Array, from: number): number {
  for (
    let at = bytes.indexOf(0x1f, from);
    at >= 0 && at + HEADER <= bytes.length;
    at = bytes.indexOf(0x1f, at + 1)
  ) {
    const isMagic = bytes[at + 1] === 0x8b && bytes[at + 2] === 8 && (bytes[at + 3]! & 0xe0) === 0;
    const extra = bytes[at + 8]!;
    const system = bytes[at + 9]!;
    if (isMagic && (extra === 0 || extra === 2 || extra === 4) && (system <= 13 || system === 255)) return at;
  }
  return -1;
}

/** bgzip: thousands of members of 64 KiB, told by an extra field BC. Setting up an inflater for each would cost more. */
async function isBlocked(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, 14).arrayBuffer());
  return head.length === 14 && (head[3]! & 4) !== 0 && head[12] === 0x42 && head[13] === 0x43;
}

/** From a member's beginning to the end of the file by fflate, without the member's first `skip` bytes of content. */
async function inflateSlowly(
  file: Blob,
  name: string,
  start: Bytes,
  skip: Bytes,
  take: TakePiece,
  onCompressed: (bytes: Bytes) => void,
): Promise<GzipEnd> {
  let isStopped = false;
  let left = skip;
  let content = 0;
  const inflater = new Gunzip((piece) => {
    content += piece.length;
    const rest = piece.subarray(Math.min(left, piece.length));
    left -= piece.length - rest.length;
    if (rest.length > 0 && !isStopped) isStopped = take(rest) === false;
  });
  let at = start;
  try {
    await readBytes(file, start, file.size, (piece) => {
      at += piece.length;
      onCompressed(piece.length);
      inflater.push(piece, at === file.size);
      return !isStopped;
    });
  } catch (error) {
    const isEnd = error instanceof Error && error.message === 'invalid gzip data' && content > 0;
    if (!isEnd) return { complete: false, problem: cutOff(name, start + content === 0 ? 0 : at) };
    const lastByte = new Uint8Array(await file.slice(-1).arrayBuffer())[0];
    return lastByte === 0 ? { ...FINE } : { complete: true, problem: followed(name) };
  }
  return FINE;
}

const problem = (file: string, severity: Problem['severity'], reason: string, remedy: string): Problem => ({
  severity,
  file,
  line: 0,
  reason,
  remedy,
});

const cutOff = (name: string, at: Bytes) =>
  problem(
    name,
    'error',
    `${name} is cut off or damaged (before byte ${at} of the compressed file). What could be unpacked before is counted.`,
    'Copy the file again and drop it in place of this one.',
  );

const followed = (name: string) =>
  problem(name, 'note', `${name} has bytes behind its end that are not gzip. They were left out.`, '');

const wrongSum = (name: string) =>
  problem(
    name,
    'warning',
    `${name} is damaged: its checksum does not match. It was counted as it is.`,
    'Copy the file again and drop it in place of this one.',
  );
