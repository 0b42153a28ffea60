/**
 * How many different second numbers each first number comes with. In: pairs, as two columns of the same length, and how
 * many values each column can have. Out: counts by first number. Sorted by counting, so that memory is walked through
 * and not jumped about in, as a hash table of all pairs would be.
 */
export function countSeconds(
  first: Uint32Array,
  second: Uint32Array,
  firstValues: number,
  secondValues: number,
): Uint32Array {
  const starts = new Uint32Array(firstValues + 1);
  for (let i = 0; i < first.length; i++) starts[first[i]! + 1]!++;
  for (let value = 0; value < firstValues; value++) starts[value + 1]! += starts[value]!;
  const next = starts.slice(0, firstValues);
  const sorted = new Uint32Array(first.length);
  for (let i = 0; i < first.length; i++) sorted[next[first[i]!]!++] = second[i]!;
  const counts = new Uint32Array(firstValues);
  /** First number + 1 that each second number was last seen with. */
  const seenWith = new Uint32Array(secondValues);
  for (let value = 0; value < firstValues; value++) {
    let count = 0;
    for (let i = starts[value]!; i < starts[value + 1]!; i++) {
      if (seenWith[sorted[i]!] === value + 1) continue;
      seenWith[sorted[i]!] = value + 1;
      count++;
    }
    counts[value] = count;
  }
  return counts;
}
