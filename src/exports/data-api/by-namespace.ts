/** The actions of a period by namespace, in time order. In: Traffic, a span, a filter. Out: places of each namespace. */
import { actionFilter } from '../../model/action-filter.ts';
import type { Filter } from '../../model/filter.ts';
import { ACTION_NONE, PAGE_MASK, PAGE_SHIFT } from '../../model/request-table.ts';
import { rangeOfSpan } from '../../model/time-range.ts';
import type { Traffic } from '../../model/traffic.ts';
import type { DaySpan } from '../../model/view.ts';
import { splitWord } from '../name-parts.ts';
import type { Places } from '../raw.ts';

export function placesByNamespace(traffic: Traffic, span: DaySpan, filter: Filter): Map<string, Places> {
  const { table, order, nameOf } = traffic;
  const [from, to] = rangeOfSpan(traffic, span);
  const hiding = actionFilter(traffic, filter);
  const numbers = new Map<string, number>();
  const numberOfName = new Int32Array(traffic.names.size).fill(-1);
  const counts: number[] = [];

  /** −1: not shown. */
  const namespaceAt = (i: number): number => {
    const row = order[i]!;
    const page = table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    if (page.action[at] === ACTION_NONE || (hiding && hiding.hides(page, at, row) !== 0)) return -1;
    const name = nameOf[page.repository[at]!]!;
    if (numberOfName[name]! < 0) {
      const [namespace] = splitWord(traffic.names.textOf(name));
      if (!numbers.has(namespace)) numbers.set(namespace, numbers.size);
      numberOfName[name] = numbers.get(namespace)!;
    }
    return numberOfName[name]!;
  };

  for (let i = from; i < to; i++) {
    const namespace = namespaceAt(i);
    if (namespace >= 0) counts[namespace] = (counts[namespace] ?? 0) + 1;
  }
  // One list for all, a namespace behind the other.
  const list = new Uint32Array(counts.reduce((sum, count) => sum + count, 0));
  const next: number[] = [];
  counts.reduce((start, count, namespace) => {
    next[namespace] = start;
    return start + count;
  }, 0);
  const starts = [...next];
  for (let i = from; i < to; i++) {
    const namespace = namespaceAt(i);
    if (namespace >= 0) list[next[namespace]!++] = i;
  }
  return new Map(
    [...numbers].map(([name, number]) => [
      name,
      { from: starts[number]!, to: starts[number]! + counts[number]!, list },
    ]),
  );
}
