/**
 * Sorted ranges in memory, and several tables of them joined to one.
 * In: starts and values, each range reaching to the next start. Out: the same. How they are searched: range-index.ts.
 * IPv6 is told apart to /64, and only 2000::/3 (all that is given out) is held.
 */
export interface RangeColumns {
  /** Starts of IPv4, or the first word of starts of IPv6. Ascending, beginning with 0 or 2000::. */
  high: Uint32Array;
  /** The second word; null for IPv4. */
  low: Uint32Array | null;
  values: Uint8Array | Uint32Array;
}

/**
 * One table for several: a look-up costs one search instead of many, and the search is what costs.
 * numberOf: from the values that hold at one place, in the order of the tables, to the value of the joined table.
 */
export function joinRanges(tables: RangeColumns[], numberOf: (values: number[]) => number): RangeColumns {
  const most = tables.reduce((sum, { high }) => sum + high.length, 0);
  const high = new Uint32Array(most);
  const low = new Uint32Array(tables[0]!.low === null ? 0 : most);
  const values = new Uint32Array(most);
  const places = tables.map(() => -1);
  const held = tables.map(() => 0);
  let length = 0;
  for (;;) {
    let nextHigh = Infinity;
    let nextLow = Infinity;
    tables.forEach((table, i) => {
      const place = places[i]! + 1;
      if (place === table.high.length) return;
      const first = table.high[place]!;
      const second = table.low === null ? 0 : table.low[place]!;
      if (first > nextHigh || (first === nextHigh && second >= nextLow)) return;
      nextHigh = first;
      nextLow = second;
    });
    if (nextHigh === Infinity) break;
    tables.forEach((table, i) => {
      const place = places[i]! + 1;
      if (table.high[place] !== nextHigh || (table.low !== null && table.low[place] !== nextLow)) return;
      places[i] = place;
      held[i] = table.values[place]!;
    });
    high[length] = nextHigh;
    if (low.length > 0) low[length] = nextLow;
    values[length++] = numberOf(held);
  }
  return {
    high: high.slice(0, length),
    low: tables[0]!.low === null ? null : low.slice(0, length),
    values: values.slice(0, length),
  };
}
