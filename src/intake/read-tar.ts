/**
 * Members of a tar archive. In: its bytes, piece by piece; content may be stepped over. Out: each member's path, place
 * and content, and whether the archive is whole. Source: POSIX.1-2017 (pax), GNU tar manual (long names, base-256
 * sizes). Zero blocks do not end the reading, so archives that were appended to each other are read to their end.
 * Limits: sparse files are told, not put together; a header that is damaged ends the reading.
 */
import type { Bytes } from '../model/units.ts';
import { joinBytes } from '../lib/join-bytes.ts';

export interface TarMember {
  path: string;
  /** Place of its content in the archive. */
  start: Bytes;
  size: Bytes;
  /** Stored without its holes. */
  isSparse: boolean;
}

export interface TarHandler {
  /** A file begins. Folders and links are passed over. */
  begin(member: TarMember): void;
  take(piece: Uint8Array): void;
  end(): void;
}

const BLOCK: Bytes = 512;
/** Names and attributes that are longer are none. */
const LONGEST_META: Bytes = 1 << 20;
const [SUM, SUM_END, TYPE, MAGIC, PREFIX] = [148, 156, 156, 257, 345];
/** In a GNU sparse header, and in the blocks that go on with it: whether another one follows. */
const [SPARSE_MORE, SPARSE_MORE_AFTER] = [482, 504];

export class TarReader {
  /** Where the header stands that is none; −1 when there is no such. */
  damagedAt: Bytes = -1;
  private at: Bytes = 0;
  /** What the present bytes are, and how many of them are to come. */
  private mode: 'header' | 'meta' | 'sparse' | 'content' | 'padding' = 'header';
  private left: Bytes = BLOCK;
  private padding: Bytes = 0;
  /** A header, or names and attributes, as far as they have come. */
  private collected = new Uint8Array(0);
  private metaType = '';
  private isFile = false;
  private member: TarMember = { path: '', start: 0, size: 0, isSparse: false };
  /** For the next member, from the headers before it. */
  private longPath: string | null = null;
  private attributes = new Map<string, string>();
  private endsWithZeros = false;

  constructor(private readonly handler: TarHandler) {}

  /** False once a header was damaged. */
  push(piece: Uint8Array): boolean {
    for (let from = 0; from < piece.length && this.damagedAt < 0;) {
      const part = piece.subarray(from, from + this.left);
      if (this.mode === 'content') {
        if (this.isFile) this.handler.take(part);
      } else if (this.mode !== 'padding') this.collect(part);
      from += part.length;
      this.advance(part.length);
    }
    return this.damagedAt < 0;
  }

  /** Content and padding that follow here and need not be pushed. */
  skippable(): Bytes {
    return this.mode === 'content' ? this.left + this.padding : this.mode === 'padding' ? this.left : 0;
  }

  skip(bytes: Bytes): void {
    for (let left = bytes; left > 0;) {
      const part = Math.min(left, this.left);
      left -= part;
      this.advance(part);
    }
  }

  /** Whether the archive came to its end; zeros mark it. */
  isWhole(): boolean {
    return this.mode === 'header' && this.collected.length === 0 && this.endsWithZeros;
  }

  private advance(bytes: Bytes): void {
    this.at += bytes;
    this.left -= bytes;
    while (this.left === 0 && this.damagedAt < 0) this.goOn();
  }

  /** What was to come has come. */
  private goOn(): void {
    const { mode, collected: bytes } = this;
    this.collected = new Uint8Array(0);
    this.mode = 'header';
    this.left = BLOCK;
    if (mode === 'header') this.readHeader(bytes);
    else if (mode === 'sparse') this.beginSparse(bytes[SPARSE_MORE_AFTER] === 1);
    else if (mode === 'padding') return;
    else {
      if (mode === 'meta') this.readMeta(bytes);
      else if (this.isFile) this.handler.end();
      if (this.padding > 0) this.expect('padding', this.padding);
    }
  }

  private collect(part: Uint8Array): void {
    this.collected = joinBytes([this.collected, part]);
  }

