/**
 * Reads MaxMind DB files (format version 2: a binary search tree over the bits of addresses, then typed data).
 * In: the file's bytes. Out: for an address the number of its record, and records as values. A bad file is a problem.
 * Source: the MaxMind DB file format specification 2.0, as published by MaxMind. Own reader, because those on npm need
 * Node's Buffer. Limits: 128-bit integers are not read (no database uses them for what is asked here).
 */
import type { Problem } from '../model/problem.ts';

export type MmdbValue = string | number | boolean | Uint8Array | MmdbValue[] | Map<string, MmdbValue>;

/** Number of a record: its offset in the data. */
export type RecordOffset = number;
export const NO_RECORD = -1;

/** Before the metadata, which stand at the end of the file. */
const MARKER = [0xab, 0xcd, 0xef, ...new TextEncoder().encode('MaxMind.com')];
/** As far from the end as the marker may stand. */
const MARKER_REACH = 128 * 1024;
/** Zero bytes between tree and data. */
const SEPARATOR = 16;
/** Deeper than any real record; a damaged one may point at itself. */
const DEEPEST = 32;

export class Mmdb {
  private readonly tree: Uint8Array;
  private readonly data: Uint8Array;
  private readonly nodes: number;
  private readonly recordBits: number;
  /** Node under which IPv4 addresses stand, in a tree of IPv6. */
  private readonly ipv4Root: number;
  /** Made when first needed. */
  private topOfIpv4: Uint32Array | null = null;
  private topOfIpv6: Uint32Array | null = null;
  readonly holdsIpv6: boolean;
  /** What the file says it is, such as GeoLite2-Country. */
  readonly databaseType: string;
  /** Seconds since 1970; 0 when the file does not say. */
  readonly builtSeconds: number;

  /** Throws when the file is none; `openMmdb` says so in words. */
  constructor(bytes: Uint8Array) {
    const marker = findMarker(bytes);
    if (marker < 0) throw new Error('it has no MaxMind DB metadata');
    const metadata = new Decoder(bytes.subarray(marker + MARKER.length)).read(0).value;
    const number = (key: string) => {
      const value = metadata instanceof Map ? metadata.get(key) : undefined;
      return typeof value === 'number' ? value : 0;
    };
    if (number('binary_format_major_version') !== 2) throw new Error('its format version is not 2');
    this.nodes = number('node_count');
    this.recordBits = number('record_size');
    if (![24, 28, 32].includes(this.recordBits)) throw new Error(`its records have ${this.recordBits} bits`);
    const treeSize = (this.nodes * this.recordBits) / 4;
    if (treeSize + SEPARATOR > marker) throw new Error('it is cut off');
    this.tree = bytes.subarray(0, treeSize);
    this.data = bytes.subarray(treeSize + SEPARATOR, marker);
    this.holdsIpv6 = number('ip_version') === 6;
    const type = metadata instanceof Map ? metadata.get('database_type') : '';
    this.databaseType = typeof type === 'string' ? type : '';
    this.builtSeconds = number('build_epoch');
    let root = 0;
    for (let bit = 0; this.holdsIpv6 && bit < 96 && root < this.nodes; bit++) root = this.child(root, 0);
    this.ipv4Root = root;
  }

  /** words: four; those of IPv4 in the last alone. Not numbers of 32 unsigned bits, which would be made objects. */
  recordOfIpv4(words: Uint32Array): RecordOffset {
    const word = words[3]!;
    this.topOfIpv4 ??= this.topBelow(this.ipv4Root);
    return this.recordBelow(this.walk(this.topOfIpv4[word >>> 16]!, word, 15));
  }

  recordOfIpv6(words: Uint32Array): RecordOffset {
    if (!this.holdsIpv6) return NO_RECORD;
    this.topOfIpv6 ??= this.topBelow(0);
    let node = this.walk(this.topOfIpv6[words[0]! >>> 16]!, words[0]!, 15);
    for (let i = 1; i < 4 && node < this.nodes; i++) node = this.walk(node, words[i]!, 31);
    return this.recordBelow(node);
  }

  valueAt(record: RecordOffset): MmdbValue {
    return new Decoder(this.data).read(record).value;
  }

  /** Down the tree by the bits of a word, from this one to the lowest, or as far as it goes. */
  private walk(node: number, word: number, bit: number): number {
    for (; bit >= 0 && node < this.nodes; bit--) node = this.child(node, (word >>> bit) & 1);
    return node;
  }

  /** By the first 16 bits of an address, where the tree leads to. */
  private topBelow(root: number): Uint32Array {
    const top = new Uint32Array(65_536);
    const fill = (node: number, first: number, size: number) => {
      if (size === 1 || node >= this.nodes) {
        top.fill(node, first, first + size);
        return;
      }
      fill(this.child(node, 0), first, size / 2);
      fill(this.child(node, 1), first + size / 2, size / 2);
    };
    fill(root, 0, 65_536);
    return top;
  }

