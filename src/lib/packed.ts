/**
 * Plain data as bytes, to be kept. In: objects, arrays, Maps, texts, numbers (NaN and infinities too), typed arrays.
 * Out: one block of bytes, and the same data again; typed arrays are views of the block. Bytes that are no such block,
 * or are damaged, throw DamagedData. Limits: a 32-bit checksum against accidents, not against forgery.
 */
const ARRAYS = {
  u8: Uint8Array,
  i8: Int8Array,
  u16: Uint16Array,
  i16: Int16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f64: Float64Array,
};
type Kind = keyof typeof ARRAYS;
type Numbers = InstanceType<(typeof ARRAYS)[Kind]>;

/** Spells "PULL" in little-endian bytes. */
const MAGIC = 0x4c4c5550;
/** Of this layout: magic, version, length of the description, checksum of all that follows. */
const VERSION = 1;
const HEAD = 16;
/** What every number is aligned to. */
const ALIGN = 8;
/** Name of a tagged value: no object of ours has such a field. */
const TAG = '$';

export class DamagedData extends Error {}

export function pack(value: unknown): Uint8Array<ArrayBuffer> {
  const blocks: { numbers: Numbers; at: number }[] = [];
  let size = 0;
  const description = JSON.stringify(
    describe(value, (numbers) => {
      const at = size;
      blocks.push({ numbers, at });
      size = aligned(size + numbers.byteLength);
      return at;
    }),
  );
  const text = new TextEncoder().encode(description);
  const start = HEAD + aligned(text.length);
  const bytes = new Uint8Array(start + size);
  bytes.set(text, HEAD);
  for (const { numbers, at } of blocks) {
    bytes.set(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength), start + at);
  }
  new Uint32Array(bytes.buffer, 0, 4).set([MAGIC, VERSION, text.length, checksum(bytes)]);
  return bytes;
}

export function unpack(given: Uint8Array): unknown {
  if (given.length < HEAD || given.length % ALIGN !== 0) throw new DamagedData('It is cut off.');
  const bytes = given.byteOffset % ALIGN === 0 ? given : given.slice();
  const [magic, version, length, sum] = new Uint32Array(bytes.buffer, bytes.byteOffset, 4);
  const start = HEAD + aligned(length!);
  if (magic !== MAGIC || version !== VERSION || start > bytes.length) throw new DamagedData('It is none.');
  if (checksum(bytes) !== sum) throw new DamagedData('Its checksum is another.');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(HEAD, HEAD + length!));
    return restore(JSON.parse(text), bytes, start);
  } catch (error) {
    throw new DamagedData(error instanceof Error ? error.message : String(error));
  }
}

/** What tells blocks apart that were packed: the checksum that stands in one. */
export function checksumIn(block: Uint8Array): number {
  return new DataView(block.buffer, block.byteOffset).getUint32(12, true);
}

function describe(value: unknown, place: (numbers: Numbers) => number): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return { [TAG]: 'number', text: String(value) };
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value)) {
    const kind = (Object.keys(ARRAYS) as Kind[]).find((each) => value instanceof ARRAYS[each])!;
    const numbers = value as Numbers;
    return { [TAG]: kind, at: place(numbers), length: numbers.length };
  }
  if (Array.isArray(value)) return value.map((each) => describe(each, place));
  if (value instanceof Map) return { [TAG]: 'map', entries: describe([...value], place) };
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, describe(each, place)]));
}

function restore(value: unknown, bytes: Uint8Array, start: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => restore(each, bytes, start));
  const fields = value as Record<string, unknown>;
  const tag = fields[TAG];
  if (tag === 'number') return Number(fields['text']);
  if (tag === 'map') return new Map(restore(fields['entries'], bytes, start) as [unknown, unknown][]);
  if (typeof tag === 'string') {
    const { at, length } = fields as { at: number; length: number };
    const last = start + at + ARRAYS[tag as Kind].BYTES_PER_ELEMENT * length;
    if (!(at >= 0 && length >= 0 && last <= bytes.length)) throw new DamagedData('A column is cut off.');
    return new ARRAYS[tag as Kind](bytes.buffer as ArrayBuffer, bytes.byteOffset + start + at, length);
  }
  return Object.fromEntries(
    Object.entries(fields).map(([name, each]) => [name, restore(each, bytes, start)]),
  );
}

/** Of all behind itself, four bytes at a time. */
function checksum(bytes: Uint8Array): number {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + HEAD, (bytes.length - HEAD) >>> 2);
  let sum = bytes.length | 0;
  for (let i = 0; i < words.length; i++) sum = Math.imul(sum ^ words[i]!, 0x9e3779b1) + 0x7f4a7c15;
  return (sum ^ (sum >>> 15)) >>> 0;
}

const aligned = (size: number) => Math.ceil(size / ALIGN) * ALIGN;
