/**
 * What a gzip member looks like from outside. In: compressed bytes. Out: where members may begin, and what a member's
 * last bytes must be. Source: RFC 1952, section 2.3, and RFC 1951, section 3.2.3. Limits: inside compressed data,
 * bytes can look like a header by chance (about once in 10^12 bytes); only inflating tells.
 */
import type { Bytes } from '../model/units.ts';

/** A header's fixed part. */
const FIXED: Bytes = 10;
const [HEADER_SUM, EXTRA, NAME, COMMENT] = [2, 4, 8, 16];
const NEWLINE = 0x0a;
/** So many bytes behind a header's beginning are enough to judge nearly every header to its end. */
export const JUDGED: Bytes = 512;
/** CRC-32 and size of the content, at the end of a member. */
export const TRAILER: Bytes = 8;

/** Where the first member begins in bytes[from, until), as far as its header tells; −1 when none does. */
export function findMember(bytes: Uint8Array, from: number, until: number): number {
  for (let at = bytes.indexOf(0x1f, from); at >= 0 && at < until; at = bytes.indexOf(0x1f, at + 1)) {
    if (mayBeMember(bytes, at)) return at;
  }
  return -1;
}

function mayBeMember(bytes: Uint8Array, at: number): boolean {
  if (at + FIXED > bytes.length || bytes[at] !== 0x1f || bytes[at + 1] !== 0x8b || bytes[at + 2] !== 8)
    return false;
  const flags = bytes[at + 3]!;
  const effort = bytes[at + 8]!;
  const system = bytes[at + 9]!;
  if ((flags & 0xe0) !== 0 || effort > 4 || effort % 2 !== 0 || (system > 13 && system !== 255)) return false;
  let next = at + FIXED;
  if (flags & EXTRA!) next += 2 + (bytes[next] ?? 0) + ((bytes[next + 1] ?? 0) << 8);
  for (const text of [NAME!, COMMENT!]) {
    if ((flags & text) === 0) continue;
    for (; next < bytes.length && bytes[next] !== 0; next++) {
      if (bytes[next]! < 0x20 && bytes[next] !== NEWLINE) return false;
    }
    next++;
  }
  if (flags & HEADER_SUM!) next += 2;
  return mayBeBlock(bytes, next);
}

/** Whether deflate's first block may begin there; true when it is not in sight. */
function mayBeBlock(bytes: Uint8Array, at: number): boolean {
  if (at + 5 > bytes.length) return true;
  const kind = (bytes[at]! >> 1) & 3;
  // A stored block says its length twice, the second time inverted.
  const isStoredRight =
    (bytes[at + 1]! ^ bytes[at + 3]!) === 0xff && (bytes[at + 2]! ^ bytes[at + 4]!) === 0xff;
  return kind === 0 ? isStoredRight : kind !== 3;
}

/** bgzip: members of at most 64 KiB, told by an extra field BC (SAM specification, section 4.1). */
export async function isBlocked(file: Blob): Promise<boolean> {
  const head = new Uint8Array(await file.slice(0, 14).arrayBuffer());
  return head.length === 14 && (head[3]! & EXTRA!) !== 0 && head[12] === 0x42 && head[13] === 0x43;
}

/** Checksum and size of a content that comes in pieces. */
export class ContentSum {
  private crc = -1;
  private size = 0;

  add(piece: Uint8Array): void {
    let crc = this.crc;
    for (let i = 0; i < piece.length; i++) crc = CRC_TABLE[(crc ^ piece[i]!) & 0xff]! ^ (crc >>> 8);
    this.crc = crc;
    this.size = (this.size + piece.length) >>> 0;
  }

  /** The last bytes of a member with this content. */
  trailer(): Uint8Array {
    const trailer = new DataView(new ArrayBuffer(TRAILER));
    trailer.setUint32(0, ~this.crc, true);
    trailer.setUint32(4, this.size, true);
    return new Uint8Array(trailer.buffer);
  }
}

const CRC_TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
  return byte;
});
