/**
 * Words interned by their bytes, in WebAssembly (AssemblyScript) alone: WordTable does the same in JavaScript. Any number
 * of tables share one memory. In: words one after the other, at places that scratch() told. Out: their numbers.
 * compiled-words.ts is the way to use it. Limit: 4 GB; beyond, it traps.
 */

/** Bytes behind every area that may be read, so that vectors may be. */
const PADDING: usize = 64;
const PAGE: usize = 1 << 16;

/** A table's record: hash table of SLOT bytes a place, words that are there, and where each stands. */
const SLOTS: usize = 0;
const MASK: usize = 4;
const COUNT: usize = 8;
const STARTS: usize = 12;
const CAPACITY: usize = 16;
/** Where the next word goes, and where its block ends. */
const NEXT: usize = 20;
const BLOCK_END: usize = 24;
const RECORD: usize = 32;

/** A place of the hash table: hash, and address of the word (0: free). */
const SLOT_START: usize = 4;
const SLOT: usize = 8;
/** A word: its number and size, then its bytes. */
const WORD_SIZE: usize = 4;
const WORD_BYTES: usize = 8;

const FIRST_CAPACITY: usize = 1 << 8;
const FIRST_BLOCK: usize = 1 << 12;
const LARGEST_BLOCK: usize = 1 << 20;
/** Words whose places are loaded together, so that one need not wait for the memory of the other. */
const BATCH: usize = 64;

let top: usize = 0;
/** The largest area that is used no more: the next block for words. */
let spare: usize = 0;
let spareSize: usize = 0;
let hashes: usize = 0;
let scratchAt: usize = 0;
let scratchSize: usize = 0;
/** Sum of what was only loaded: kept, so that no compiler leaves the loading out. */
export let loaded: u32 = 0;

/** Address of fresh zero bytes, aligned to 16. */
function alloc(size: usize): usize {
  if (top === 0) top = (__heap_base + 63) & ~63;
  const address = top;
  top = (address + size + PADDING + 15) & ~15;
  if (top < address) unreachable();
  const pages = i32((top + PADDING + PAGE - 1) / PAGE);
  const missing = pages - memory.size();
  if (missing > 0 && memory.grow(missing + (memory.size() >> 3)) < 0 && memory.grow(missing) < 0)
    unreachable();
  return address;
}

function release(address: usize, size: usize): void {
  if (size <= spareSize) return;
  spare = address;
  spareSize = size;
}

/** A place for `size` bytes that are given; what was there is lost. */
export function scratch(size: usize): usize {
  if (size > scratchSize) {
    release(scratchAt, scratchSize);
    scratchSize = size * 2;
    scratchAt = alloc(scratchSize);
  }
  return scratchAt;
}

/** A new table: its address. */
export function open(): usize {
  const table = alloc(RECORD);
  store<u32>(table + SLOTS, alloc(FIRST_CAPACITY * 2 * SLOT));
  store<u32>(table + MASK, FIRST_CAPACITY * 2 - 1);
  store<u32>(table + STARTS, alloc(FIRST_CAPACITY * 4));
  store<u32>(table + CAPACITY, FIRST_CAPACITY);
  const block = alloc(FIRST_BLOCK);
  store<u32>(table + NEXT, block);
  store<u32>(table + BLOCK_END, block + FIRST_BLOCK);
  if (hashes === 0) hashes = alloc(BATCH * 4);
  return table;
}

export function count(table: usize): u32 {
  return load<u32>(table + COUNT);
}

/** Where a word's bytes begin. */
export function bytesAt(table: usize, number: usize): usize {
  return wordAt(table, number) + WORD_BYTES;
}

export function sizeOf(table: usize, number: usize): u32 {
  return load<u32>(wordAt(table, number) + WORD_SIZE);
}

function wordAt(table: usize, number: usize): usize {
  return <usize>load<u32>(<usize>load<u32>(table + STARTS) + number * 4);
}

/** Interns `words` words that stand from `bytes` on, each up to its end; their numbers take the place of the ends. */
export function internAll(table: usize, bytes: usize, ends: usize, words: usize): void {
  let start: usize = 0;
  for (let first: usize = 0; first < words; first += BATCH) {
    const last = first + BATCH < words ? first + BATCH : words;
    const slots = <usize>load<u32>(table + SLOTS);
    const mask = load<u32>(table + MASK);
    let from = start;
    let sum: u32 = 0;
    for (let i = first; i < last; i++) {
      const end = <usize>load<u32>(ends + i * 4);
      const hash = hashOf(bytes + from, end - from);
      store<u32>(hashes + (i - first) * 4, hash);
      sum += load<u32>(slots + usize(hash & mask) * SLOT);
      from = end;
    }
    for (let i = first; i < last; i++) {
      const hash = load<u32>(hashes + (i - first) * 4);
      const slot = slots + usize(hash & mask) * SLOT;
      if (load<u32>(slot) === hash) sum += load<u8>(<usize>load<u32>(slot + SLOT_START));
    }
    loaded = sum;
    for (let i = first; i < last; i++) {
      const end = <usize>load<u32>(ends + i * 4);
      const number = intern(table, bytes + start, end - start, load<u32>(hashes + (i - first) * 4));
      store<u32>(ends + i * 4, number);
      start = end;
    }
  }
}

