/**
 * Which sources can be laid side by side. In: sources. Out: pairs that tell of common days and repositories.
 * Limits: files of one kind are not compared with each other; words are compared, whatever they name.
 */
import { NO_DAY } from '../../model/count-rows.ts';
import { type CountSource, LOGS } from '../../model/resolved-counts.ts';
import type { DaySpan } from '../../model/view.ts';

export function pairsOf(sources: readonly CountSource[]): [a: number, b: number][] {
  const days = sources.map(daysOf);
  const names = sources.map(({ counts }) => new Set(counts.words));
  const pairs: [number, number][] = [];
  for (let a = 0; a < sources.length; a++) {
    for (let b = a + 1; b < sources.length; b++) {
      const [mine, theirs] = [days[a], days[b]];
      const isOneKind = sources[a]!.format === sources[b]!.format && sources[a]!.format !== LOGS;
      if (!mine || !theirs || isOneKind || mine.first > theirs.last || theirs.first > mine.last) continue;
      if ([...names[a]!].some((name) => names[b]!.has(name))) pairs.push([a, b]);
    }
  }
  return pairs;
}

/** First and last day of a source's counts. */
function daysOf({ counts: { columns, length } }: CountSource): DaySpan | null {
  let days: DaySpan | null = null;
  for (let row = 0; row < length; row++) {
    const [first, last] = [columns.firstDay[row]!, columns.lastDay[row]!];
    if (first === NO_DAY) continue;
    days = days ? { first: Math.min(days.first, first), last: Math.max(days.last, last) } : { first, last };
  }
  return days;
}
