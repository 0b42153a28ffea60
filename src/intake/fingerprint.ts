/**
 * What tells files apart. In: a Blob. Out: a fingerprint of its size and of three places, which costs little whatever
 * the size; a hash of content that comes in pieces; whether two files are the same to the byte, which reads both. Source:
 * MurmurHash3 by Austin Appleby, the variant of 128 bits in words of 32 (public domain). Limits: not cryptographic, as
 * nobody gains by a clash, and equal fingerprints are confirmed by sameBytes.
 */
import type { Bytes } from '../model/units.ts';

/** Read at the head, in the middle and at the tail. */
const SAMPLE: Bytes = 64 << 10;
/** Read of each file at once when two are compared. */
const COMPARED: Bytes = 4 << 20;

/** In hexadecimal: size and hash. */
export async function fingerprintFile(file: Blob): Promise<string> {
  const { size } = file;
  const middle = Math.floor((size - SAMPLE) / 2);
  const samples =
    size <= 3 * SAMPLE
      ? [file]
      : [0, middle, size - SAMPLE].map((place) => file.slice(place, place + SAMPLE));
  const hash = new ContentHash();
  hash.add(new Uint8Array(await new Blob(samples).arrayBuffer()));
  return hash.text().replace(/^.*-/, `${size.toString(16)}-`);
}

/** Whether two files hold the same bytes; stops at the first difference. Rejects when one cannot be read. */
export async function sameBytes(a: Blob, b: Blob): Promise<boolean> {
  if (a.size !== b.size) return false;
  for (let at = 0; at < a.size; at += COMPARED) {
    const [left, right] = await Promise.all([
      a.slice(at, at + COMPARED).arrayBuffer(),
      b.slice(at, at + COMPARED).arrayBuffer(),
    ]);
    if (!isEqual(left, right)) return false;
  }
  return true;
}

function isEqual(a: ArrayBuffer, b: ArrayBuffer): boolean {
  const [left, right] = [new Uint8Array(a), new Uint8Array(b)];
  for (let i = 0; i < left.length; i++) if (left[i] !== right[i]) return false;
  return true;
}

const BLOCK: Bytes = 16;

/** Size and 128 bits of a content that comes in pieces. The last block is filled up with zeros: the length is hashed. */
export class ContentHash {
  size: Bytes = 0;
  private readonly state = new Int32Array(4);
  /** A block that is not whole yet. */
  private readonly block = new Uint8Array(BLOCK);
  private filled = 0;

  add(piece: Uint8Array): void {
    this.size += piece.length;
    let at = 0;
    if (this.filled > 0) {
      at = Math.min(BLOCK - this.filled, piece.length);
      this.block.set(piece.subarray(0, at), this.filled);
      this.filled += at;
      if (this.filled < BLOCK) return;
      this.mix(this.block, 0, BLOCK);
    }
    const whole = at + Math.floor((piece.length - at) / BLOCK) * BLOCK;
    this.mix(piece, at, whole);
    this.block.set(piece.subarray(whole));
    this.filled = piece.length - whole;
  }

  /** In hexadecimal. Nothing can be added afterwards. */
  text(): string {
    const { state } = this;
    if (this.filled > 0) this.mix(this.block.fill(0, this.filled), 0, BLOCK);
    for (let i = 0; i < 4; i++) state[i]! ^= this.size;
    spread(state);
    for (let i = 0; i < 4; i++) state[i] = finish(state[i]!);
    spread(state);
    const hash = [...state].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
    return `${this.size.toString(16)}-${hash}`;
  }

  /** Whole blocks. Written out, because every byte of a compressed archive passes here. */
  private mix(bytes: Uint8Array, from: number, until: number): void {
    const { state } = this;
    let [a, b, c, d] = state as unknown as [number, number, number, number];
    const word = (at: number) =>
      bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    for (let at = from; at < until; at += BLOCK) {
      a ^= Math.imul(turn(Math.imul(word(at), 0x239b961b), 15), 0xab0e9789);
      a = (Math.imul(turn(a, 19) + b, 5) + 0x561ccd1b) | 0;
      b ^= Math.imul(turn(Math.imul(word(at + 4), 0xab0e9789), 16), 0x38b34ae5);
      b = (Math.imul(turn(b, 17) + c, 5) + 0x0bcaa747) | 0;
      c ^= Math.imul(turn(Math.imul(word(at + 8), 0x38b34ae5), 17), 0xa1e38b93);
      c = (Math.imul(turn(c, 15) + d, 5) + 0x96cd1c35) | 0;
      d ^= Math.imul(turn(Math.imul(word(at + 12), 0xa1e38b93), 18), 0x239b961b);
      d = (Math.imul(turn(d, 13) + a, 5) + 0x32ac3b17) | 0;
    }
    state.set([a, b, c, d]);
  }
}

const turn = (word: number, bits: number) => (word << bits) | (word >>> (32 - bits));

/** Makes every word depend on all four. */
function spread(state: Int32Array): void {
  state[0]! += state[1]! + state[2]! + state[3]!;
  for (let i = 1; i < 4; i++) state[i]! += state[0]!;
}

function finish(word: number): number {
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return word ^ (word >>> 16);
}
