/**
 * The user's own names for ranges of addresses. In: pasted text, a range and a name on each line:
 *   10.0.0.0/8 office      192.0.2.0-192.0.2.40, CI runners      2001:db8::/32 lab      # a comment
 * Out: networks to look addresses up in, and a problem for each line that is none. Where ranges overlap the narrowest
 * wins; of two equal ones the later line. A single address is a range too. Bits after a prefix are passed over.
 */
import type { Problem } from '../model/problem.ts';
import { readAddressBytes, readAddressText, type AddressVersion, words } from './address.ts';

/** Index of OwnNetworks.labels; NO_LABEL where no range holds the address. */
export type LabelIndex = number;
export const NO_LABEL = -1;

interface Range {
  /** 128 bits; IPv4 as ::ffff:0:0/96. */
  first: bigint;
  last: bigint;
  label: LabelIndex;
  line: number;
}

export class OwnNetworks {
  /** Words of the starts of pieces that do not overlap, four to a start, ascending. */
  private readonly starts: Uint32Array;

  constructor(
    /** Distinct names, in the order of the lines. */
    readonly labels: readonly string[],
    starts: bigint[],
    private readonly labelOfPiece: Int32Array,
  ) {
    this.starts = Uint32Array.from(
      starts.flatMap((start) => [96n, 64n, 32n, 0n].map((shift) => Number((start >> shift) & 0xffffffffn))),
    );
  }

  find(address: Uint8Array | string): LabelIndex {
    if (typeof address === 'string') return this.findRead(readAddressText(address));
    return this.findRead(readAddressBytes(address, 0, address.length));
  }

  findIpv4(word: number): LabelIndex {
    return this.findWords(0, 0, 0xffff, word >>> 0);
  }

  findIpv6(first: number, second: number, third: number, fourth: number): LabelIndex {
    return this.findWords(first, second, third, fourth);
  }

  private findRead(version: AddressVersion): LabelIndex {
    if (version === 4) return this.findIpv4(words[3]!);
    return version === 6 ? this.findWords(words[0]!, words[1]!, words[2]!, words[3]!) : NO_LABEL;
  }

  private findWords(first: number, second: number, third: number, fourth: number): LabelIndex {
    const { starts } = this;
    let low = 0;
    let high = this.labelOfPiece.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      const at = middle * 4;
      const distance =
        starts[at]! - first ||
        starts[at + 1]! - second ||
        starts[at + 2]! - third ||
        starts[at + 3]! - fourth;
      if (distance <= 0) low = middle;
      else high = middle - 1;
    }
    return this.labelOfPiece[low]!;
  }
}

export function parseOwnNetworks(text: string): { networks: OwnNetworks; problems: Problem[] } {
  const problems: Problem[] = [];
  const labels: string[] = [];
  const indexOfLabel = new Map<string, LabelIndex>();
  const ranges: Range[] = [];
  text.split(/\r\n|\r|\n/).forEach((whole, place) => {
    const line = whole.replace(/(^|\s)#.*$/, '').trim();
    if (line === '') return;
    const parts = LINE.exec(line);
    const read = parts ? readRange(parts[1]!, parts[2], parts[3]) : WRONG_RANGE;
    const label = parts?.[4]?.trim() ?? '';
    const wrong = typeof read === 'string' ? read : label === '' ? 'the range has no name' : '';
    if (wrong !== '' || typeof read === 'string') {
      problems.push({
        severity: 'error',
        file: '',
        line: place + 1,
        reason: `“${line.slice(0, 80)}” names no network: ${wrong}.`,
        remedy: 'Write a range and a name, such as 10.0.0.0/8 office or 192.0.2.0-192.0.2.40 CI runners.',
      });
      return;
    }
    if (!indexOfLabel.has(label)) indexOfLabel.set(label, labels.push(label) - 1);
    ranges.push({ ...read, label: indexOfLabel.get(label)!, line: place + 1 });
  });
  const { starts, labelOfPiece } = cutIntoPieces(ranges);
  return { networks: new OwnNetworks(labels, starts, labelOfPiece), problems };
}

/** Address, /prefix or - address, then a comma, semicolon or space, and the name. */
const LINE = /^([0-9a-fA-F.:]+)(?:\/(\d{1,3})|\s*[-–]\s*([0-9a-fA-F.:]+))?(?:[\s,;]+(.*))?$/;
const WRONG_RANGE = 'it does not begin with an address or a range';

function readRange(from: string, prefix?: string, to?: string): { first: bigint; last: bigint } | string {
  const start = readNumber(from);
  if (start === null) return WRONG_RANGE;
  if (to !== undefined) {
    const end = readNumber(to);
    if (end === null) return WRONG_RANGE;
    if (start.version !== end.version) return 'one end is IPv4, the other IPv6';
    return end.value < start.value ? 'its end is before its start' : { first: start.value, last: end.value };
  }
  const bits = start.version === 4 ? 32 : 128;
  const length = prefix === undefined ? bits : Number(prefix);
  if (length > bits) return `/${length} is longer than an IPv${start.version} address`;
  const size = 1n << BigInt(bits - length);
  const first = start.value - (start.value % size);
  return { first, last: first + size - 1n };
}

function readNumber(text: string): { value: bigint; version: 4 | 6 } | null {
  const version = readAddressText(text);
  if (version === 0) return null;
  if (version === 4) return { value: 0xffff00000000n + BigInt(words[3]!), version };
  const value = words.reduce((sum, word) => (sum << 32n) + BigInt(word), 0n);
  return { value, version };
}

/** Ranges that overlap to pieces that do not: at each end of one, the narrowest that is open goes on. */
function cutIntoPieces(ranges: Range[]): { starts: bigint[]; labelOfPiece: Int32Array } {
  const starts = [0n];
  const labels = [NO_LABEL];
  const byStart = [...ranges].sort((a, b) => compare(a.first, b.first));
  const cuts = [...new Set(ranges.flatMap(({ first, last }) => [first, last + 1n]))].sort(compare);
  let open: Range[] = [];
  let next = 0;
  for (const cut of cuts) {
    // Past the last address there is.
    if (cut === 1n << 128n) break;
    open = open.filter(({ last }) => last >= cut);
    for (; next < byStart.length && byStart[next]!.first <= cut; next++) open.push(byStart[next]!);
    open.sort((a, b) => compare(a.last - a.first, b.last - b.first) || b.line - a.line);
    const label = open[0]?.label ?? NO_LABEL;
    if (cut === 0n) starts.length = labels.length = 0;
    if (labels.at(-1) === label) continue;
    starts.push(cut);
    labels.push(label);
  }
  return { starts, labelOfPiece: Int32Array.from(labels) };
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
