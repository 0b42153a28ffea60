/**
 * How much of all the busiest addresses make. In: pulls and version checks of each address in turn, those without one
 * last. Out: of either kind its Concentration.
 */
import type { Concentration } from '../model/repository-page.ts';

export function concentrations(pairs: Float64Array): Record<'pullSources' | 'checkSources', Concentration> {
  return { pullSources: concentrationOf(pairs, 0), checkSources: concentrationOf(pairs, 1) };
}

/** which: place in a pair. */
function concentrationOf(pairs: Float64Array, which: 0 | 1): Concentration {
  const last = pairs.length - 2;
  const withoutAddress = pairs[last + which]!;
  const counts: number[] = [];
  for (let at = which; at < last; at += 2) if (pairs[at]! > 0) counts.push(pairs[at]!);
  const ranked = Float64Array.from(counts).sort().reverse();
  const top = (most: number) => ranked.subarray(0, most).reduce((sum, count) => sum + count, 0);
  return {
    total: top(Infinity) + withoutAddress,
    sources: ranked.length,
    top: [top(1), top(10), top(100)],
    withoutAddress,
  };
}
