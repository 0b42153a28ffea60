/** A number by rules that are not in force. In: Traffic, what the number is of, the rules. Out: counts. */
import { countNumber } from '../aggregates/why.ts';
import type { HubWords } from '../actions/count-hub-files.ts';
import type { CountingRules } from '../model/counting-rules.ts';
import type { Traffic } from '../model/traffic.ts';
import { type OtherCounts, WIDE_WINDOW, type WhyScope } from '../model/why.ts';
import { replay } from './replay.ts';

/** Everything that the number can depend on is folded anew. */
export function otherCounts(
  traffic: Traffic,
  words: HubWords,
  scope: WhyScope,
  rules: CountingRules,
): OtherCounts {
  const count = (changes: Partial<CountingRules>) =>
    countNumber(
      replay(traffic, words, { ...rules, ...changes }, scope.repository?.index ?? null).traffic,
      scope,
    );
  return {
    foldFurther: count({ foldFurther: !rules.foldFurther }),
    wideWindow: count({ window: WIDE_WINDOW }),
  };
}

/** How many actions fewer there are with further manifests folded than without. counts: by the rules in force. */
export function foldableActions(
  traffic: Traffic,
  words: HubWords,
  counts: Float64Array,
  rules: CountingRules,
): number {
  const other = replay(traffic, words, { ...rules, foldFurther: !rules.foldFurther }, null);
  const actions = (each: Float64Array) => each.reduce((sum, count) => sum + count, 0);
  return Math.abs(actions(counts) - actions(other.counts));
}