  private recordBelow(node: number): RecordOffset {
    // Equal to the count: nothing is known; above it: an offset in the data, after the separator.
    return node <= this.nodes ? NO_RECORD : node - this.nodes - SEPARATOR;
  }

  private child(node: number, side: number): number {
    const { tree } = this;
    if (this.recordBits === 24) {
      const at = node * 6 + side * 3;
      return (tree[at]! << 16) | (tree[at + 1]! << 8) | tree[at + 2]!;
    }
    if (this.recordBits === 28) {
      // The byte in the middle holds the upper four bits of both.
      const at = node * 7;
      const upper = side === 0 ? tree[at + 3]! >>> 4 : tree[at + 3]! & 15;
      const rest = at + side * 4;
      return (upper << 24) | (tree[rest]! << 16) | (tree[rest + 1]! << 8) | tree[rest + 2]!;
    }
    const at = node * 8 + side * 4;
    return ((tree[at]! << 24) | (tree[at + 1]! << 16) | (tree[at + 2]! << 8) | tree[at + 3]!) >>> 0;
  }
}

export function openMmdb(bytes: Uint8Array, file: string): { database: Mmdb } | { problem: Problem } {
  try {
    return { database: new Mmdb(bytes) };
  } catch (error) {
    const problem: Problem = {
      severity: 'error',
      file,
      line: 0,
      reason: `${file} is not a readable MaxMind DB file: ${error instanceof Error ? error.message : String(error)}.`,
      remedy:
        'Download the .mmdb file again, unpack it if it is in a .tar.gz or .zip, and choose it once more.',
    };
    return { problem };
  }
}

function findMarker(bytes: Uint8Array): number {
  const lowest = Math.max(0, bytes.length - MARKER_REACH);
  for (let at = bytes.length - MARKER.length; at >= lowest; at--)
    if (bytes[at] === MARKER[0] && MARKER.every((byte, i) => bytes[at + i] === byte)) return at;
  return -1;
}

/** Values as the data section writes them: a control byte with type and size, then the bytes. */
class Decoder {
  private readonly view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  read(at: number, depth = 0): { value: MmdbValue; end: number } {
    if (depth > DEEPEST) throw new Error('its data point at themselves');
    if (at >= this.bytes.length) throw new Error('its data end too early');
    const control = this.bytes[at++]!;
    let type = control >>> 5;
    if (type === 1) {
      const { target, end } = this.pointer(control, at);
      return { value: this.read(target, depth + 1).value, end };
    }
    if (type === 0) type = 7 + this.bytes[at++]!;
    let size = control & 31;
    if (size >= 29) {
      const extra = size - 28;
      size = [29, 285, 65_821][extra - 1]! + this.integer(at, extra);
      at += extra;
    }
    if (type === 7) return this.map(at, size, depth);
    if (type === 11) return this.array(at, size, depth);
    if (type === 14) return { value: size !== 0, end: at };
    if (at + size > this.bytes.length) throw new Error('its data end too early');
    return { value: this.scalar(type, at, size), end: at + size };
  }

  private scalar(type: number, at: number, size: number): MmdbValue {
    const bytes = this.bytes.subarray(at, at + size);
    if (type === 2) return new TextDecoder().decode(bytes);
    if (type === 3) return this.view.getFloat64(at);
    if (type === 15) return this.view.getFloat32(at);
    if (type === 8) return size === 4 ? this.view.getInt32(at) : this.integer(at, size);
    if ([5, 6, 9].includes(type)) return this.integer(at, size);
    if (type === 4 || type === 10) return bytes;
    throw new Error(`its data have a value of unknown type ${type}`);
  }

  /** Sizes 0 to 3 in bits 3 and 4: 11, 19, 27 or 32 bits, each beginning where the shorter ends. */
  private pointer(control: number, at: number): { target: number; end: number } {
    const size = ((control >>> 3) & 3) + 1;
    const low = control & 7;
    const rest = this.integer(at, size);
    const target = [low * 256 + rest, low * 65_536 + rest + 2048, low * 16_777_216 + rest + 526_336, rest][
      size - 1
    ]!;
    return { target, end: at + size };
  }

  private map(at: number, size: number, depth: number): { value: MmdbValue; end: number } {
    const value = new Map<string, MmdbValue>();
    for (let i = 0; i < size; i++) {
      const key = this.read(at, depth + 1);
      const item = this.read(key.end, depth + 1);
      if (typeof key.value === 'string') value.set(key.value, item.value);
      at = item.end;
    }
    return { value, end: at };
  }

  private array(at: number, size: number, depth: number): { value: MmdbValue; end: number } {
    const value: MmdbValue[] = [];
    for (let i = 0; i < size; i++) {
      const item = this.read(at, depth + 1);
      value.push(item.value);
      at = item.end;
    }
    return { value, end: at };
  }

  private integer(at: number, size: number): number {
    if (at + size > this.bytes.length) throw new Error('its data end too early');
    let value = 0;
    for (let i = 0; i < size; i++) value = value * 256 + this.bytes[at + i]!;
    return value;
  }
}
