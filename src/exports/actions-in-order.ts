/**
 * The actions of a table that count, in order of time. In: the table's actions. Out: rows of a span, and of each
 * namespace in it. Sorted once for each table, since files of many periods are made of the same rows.
 */
import { firstPlace } from '../lib/first-place.ts';
import type { CountedActions } from '../model/counted-actions.ts';
import { NO_WORD } from '../model/segment.ts';
import { MILLISECONDS_PER_DAY } from '../model/units.ts';
import type { DaySpan } from '../model/view.ts';
import { splitName } from './name-parts.ts';

interface Ordered {
  /** Rows that stand for one action, by time. */
  single: Uint32Array;
  /** Those that stand for several, in any order. */
  several: Uint32Array;
}

const ordered = new WeakMap<CountedActions, Ordered>();

/** Rows of the span, by time. */
export function rowsInSpan(table: CountedActions, { first, last }: DaySpan): Uint32Array {
  const { single } = orderOf(table);
  const { time } = table.rows.columns;
  const from = firstNotBefore(single, time, first * MILLISECONDS_PER_DAY);
  return single.subarray(from, firstNotBefore(single, time, (last + 1) * MILLISECONDS_PER_DAY));
}

/** Actions of the span that have no row of their own. */
export function countWithoutRow(table: CountedActions, { first, last }: DaySpan): number {
  const { time, count } = table.rows.columns;
  const [from, to] = [first * MILLISECONDS_PER_DAY, (last + 1) * MILLISECONDS_PER_DAY];
  return orderOf(table).several.reduce(
    (sum, row) => sum + (time[row]! >= from && time[row]! < to ? count[row]! : 0),
    0,
  );
}

/** The same rows by namespace, each in order. */
export function rowsByNamespace({ rows }: CountedActions, taken: Uint32Array): Map<string, Uint32Array> {
  const { columns, words } = rows;
  const namespaces: string[] = [];
  const namespaceOf = (word: number) =>
    word === NO_WORD ? '' : (namespaces[word] ??= splitName(words[word]!)[0]);
  const found = new Map<string, number[]>();
  for (const row of taken) {
    const namespace = namespaceOf(columns.repository[row]!);
    const own = found.get(namespace);
    if (own) own.push(row);
    else found.set(namespace, [row]);
  }
  return new Map([...found].map(([namespace, own]) => [namespace, Uint32Array.from(own)]));
}

function orderOf(table: CountedActions): Ordered {
  const known = ordered.get(table);
  if (known) return known;
  const { columns, length } = table.rows;
  const { time, count } = columns;
  const single = new Uint32Array(length);
  const several: number[] = [];
  let taken = 0;
  let isSorted = true;
  for (let row = 0; row < length; row++) {
    if (Number.isNaN(time[row]) || !table.counts(row)) continue;
    if (count[row] !== 1) {
      several.push(row);
      continue;
    }
    if (taken > 0 && time[row]! < time[single[taken - 1]!]!) isSorted = false;
    single[taken++] = row;
  }
  const made = { single: single.slice(0, taken), several: Uint32Array.from(several) };
  if (!isSorted) made.single.sort((a, b) => time[a]! - time[b]! || a - b);
  ordered.set(table, made);
  return made;
}

/** The first place in the order whose time is not before this one. */
function firstNotBefore(order: Uint32Array, times: Float64Array, time: number): number {
  return firstPlace(order.length, (place) => times[order[place]!]! >= time);
}
