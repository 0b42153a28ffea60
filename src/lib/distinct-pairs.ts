/**
 * How many different second numbers each first number comes with. In: pairs, as two columns of the same length, and how
 * many values each column can have. Out: counts by first number. Sorted by counting, so that memory is walked through
 * and not jumped about in, as a hash table of all pairs would be.
 */

/** Most pairs that a loop goes through at a time: what is called often is compiled once (actions/merge-by-time.ts). */
const AT_ONCE = 4096;

export function countSeconds(
  first: Uint32Array,
  second: Uint32Array,
  firstValues: number,
  secondValues: number,
): Uint32Array {
  const starts = new Uint32Array(firstValues + 1);
  for (let at = 0; at < first.length; at += AT_ONCE) countFirst(first.subarray(at, at + AT_ONCE), starts);
  for (let value = 0; value < firstValues; value++) starts[value + 1]! += starts[value]!;
  const next = starts.slice(0, firstValues);
  const sorted = new Uint32Array(first.length);
  for (let at = 0; at < first.length; at += AT_ONCE)
    sortPairs(first.subarray(at, at + AT_ONCE), second.subarray(at, at + AT_ONCE), next, sorted);
  const counts = new Uint32Array(firstValues);
  /** First number + 1 that each second number was last seen with. */
  const seenWith = new Uint32Array(secondValues);
  for (let value = 0; value < firstValues; value++)
    counts[value] = countNew(sorted, starts[value]!, starts[value + 1]!, seenWith, value + 1);
  return counts;
}

function countFirst(first: Uint32Array, starts: Uint32Array): void {
  for (let i = 0; i < first.length; i++) starts[first[i]! + 1]!++;
}

/** Puts seconds where those of their firsts stand. */
function sortPairs(first: Uint32Array, second: Uint32Array, next: Uint32Array, sorted: Uint32Array): void {
  for (let i = 0; i < first.length; i++) sorted[next[first[i]!]!++] = second[i]!;
}

/** How many of numbers[from … to) were not seen with this first number before. */
function countNew(
  numbers: Uint32Array,
  from: number,
  to: number,
  seenWith: Uint32Array,
  first: number,
): number {
  let count = 0;
  for (let i = from; i < to; i++) {
    if (seenWith[numbers[i]!] === first) continue;
    seenWith[numbers[i]!] = first;
    count++;
  }
  return count;
}
