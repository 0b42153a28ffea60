/**
 * Ranges of a source's CSV. In: lines of first,last,value[,name], addresses as decimal numbers, ascending.
 * Out: boundaries: where a value begins to hold, gaps as boundaries with value ''. Where two ranges overlap, the
 * earlier line keeps what it has. IPv6 boundaries are upper halves: a range that begins inside a /64 begins after it.
 */
import { readFileSync } from 'node:fs';

export interface Boundary<Value = string> {
  start: bigint;
  value: Value;
}

export interface SourceRange {
  first: bigint;
  last: bigint;
  value: string;
}

/** names: filled with the fourth column, by value. */
export function readSourceRanges(file: string, names?: Map<string, string>): SourceRange[] {
  const ranges: SourceRange[] = [];
  let previous = -1n;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const row = /^(\d+),(\d+),([^,]*)(?:,"?(.*?)"?)?\s*$/.exec(line);
    if (!row) {
      if (line.trim() !== '') throw new Error(`${file}: not a range: ${line}`);
      continue;
    }
    const [, firstText, lastText, value, name] = row;
    const last = BigInt(lastText!);
    let first = BigInt(firstText!);
    if (first <= previous) first = previous + 1n;
    if (first > last) continue;
    ranges.push({ first, last, value: value! });
    if (name !== undefined) names?.set(value!, name.replaceAll('""', '"'));
    previous = last;
  }
  return ranges;
}

/** shift: 0 for IPv4, 64 for IPv6. */
export function boundariesOf(ranges: SourceRange[], shift: bigint, begin: bigint): Boundary[] {
  const boundaries: Boundary[] = [{ start: begin, value: '' }];
  const unit = 1n << shift;
  const put = (at: bigint, value: string) => {
    const start = (at + unit - 1n) >> shift;
    if (start < begin) return;
    if (boundaries.at(-1)!.start === start) boundaries.pop();
    // Neighbours of one value are one range.
    if (boundaries.at(-1)?.value !== value) boundaries.push({ start, value });
  };
  ranges.forEach((range, place) => {
    put(range.first, range.value);
    if (ranges[place + 1]?.first !== range.last + 1n) put(range.last + 1n, '');
  });
  const end = shift === 0n ? 1n << 32n : 1n << 62n;
  return boundaries.filter(({ start }) => start < end);
}

/** The same boundaries with other values: neighbours that come out equal are joined. */
export function mapBoundaries(boundaries: Boundary[], valueOf: (value: string) => string): Boundary[] {
  const mapped: Boundary[] = [];
  for (const { start, value } of boundaries) {
    const to = valueOf(value);
    if (mapped.at(-1)?.value !== to) mapped.push({ start, value: to });
  }
  return mapped;
}

/** Two lists as one, which begin at the same start: a boundary wherever either has one. */
export function joinBoundaries<Value>(
  first: Boundary[],
  second: Boundary[],
  valueOf: (first: string, second: string) => Value,
): Boundary<Value>[] {
  const joined: Boundary<Value>[] = [];
  for (let i = 0, j = 0; i < first.length || j < second.length;) {
    const [one, other] = [first[i], second[j]];
    const start = !other || (one && one.start < other.start) ? one!.start : other.start;
    if (one?.start === start) i++;
    if (other?.start === start) j++;
    joined.push({ start, value: valueOf(first[i - 1]!.value, second[j - 1]!.value) });
  }
  return joined;
}
