/**
 * Strings interned by their bytes: each distinct string has one number, counted from 0.
 * In: bytes (UTF-8). Out: numbers, and the bytes or text of a number. No string is made until one is asked for.
 */
export class WordTable {
  /** Bytes of all words, one after the other. */
  private bytes = new Uint8Array(1 << 12);
  /** Where word i ends; it begins where word i - 1 ends. */
  private ends = new Uint32Array(1 << 8);
  private hashes = new Int32Array(1 << 8);
  /** Open addressing: number of the word + 1, or 0. */
  private slots = new Int32Array(1 << 9);
  private used = 0;
  private count = 0;
  private texts: (string | undefined)[] = [];

  /** The hash by which words are found: 32 bits. */
  static hash(bytes: Uint8Array): number {
    return hashBytes(bytes, 0, bytes.length) >>> 0;
  }

  get size(): number {
    return this.count;
  }

  /** Number of the word at source[start … end); a new number if it was not there. */
  intern(source: Uint8Array, start: number, end: number): number {
    const hash = hashBytes(source, start, end);
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const number = this.slots[slot]! - 1;
      if (number < 0) break;
      if (this.hashes[number] === hash && this.equals(number, source, start, end)) return number;
      slot = (slot + 1) & mask;
    }
    return this.add(source, start, end, hash, slot);
  }

  /** Interns words that stand one after the other, each up to its end; their numbers go to `numbers` from `at` on. */
  internAll(source: Uint8Array, ends: Uint32Array, numbers: Uint32Array, at: number): void {
    for (let i = 0, start = 0; i < ends.length; i++) {
      const end = ends[i]!;
      numbers[at + i] = this.intern(source, start, end);
      start = end;
    }
  }

  /** Number of a text. */
  internText(text: string): number {
    const encoded = encoder.encode(text);
    return this.intern(encoded, 0, encoded.length);
  }

  /** Number of a text that is in the table, or -1. */
  find(text: string): number {
    return this.findBytes(encoder.encode(text));
  }

  findBytes(source: Uint8Array): number {
    const hash = hashBytes(source, 0, source.length);
    const mask = this.slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = this.slots[slot]! - 1;
      if (number < 0) return -1;
      if (this.hashes[number] === hash && this.equals(number, source, 0, source.length)) return number;
    }
  }

  /** The word's bytes: a view, good until the next intern. */
  bytesOf(number: number): Uint8Array {
    return this.bytes.subarray(number === 0 ? 0 : this.ends[number - 1]!, this.ends[number]!);
  }

  /** The word as text; bytes that are no UTF-8 become U+FFFD. Kept once made. */
  textOf(number: number): string {
    return (this.texts[number] ??= decoder.decode(this.bytesOf(number)));
  }

  private equals(number: number, source: Uint8Array, start: number, end: number): boolean {
    let at = number === 0 ? 0 : this.ends[number - 1]!;
    if (this.ends[number]! - at !== end - start) return false;
    for (let i = start; i < end; i++) if (this.bytes[at++] !== source[i]) return false;
    return true;
  }

  private add(source: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    const number = this.count++;
    const length = end - start;
    if (this.used + length > this.bytes.length) {
      const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.used + length));
      grown.set(this.bytes);
      this.bytes = grown;
    }
    // Most words are short, and there are many: no view is made for each.
    const { bytes } = this;
    for (let i = start, to = this.used; i < end; i++) bytes[to++] = source[i]!;
    this.used += length;
    if (number === this.ends.length) this.growNumbers();
    this.ends[number] = this.used;
    this.hashes[number] = hash;
    this.slots[slot] = number + 1;
    if (this.count * 2 > this.slots.length) this.growSlots();
    return number;
  }

  private growNumbers(): void {
    const ends = new Uint32Array(this.ends.length * 2);
    ends.set(this.ends);
    this.ends = ends;
    const hashes = new Int32Array(this.hashes.length * 2);
    hashes.set(this.hashes);
    this.hashes = hashes;
  }

  private growSlots(): void {
    this.slots = new Int32Array(this.slots.length * 2);
    const mask = this.slots.length - 1;
    for (let number = 0; number < this.count; number++) {
      let slot = this.hashes[number]! & mask;
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
      this.slots[slot] = number + 1;
    }
  }
}

const encoder = new TextEncoder();
/** A byte order mark stays: else two words could have one text. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** FNV-1a with a final mix, because slots take the low bits. */
function hashBytes(source: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ source[i]!, 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}