/** Number of the word of `size` bytes at p, or -1. */
export function find(table: usize, p: usize, size: usize): i32 {
  const word = load<u32>(placeOf(table, p, size, hashOf(p, size)) + SLOT_START);
  return word === 0 ? -1 : load<i32>(<usize>word);
}

function intern(table: usize, p: usize, size: usize, hash: u32): u32 {
  const place = placeOf(table, p, size, hash);
  const word = <usize>load<u32>(place + SLOT_START);
  return word !== 0 ? load<u32>(word) : add(table, p, size, hash, place);
}

/** The place of a word in the hash table: its own, or the free one that it would get. */
function placeOf(table: usize, p: usize, size: usize, hash: u32): usize {
  const slots = <usize>load<u32>(table + SLOTS);
  const mask = load<u32>(table + MASK);
  let slot = hash & mask;
  while (true) {
    const place = slots + <usize>slot * SLOT;
    const word = <usize>load<u32>(place + SLOT_START);
    if (word === 0) return place;
    if (
      load<u32>(place) === hash &&
      load<u32>(word + WORD_SIZE) === size &&
      areSame(word + WORD_BYTES, p, size)
    )
      return place;
    slot = (slot + 1) & mask;
  }
}

function add(table: usize, p: usize, size: usize, hash: u32, place: usize): u32 {
  const number = load<u32>(table + COUNT);
  const word = makeRoom(table, (WORD_BYTES + size + 3) & ~3);
  store<u32>(word, number);
  store<u32>(word + WORD_SIZE, size);
  memory.copy(word + WORD_BYTES, p, size);
  store<u32>(place, hash);
  store<u32>(place + SLOT_START, word);
  const capacity = <usize>load<u32>(table + CAPACITY);
  if (number === capacity) {
    const old = <usize>load<u32>(table + STARTS);
    const starts = alloc(capacity * 8);
    memory.copy(starts, old, capacity * 4);
    release(old, capacity * 4);
    store<u32>(table + STARTS, starts);
    store<u32>(table + CAPACITY, capacity * 2);
  }
  store<u32>(<usize>load<u32>(table + STARTS) + <usize>number * 4, word);
  store<u32>(table + COUNT, number + 1);
  if ((number + 1) * 2 > load<u32>(table + MASK)) growSlots(table);
  return number;
}

/** Where the next `size` bytes of words go: blocks stay where they are, so nothing is copied as a table grows. */
function makeRoom(table: usize, size: usize): usize {
  let next = <usize>load<u32>(table + NEXT);
  if (next + size > <usize>load<u32>(table + BLOCK_END)) {
    let block = FIRST_BLOCK;
    // An eighth of what the words may take so far.
    while (block < LARGEST_BLOCK && block < <usize>load<u32>(table + COUNT) * 8) block *= 2;
    if (block < size) block = size;
    if (spareSize >= block) {
      next = spare;
      block = spareSize;
      spareSize = 0;
    } else next = alloc(block);
    store<u32>(table + BLOCK_END, next + block);
  }
  store<u32>(table + NEXT, next + size);
  return next;
}

/** Twice the places, and all words in their new ones. */
function growSlots(table: usize): void {
  const old = <usize>load<u32>(table + SLOTS);
  const size = (<usize>load<u32>(table + MASK) + 1) * SLOT;
  const slots = alloc(size * 2);
  const mask = load<u32>(table + MASK) * 2 + 1;
  for (let from = old; from < old + size; from += SLOT) {
    const both = load<u64>(from);
    if (both >>> 32 === 0) continue;
    let slot = (<u32>both) & mask;
    while (load<u32>(slots + <usize>slot * SLOT + SLOT_START) !== 0) slot = (slot + 1) & mask;
    store<u64>(slots + <usize>slot * SLOT, both);
  }
  release(old, size);
  store<u32>(table + SLOTS, slots);
  store<u32>(table + MASK, mask);
}

function areSame(a: usize, b: usize, size: usize): bool {
  let i: usize = 0;
  for (; i + 16 <= size; i += 16)
    if (v128.any_true(v128.xor(v128.load(a + i), v128.load(b + i)))) return false;
  if (i === size) return true;
  // Bytes beyond the end do not count; PADDING makes them readable.
  const equal = i8x16.bitmask(i8x16.eq(v128.load(a + i), v128.load(b + i)));
  const wanted = (1 << i32(size - i)) - 1;
  return (equal & wanted) === wanted;
}

/** Two lanes, so that one multiplication need not wait for the other. */
function hashOf(p: usize, size: usize): u32 {
  let even: u64 = 0x9e3779b97f4a7c15 ^ (<u64>size);
  let odd: u64 = 0xc2b2ae3d27d4eb4f;
  let i: usize = 0;
  for (; i + 16 <= size; i += 16) {
    even = (even ^ load<u64>(p + i)) * 0xff51afd7ed558ccd;
    odd = (odd ^ load<u64>(p + i + 8)) * 0x9fb21c651e98df25;
    even ^= even >> 32;
    odd ^= odd >> 32;
  }
  if (i + 8 <= size) {
    even = (even ^ load<u64>(p + i)) * 0xff51afd7ed558ccd;
    even ^= even >> 32;
    i += 8;
  }
  const rest = size - i;
  if (rest > 0) odd = (odd ^ (load<u64>(p + i) << (64 - ((<u64>rest) << 3)))) * 0x9fb21c651e98df25;
  odd ^= odd >> 32;
  return u32(((even ^ odd) * 0xc4ceb9fe1a85ec53) >> 32);
}
