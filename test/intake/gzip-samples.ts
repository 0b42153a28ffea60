/** Compressed files for tests, and a browser's inflater as strict as browsers are (Node's lets much pass). */
import { Buffer } from 'node:buffer';
import { crc32 } from 'node:zlib';
import { constants, createInflateRaw, deflateRawSync } from 'node:zlib';

export interface Header {
  name?: string;
  comment?: string;
  extra?: Uint8Array;
  headerSum?: boolean;
  effort?: number;
  system?: number;
}

/** One gzip member, header and all. */
export function gzipMember(content: Uint8Array | string, header: Header = {}, level = 6): Buffer {
  const { name, comment, extra, headerSum, effort = 0, system = 3 } = header;
  const flags = (headerSum ? 2 : 0) | (extra ? 4 : 0) | (name ? 8 : 0) | (comment ? 16 : 0);
  const parts = [Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, effort, system])];
  if (extra) parts.push(Buffer.from([extra.length & 255, extra.length >> 8]), Buffer.from(extra));
  if (name) parts.push(Buffer.from(`${name}\0`, 'latin1'));
  if (comment) parts.push(Buffer.from(`${comment}\0`, 'latin1'));
  if (headerSum) {
    const sum = crc(Buffer.concat(parts));
    parts.push(Buffer.from([sum & 255, (sum >> 8) & 255]));
  }
  const bytes = Buffer.from(content);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc(bytes), 0);
  trailer.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([...parts, deflateRawSync(bytes, { level }), trailer]);
}

/** A block of bgzip: its extra field says how long it is. */
export function bgzipBlock(content: Uint8Array | string): Buffer {
  const extra = Buffer.from([0x42, 0x43, 2, 0, 0, 0]);
  const block = gzipMember(content, { extra, system: 255 });
  block.writeUInt16LE(block.length - 1, 16);
  return block;
}

function crc(bytes: Uint8Array): number {
  if (typeof crc32 === 'function') return crc32(bytes);
  let sum = -1;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}

/** Bytes that do not compress. */
export function noise(size: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(size);
  for (let i = 0, state = seed; i < size; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

/** Something like a log: compresses about seven times. */
export function logLines(size: number, seed = 1): Buffer {
  const lines: string[] = [];
  const dice = noise(size, seed);
  for (let i = 0, length = 0; length < size; i += 4) {
    const [a, b, c, d] = dice.subarray(i, i + 4);
    const line = `10.0.${a}.${b} - - [01/Sep/2026:10:${c! % 60}] "GET /v2/app-${d! % 20}/manifests/v${a! % 9}" 200\n`;
    lines.push(line);
    length += line.length;
  }
  return Buffer.from(lines.join('')).subarray(0, size);
}

/** What zlib can inflate of a member's beginning. */
export async function inflatable(
  member: Uint8Array,
  headerSize = 10,
): Promise<{ content: Buffer; used: number }> {
  const inflater = createInflateRaw({ finishFlush: constants.Z_SYNC_FLUSH });
  const pieces: Buffer[] = [];
  inflater.on('data', (piece: Buffer) => pieces.push(piece));
  await new Promise<void>((resolve) => {
    inflater.on('error', () => resolve()).on('end', () => resolve());
    inflater.end(member.subarray(headerSize));
  });
  return { content: Buffer.concat(pieces), used: headerSize + inflater.bytesWritten };
}

/**
 * Inflates as browsers do: one member, and an error for anything behind it, zeros too. When it fails, only the first
 * pieces of the content have been handed out. Only for headers without optional fields.
 */
export class StrictDecompressionStream {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;

  constructor() {
    const written: Uint8Array[] = [];
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({
      transform: (piece) => void written.push(piece.slice()),
      flush: async (controller) => {
        const member = Buffer.concat(written);
        const { content, used } = await inflatable(member);
        const trailer = Buffer.alloc(8);
        trailer.writeUInt32LE(crc(content), 0);
        trailer.writeUInt32LE(content.length, 4);
        const isWhole = member[0] === 0x1f && member.subarray(used).equals(trailer);
        const given = isWhole ? content : content.subarray(0, content.length / 2);
        for (let at = 0; at < given.length; at += 5000) controller.enqueue(given.subarray(at, at + 5000));
        if (isWhole) return;
        await new Promise((resolve) => setTimeout(resolve, 1));
        throw new TypeError('Junk found after end of compressed data.');
      },
    });
    this.readable = readable;
    this.writable = writable;
  }
}

/** A file that comes in pieces of the given sizes, over and over; may fail at a byte. */
export class PiecewiseFile extends Blob {
  constructor(
    private readonly content: Uint8Array,
    private readonly sizes: number[],
    private readonly failsAt = Infinity,
  ) {
    super([new Uint8Array(content)]);
  }
  override slice(start = 0, end = this.size): Blob {
    return new PiecewiseFile(this.content.subarray(start, end), this.sizes, this.failsAt - start);
  }
  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    let at = 0;
    let turn = 0;
    return new ReadableStream({
      pull: (controller) => {
        if (at >= this.failsAt) throw new DOMException('gone', 'NotReadableError');
        if (at >= this.content.length) return controller.close();
        const end = Math.min(at + this.sizes[turn++ % this.sizes.length]!, this.failsAt);
        controller.enqueue(new Uint8Array(this.content.subarray(at, end)));
        at = end;
      },
    });
  }
}
