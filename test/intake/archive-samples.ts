/** Archives for tests, made byte by byte, so that every odd one can be made. */
import { Buffer } from 'node:buffer';
import { deflateRawSync } from 'node:zlib';
import { gzipMember } from './gzip-samples.ts';

export interface Member {
  path: string;
  content: Uint8Array | string;
  /** zip: stored, not deflated. */
  stored?: boolean;
  /** zip: its sizes stand behind it. */
  descriptor?: boolean;
  /** zip: its sizes are in the field for 64 bits. */
  zip64?: boolean;
  /** zip: fields that say something else than they should. */
  flags?: number;
  method?: number;
  sum?: number;
  mode?: number;
  /** tar: kind of member, '0' a file. */
  type?: string;
  /** tar: attributes in a pax header before it. */
  attributes?: Record<string, string>;
}

const u16 = (...values: number[]) => Buffer.from(values.flatMap((v) => [v & 255, (v >>> 8) & 255]));
const u32 = (...values: number[]) => Buffer.concat(values.map((v) => u16(v & 0xffff, v >>> 16)));
const u64 = (...values: number[]) =>
  Buffer.concat(values.map((v) => u32(v % 2 ** 32, Math.floor(v / 2 ** 32))));
const BIG = 0xffffffff;

export interface ZipOptions {
  /** Before the archive, such as a program. */
  before?: Uint8Array;
  comment?: string;
  /** Its directory's place is stated in 64 bits. */
  zip64?: boolean;
}

export function zipOf(
  members: Member[],
  { before = Buffer.alloc(0), comment = '', zip64 }: ZipOptions = {},
): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const member of members) {
    const content = Buffer.from(member.content);
    const name = Buffer.from(member.path);
    const packed = member.stored ? content : deflateRawSync(content);
    const sum = member.sum ?? gzipMember(content).readUInt32LE(gzipMember(content).length - 8);
    const flags = member.flags ?? (member.descriptor ? 8 : 0);
    const method = member.method ?? (member.stored ? 0 : 8);
    const sizes = [packed.length, content.length];
    const stated = member.zip64 ? [BIG, BIG] : sizes;
    const known = member.descriptor ? [0, 0, 0] : [sum, ...stated];
    const fields = u16(20, flags, method, 0, 0);
    const localExtra = member.zip64
      ? Buffer.concat([u16(1, 16), u64(sizes[1]!, sizes[0]!)])
      : Buffer.alloc(0);
    const extra = member.zip64
      ? Buffer.concat([u16(0x5455, 1), Buffer.from([0]), u16(1, 24), u64(sizes[1]!, sizes[0]!, at)])
      : Buffer.alloc(0);
    const local = [
      u32(0x04034b50),
      fields,
      u32(...known),
      u16(name.length, localExtra.length),
      name,
      localExtra,
      packed,
    ];
    if (member.descriptor) local.push(u32(0x08074b50, sum), member.zip64 ? u64(...sizes) : u32(...sizes));
    directory.push(
      Buffer.concat([
        u32(0x02014b50),
        u16(0x031e),
        fields,
        u32(sum, ...stated),
        u16(name.length, extra.length, 0, 0, 0),
        u32((member.mode ?? 0o100644) * 65536, member.zip64 ? BIG : at),
        name,
        extra,
      ]),
    );
    parts.push(...local);
    at += local.reduce((size, part) => size + part.length, 0);
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const count = members.length;
  const end64 = Buffer.concat([
    u32(0x06064b50),
    u64(44),
    u16(45, 45),
    u32(0, 0),
    u64(count, count, size, at),
    u32(0x07064b50, 0),
    u64(at + size),
    u32(1),
  ]);
  const end = Buffer.concat([
    u32(0x06054b50),
    u16(0, 0, count, count),
    zip64 ? u32(BIG, BIG) : u32(size, at),
    u16(comment.length),
    Buffer.from(comment),
  ]);
  return Buffer.concat([before, ...parts, ...directory, ...(zip64 ? [end64] : []), end]);
}

/** What of a tar archive stands before its end mark. */
export function tarMembers(members: Member[]): Buffer {
  return Buffer.concat(
    members.flatMap(({ path, content, type = '0', attributes }) => {
      const bytes = Buffer.from(content);
      const parts: Buffer[] = [];
      if (attributes) {
        const records = Object.entries(attributes).map(([key, value]) => paxRecord(key, value));
        parts.push(tarBlock('pax', 'x', Buffer.concat(records)));
      } else if (Buffer.byteLength(path) > 100)
        parts.push(tarBlock('././@LongLink', 'L', Buffer.from(`${path}\0`)));
      return [...parts, tarBlock(path, type, bytes)];
    }),
  );
}

export const tarOf = (members: Member[]) => Buffer.concat([tarMembers(members), Buffer.alloc(1024)]);

function paxRecord(key: string, value: string): Buffer {
  const text = ` ${key}=${value}\n`;
  let length = Buffer.byteLength(text) + 1;
  while (Buffer.byteLength(`${length}${text}`) !== length) length++;
  return Buffer.from(`${length}${text}`);
}

function tarBlock(path: string, type: string, content: Buffer): Buffer {
  const header = Buffer.alloc(512);
  header.write(Buffer.from(path).subarray(0, 100).toString('latin1'), 0, 'latin1');
  header.write('0000644\0' + '0000000\0'.repeat(2), 100);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0        ', 136);
  header.write(type, 156);
  header.write('ustar\x0000', 257);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
  );
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

/** A zstd frame of blocks that are not compressed, or repeat a byte. */
export function zstdFrame(blocks: (Uint8Array | { byte: number; times: number })[]): Buffer {
  const parts = blocks.flatMap((block, i) => {
    const isLast = i === blocks.length - 1 ? 1 : 0;
    const isRaw = block instanceof Uint8Array;
    const header = u32((isRaw ? block.length << 3 : (block.times << 3) | 2) | isLast).subarray(0, 3);
    return [header, isRaw ? Buffer.from(block) : Buffer.from([block.byte])];
  });
  // A window of 1 MB.
  return Buffer.concat([u32(0xfd2fb528), Buffer.from([0, 10 << 3]), ...parts]);
}
