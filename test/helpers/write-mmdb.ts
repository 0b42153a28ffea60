/**
 * Writes small MaxMind DB files, for tests of the reader: a binary tree, and data without pointers except where two
 * ranges share a record. In: ranges as [address, prefix length, record]. Written from the format specification alone.
 */
export type Writable = string | number | boolean | Writable[] | { [key: string]: Writable };

export interface MmdbRange {
  /** 4 or 16 bytes. */
  address: number[];
  length: number;
  record: Writable;
}

export interface MmdbShape {
  recordBits?: 24 | 28 | 32;
  ipVersion?: 4 | 6;
  type?: string;
}

type Node = [Branch, Branch];
type Branch = Node | { record: number } | null;

export function writeMmdb(ranges: MmdbRange[], shape: MmdbShape = {}): Uint8Array {
  const { recordBits = 24, ipVersion = 6, type = 'Test-Country' } = shape;
  const records: Writable[] = [];
  const root: Node = [null, null];
  for (const { address, length, record } of ranges) {
    const mapped = ipVersion === 6 && address.length === 4;
    const bytes = mapped ? [...new Array<number>(12).fill(0), ...address] : address;
    const bits = mapped ? length + 96 : length;
    let place = records.indexOf(record);
    if (place < 0) place = records.push(record) - 1;
    put(root, bytes, bits, place);
  }

  const nodes: Node[] = [];
  const numbers = new Map<Node, number>();
  const number = (node: Node) => {
    numbers.set(node, nodes.push(node) - 1);
    for (const branch of node) if (Array.isArray(branch)) number(branch);
  };
  number(root);
  const data: number[] = [];
  const offsets = records.map((record) => {
    const offset = data.length;
    data.push(...encode(record));
    return offset;
  });
  const valueOf = (branch: Branch) => {
    if (branch === null) return nodes.length;
    return Array.isArray(branch) ? numbers.get(branch)! : nodes.length + 16 + offsets[branch.record]!;
  };
  const tree = nodes.flatMap(([left, right]) => pair(valueOf(left), valueOf(right), recordBits));
  const metadata = encode({
    binary_format_major_version: 2,
    build_epoch: 1_700_000_000,
    database_type: type,
    ip_version: ipVersion,
    node_count: nodes.length,
    record_size: recordBits,
  });
  const marker = [0xab, 0xcd, 0xef, ...new TextEncoder().encode('MaxMind.com')];
  return Uint8Array.from([...tree, ...new Array<number>(16).fill(0), ...data, ...marker, ...metadata]);
}

/** Later ranges lie inside earlier ones or beside them; an earlier wide range is split to make room. */
function put(root: Node, bytes: number[], length: number, record: number): void {
  let node = root;
  for (let bit = 0; bit < length; bit++) {
    const side = (bytes[bit >> 3]! >> (7 - (bit & 7))) & 1;
    if (bit === length - 1) {
      node[side] = { record };
      return;
    }
    const below: Branch = node[side]!;
    if (!Array.isArray(below)) node[side] = [below, below];
    node = node[side] as Node;
  }
}

function pair(left: number, right: number, bits: number): number[] {
  const low = (value: number, bytes: number) => bytesOf(value, 4).slice(4 - bytes);
  if (bits === 24) return [...low(left, 3), ...low(right, 3)];
  if (bits === 32) return [...low(left, 4), ...low(right, 4)];
  return [...low(left, 3), ((left >>> 24) << 4) | (right >>> 24), ...low(right, 3)];
}

function bytesOf(value: number, size: number): number[] {
  return Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** (size - 1 - i)) % 256);
}

function encode(value: Writable): number[] {
  if (typeof value === 'string') {
    const text = [...new TextEncoder().encode(value)];
    return [...control(2, text.length), ...text];
  }
  if (typeof value === 'boolean') return control(14, value ? 1 : 0);
  if (typeof value === 'number') return [...control(6, 4), ...bytesOf(value, 4)];
  if (Array.isArray(value)) return [...control(11, value.length), ...value.flatMap(encode)];
  const entries = Object.entries(value);
  return [
    ...control(7, entries.length),
    ...entries.flatMap(([key, item]) => [...encode(key), ...encode(item)]),
  ];
}

function control(type: number, size: number): number[] {
  const [short, extra] =
    size < 29 ? [size, []] : size < 285 ? [29, [size - 29]] : [30, bytesOf(size - 285, 2)];
  return type < 8 ? [(type << 5) | short, ...extra] : [short, type - 7, ...extra];
}