  private expect(mode: TarReader['mode'], left: Bytes): void {
    this.mode = mode;
    this.left = left;
  }

  private readHeader(header: Uint8Array): void {
    this.endsWithZeros = header.every((byte) => byte === 0);
    if (this.endsWithZeros) return;
    const size = Number(this.attributes.get('size') ?? numberAt(header, 124, 12));
    if (!isTarHeader(header) || !Number.isSafeInteger(size) || size < 0) {
      this.damagedAt = this.at - BLOCK;
      return;
    }
    const type = String.fromCharCode(header[TYPE!]!);
    this.padding = (BLOCK - (size % BLOCK)) % BLOCK;
    if ('xgLK'.includes(type)) {
      if (size > LONGEST_META) this.damagedAt = this.at - BLOCK;
      this.metaType = type;
      this.expect('meta', size);
      return;
    }
    const stated = this.attributes.get('GNU.sparse.name') ?? this.attributes.get('path');
    const path = stated ?? this.longPath ?? nameIn(header);
    const isSparse = type === 'S' || [...this.attributes.keys()].some((key) => key.startsWith('GNU.sparse'));
    this.attributes = new Map();
    this.longPath = null;
    this.isFile = '\x000S7'.includes(type) && !path.endsWith('/');
    // Links have no content, whatever size they state.
    const hasContent = !'123456'.includes(type);
    this.member = { path, start: this.at, size: hasContent ? size : 0, isSparse };
    if (!hasContent) this.padding = 0;
    if (type === 'S') this.beginSparse(header[SPARSE_MORE!] === 1);
    else this.beginMember();
  }

  private beginSparse(goesOn: boolean): void {
    if (goesOn) this.expect('sparse', BLOCK);
    else this.beginMember();
  }

  private beginMember(): void {
    this.member.start = this.at;
    if (this.isFile) this.handler.begin(this.member);
    this.expect('content', this.member.size);
  }

  private readMeta(bytes: Uint8Array): void {
    if (this.metaType === 'L') this.longPath = textOf(bytes);
    if (this.metaType === 'x') this.attributes = readAttributes(bytes);
  }
}

/** Whether a block is the header of a member: its bytes add up to the sum that it states. */
export function isTarHeader(block: Uint8Array): boolean {
  if (block.length < BLOCK || block[0] === 0) return false;
  let sum = 0;
  for (let i = 0; i < BLOCK; i++) sum += i >= SUM! && i < SUM_END! ? 0x20 : block[i]!;
  return sum === numberAt(block, SUM!, 8);
}

/** Octal digits, or base 256 where the first bit is set; NaN for anything else. */
function numberAt(block: Uint8Array, at: number, length: number): number {
  const bytes = block.subarray(at, at + length);
  if (bytes[0]! & 0x80) return bytes.subarray(1).reduce((sum, byte) => sum * 256 + byte, bytes[0]! & 0x7f);
  const digits = textOf(bytes).trim();
  return /^[0-7]*$/.test(digits) ? parseInt(digits || '0', 8) : NaN;
}

function nameIn(header: Uint8Array): string {
  const name = textOf(header.subarray(0, 100));
  const isPosix = textOf(header.subarray(MAGIC!, MAGIC! + 6)) === 'ustar';
  const prefix = isPosix ? textOf(header.subarray(PREFIX!, PREFIX! + 155)) : '';
  return prefix ? `${prefix}/${name}` : name;
}

/** Records "length key=value\n"; the length counts all of the record's bytes. */
function readAttributes(bytes: Uint8Array): Map<string, string> {
  const attributes = new Map<string, string>();
  for (let at = 0; at < bytes.length;) {
    const record = /^(\d+) /.exec(textOf(bytes.subarray(at, at + 12)));
    const length = Number(record?.[1] ?? 0);
    if (length === 0) break;
    const text = new TextDecoder().decode(bytes.subarray(at + record![0].length, at + length - 1));
    const equals = text.indexOf('=');
    attributes.set(text.slice(0, equals), text.slice(equals + 1));
    at += length;
  }
  return attributes;
}

/** Up to the first NUL. */
function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}
