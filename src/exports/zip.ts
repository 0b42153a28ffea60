/**
 * A zip archive as a stream. In: entries, each asked for when the one before is written. Out: pieces of the archive.
 * Every entry is deflated, with its sizes behind it, because they are not known before. Source: PKWARE's APPNOTE 6.3,
 * 4.3 to 4.5. Limits: an entry over 4 GiB must be said to be large before it is begun; archives have no such limit.
 */
import type { Bytes, Milliseconds } from '../model/units.ts';
import { deflated, type Piece, type Pieces } from './gzip.ts';

export interface ZipEntry {
  name: string;
  pieces: Pieces;
  /** It may have more than 4 GiB: not every reader takes the wider form, so others do without. */
  mayBeLarge: boolean;
}

interface Written {
  name: Uint8Array;
  isLarge: boolean;
  crc: number;
  packed: Bytes;
  size: Bytes;
  offset: Bytes;
}

const DEFLATE = 8;
/** Sizes follow the data; names are UTF-8. */
const FLAGS = 0x0808;
const VERSION = 20;
const VERSION_ZIP64 = 45;
const MOST_32 = 0xffffffff;
const MOST_16 = 0xffff;

export async function* zipPieces(
  entries: Iterable<ZipEntry> | AsyncIterable<ZipEntry>,
  now: Milliseconds,
): AsyncGenerator<Piece> {
  const stamp = dosTime(now);
  const all: Written[] = [];
  let offset = 0;
  for await (const { name, pieces, mayBeLarge } of entries) {
    const entry: Written = {
      ...{ name: new TextEncoder().encode(name), isLarge: mayBeLarge, crc: 0, packed: 0, size: 0, offset },
    };
    const head = localHeader(entry, stamp);
    yield head;
    for await (const piece of deflated(sized(pieces, entry), (crc) => (entry.crc = crc))) {
      entry.packed += piece.length;
      yield piece;
    }
    if (!mayBeLarge && Math.max(entry.size, entry.packed) > MOST_32)
      throw new Error(`${name} is larger than 4 GB. Choose a shorter span.`);
    const end = descriptor(entry);
    yield end;
    offset += head.length + entry.packed + end.length;
    all.push(entry);
  }
  let directory = 0;
  for (const entry of all) {
    const record = centralHeader(entry, stamp);
    directory += record.length;
    yield record;
  }
  yield ending(all.length, offset, directory);
}

async function* sized(pieces: Pieces, entry: Written): AsyncGenerator<Piece> {
  for await (const piece of pieces) {
    entry.size += piece.length;
    yield piece;
  }
}

/** Fields of a record, little-endian: [bytes, value] each, then whole bytes. */
function record(fields: readonly (readonly [2 | 4 | 8, number])[], ...rest: Uint8Array[]): Piece {
  const length = fields.reduce((sum, [size]) => sum + size, 0);
  const bytes = new Uint8Array(rest.reduce((sum, each) => sum + each.length, length));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else if (size === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += size;
  }
  for (const each of rest) {
    bytes.set(each, at);
    at += each.length;
  }
  return bytes;
}

function localHeader({ name, isLarge }: Written, stamp: number): Piece {
  const size = isLarge ? MOST_32 : 0;
  // With the wider field here, the sizes behind the data have eight bytes each.
  const extra = isLarge
    ? record([
        [2, 1],
        [2, 16],
        [8, 0],
        [8, 0],
      ])
    : new Uint8Array(0);
  return record(
    [
      [4, 0x04034b50],
      [2, isLarge ? VERSION_ZIP64 : VERSION],
      [2, FLAGS],
      [2, DEFLATE],
      [4, stamp],
      [4, 0],
      [4, size],
      [4, size],
      [2, name.length],
      [2, extra.length],
    ],
    name,
    extra,
  );
}

function descriptor({ crc, packed, size, isLarge }: Written): Piece {
  const width = isLarge ? 8 : 4;
  return record([
    [4, 0x08074b50],
    [4, crc],
    [width, packed],
    [width, size],
  ]);
}

function centralHeader({ name, isLarge, crc, packed, size, offset }: Written, stamp: number): Piece {
  const isFar = offset > MOST_32;
  const wide = [...(isLarge ? [size, packed] : []), ...(isFar ? [offset] : [])];
  const extra =
    wide.length === 0
      ? new Uint8Array(0)
      : record([[2, 1], [2, wide.length * 8], ...wide.map((value) => [8, value] as const)]);
  const version = wide.length > 0 ? VERSION_ZIP64 : VERSION;
  return record(
    [
      [4, 0x02014b50],
      [2, version],
      [2, version],
      [2, FLAGS],
      [2, DEFLATE],
      [4, stamp],
      [4, crc],
      [4, isLarge ? MOST_32 : packed],
      [4, isLarge ? MOST_32 : size],
      [2, name.length],
      [2, extra.length],
      // Comment, disk, attributes.
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, isFar ? MOST_32 : offset],
    ],
    name,
    extra,
  );
}

function ending(entries: number, offset: Bytes, size: Bytes): Piece {
  const isWide = entries >= MOST_16 || offset >= MOST_32 || size >= MOST_32;
  const end = record([
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, Math.min(entries, MOST_16)],
    [2, Math.min(entries, MOST_16)],
    [4, Math.min(size, MOST_32)],
    [4, Math.min(offset, MOST_32)],
    [2, 0],
  ]);
  if (!isWide) return end;
  const wide = record([
    [4, 0x06064b50],
    [8, 44],
    [2, VERSION_ZIP64],
    [2, VERSION_ZIP64],
    [4, 0],
    [4, 0],
    [8, entries],
    [8, entries],
    [8, size],
    [8, offset],
  ]);
  const locator = record([
    [4, 0x07064b50],
    [4, 0],
    [8, offset + size],
    [4, 1],
  ]);
  return record([], wide, locator, end);
}

/** UTC, in steps of two seconds, from 1980 on. */
function dosTime(time: Milliseconds): number {
  const date = new Date(Math.max(time, Date.UTC(1980, 0, 1)));
  const day = ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
  const clock = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
  return ((day << 16) | clock) >>> 0;
}
