/**
 * How a number differs from an earlier one, as it may be told. In: both. Out: a direction and what to print: per cent,
 * how many times, or, where the earlier one is too small for either, both numbers.
 */

/** Below this many, per cent make much of chance. */
const SMALLEST_BASE = 20;
/** From this many times on, per cent are hard to read. */
const MANY_TIMES = 10;

export type Change = { direction: 'up' | 'down' | 'same' } & (
  | { how: 'share'; share: number }
  | { how: 'times'; times: number }
  | { how: 'numbers'; before: number; now: number }
);

export function changeOf(now: number, before: number): Change {
  const direction = now > before ? 'up' : now < before ? 'down' : 'same';
  if (direction === 'same') return { direction, how: 'share', share: 0 };
  if (before < SMALLEST_BASE) return { direction, how: 'numbers', before, now };
  if (now >= MANY_TIMES * before) return { direction, how: 'times', times: now / before };
  return { direction, how: 'share', share: now / before - 1 };
}
