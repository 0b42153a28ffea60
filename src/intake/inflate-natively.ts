/**
 * gzip by the browser, a member at a time. In: a compressed file. Out: its content in pieces, and where the browser
 * failed. The browser's stream is four times as fast as any script, but a second member or padding behind the first
 * makes it fail, and then it drops content that it has not handed out. So the compressed bytes are cut where a header
 * stands. Limits: it cannot tell why it failed (a wrong cut, padding, damage).
 */
import { joinBytes } from '../lib/join-bytes.ts';
import type { Bytes } from '../model/units.ts';
import { findMember, JUDGED } from './gzip-member.ts';

export interface NativeEnd {
  /** Beginning of the member that failed; −1 when none did. */
  failedAt: Bytes;
  /** Bytes of that member's content which were given nevertheless; they are right. */
  given: Bytes;
  /** Members that were whole. */
  members: number;
}

/** Gives the content to `take` until it answers false; `onRead` is told of every piece that was read of the file. */
export async function inflateNatively(
  file: Blob,
  take: (piece: Uint8Array) => boolean,
  onRead: (bytes: Bytes) => void,
): Promise<NativeEnd> {
  let member = new NativeMember(take);
  let members = 0;
  let memberStart = 0;
  try {
    for await (const { bytes, start } of cutAtMembers(file, onRead)) {
      if (start > memberStart) {
        if (!(await member.end())) return { failedAt: memberStart, given: member.size, members };
        members++;
        memberStart = start;
        member = new NativeMember(take);
      }
      if (!(await member.write(bytes))) break;
    }
    if (await member.end()) return { failedAt: -1, given: 0, members: members + 1 };
    return { failedAt: memberStart, given: member.size, members };
  } finally {
    member.abandon();
  }
}

interface MemberPiece {
  bytes: Uint8Array<ArrayBuffer>;
  /** Where the member that it belongs to begins in the file. */
  start: Bytes;
}

async function* cutAtMembers(file: Blob, onRead: (bytes: Bytes) => void): AsyncGenerator<MemberPiece> {
  const reader = file.stream().getReader();
  let start = 0;
  let at = 0;
  // The last bytes of a piece may be half a header: they wait for the next piece.
  let held = new Uint8Array(0);
  try {
    for (let isLast = false; !isLast;) {
      const { value, done } = await reader.read();
      isLast = done;
      if (value) onRead(value.length);
      const bytes = value ? joinBytes([held, value]) : held;
      const end = isLast ? bytes.length : Math.max(0, bytes.length - JUDGED);
      let from = 0;
      for (let next = findMember(bytes, 0, end); next >= 0; next = findMember(bytes, next + 1, end)) {
        if (next > from) yield { bytes: bytes.subarray(from, next), start };
        from = next;
        start = at + next;
      }
      if (end > from) yield { bytes: bytes.subarray(from, end), start };
      held = bytes.slice(end);
      at += end;
    }
  } finally {
    void reader.cancel().catch(() => {});
  }
}

class NativeMember {
  /** Bytes of content given. */
  size: Bytes = 0;
  /** The last four compressed bytes: in a whole member, the size of its content. */
  private sizeWritten = 0;
  private isOver = false;
  private stopWriting = () => {};
  private readonly writer: WritableStreamDefaultWriter<BufferSource>;
  /** Whether the browser found nothing wrong; rejects when `take` threw. */
  private readonly giving: Promise<boolean>;

  constructor(take: (piece: Uint8Array) => boolean) {
    const { writable, readable } = new DecompressionStream('gzip');
    this.writer = writable.getWriter();
    this.writer.closed.catch(() => {});
    this.giving = this.giveAll(readable.getReader(), take);
    this.giving.catch(() => {});
  }

  /** Waits while the browser has enough to do. False when there is no use in going on. */
  write(bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
    for (const byte of bytes.subarray(-4)) this.sizeWritten = (this.sizeWritten >>> 8) | (byte << 24);
    return new Promise((resolve) => {
      // A write may wait for ever once nobody takes the content.
      this.stopWriting = () => resolve(false);
      if (this.isOver) resolve(false);
      else
        this.writer.write(bytes).then(
          () => resolve(true),
          () => resolve(false),
        );
    });
  }

  /** Whether the member was whole. Sizes are compared because some engines let bytes behind a member pass. */
  async end(): Promise<boolean> {
    this.writer.close().catch(() => {});
    return (await this.giving) && this.sizeWritten >>> 0 === this.size % 2 ** 32;
  }

  abandon(): void {
    this.writer.abort().catch(() => {});
  }

  private async giveAll(
    reader: ReadableStreamDefaultReader<Uint8Array>,
    take: (piece: Uint8Array) => boolean,
  ): Promise<boolean> {
    try {
      for (;;) {
        const next = await reader.read().catch(() => null);
        if (next === null) return false;
        if (next.done) return true;
        this.size += next.value.length;
        if (!take(next.value)) return true;
      }
    } finally {
      this.isOver = true;
      this.stopWriting();
      void reader.cancel().catch(() => {});
    }
  }
}
