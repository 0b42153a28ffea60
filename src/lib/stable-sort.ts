/**
 * Sorts rows and their keys together by ascending key, in place, from `start` to `end`; equal keys keep their order.
 * Logs are nearly in order, so insertion comes first; when it moves too much, natural order is given up for a merge.
 */
export function sortByKey(rows: Uint32Array, keys: Float64Array, start: number, end: number): void {
  let budget = 16 * (end - start) + 1024;
  for (let i = start + 1; i < end; i++) {
    const key = keys[i]!;
    if (keys[i - 1]! <= key) continue;
    const row = rows[i]!;
    let to = i;
    while (to > start && keys[to - 1]! > key) {
      keys[to] = keys[to - 1]!;
      rows[to] = rows[to - 1]!;
      to--;
    }
    keys[to] = key;
    rows[to] = row;
    budget -= i - to;
    if (budget < 0) return mergeSort(rows, keys, start, end);
  }
}

/** Bottom-up, with one buffer; stable. */
function mergeSort(rows: Uint32Array, keys: Float64Array, start: number, end: number): void {
  const size = end - start;
  let fromRows: Uint32Array = rows.subarray(start, end);
  let fromKeys: Float64Array = keys.subarray(start, end);
  let toRows: Uint32Array = new Uint32Array(size);
  let toKeys: Float64Array = new Float64Array(size);
  for (let width = 1; width < size; width *= 2) {
    for (let left = 0; left < size; left += 2 * width) {
      const middle = Math.min(left + width, size);
      const right = Math.min(left + 2 * width, size);
      let a = left;
      let b = middle;
      for (let to = left; to < right; to++) {
        const takeLeft = a < middle && (b >= right || fromKeys[a]! <= fromKeys[b]!);
        const from = takeLeft ? a++ : b++;
        toRows[to] = fromRows[from]!;
        toKeys[to] = fromKeys[from]!;
      }
    }
    [fromRows, toRows] = [toRows, fromRows];
    [fromKeys, toKeys] = [toKeys, fromKeys];
  }
  // The last pass may have left the result in the buffer.
  rows.set(fromRows, start);
  keys.set(fromKeys, start);
}
