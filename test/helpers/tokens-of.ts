import type { LineField, PatternToken } from '../../src/model/line-pattern.ts';

/** Tokens of a pattern, as it is easiest read: fields in < >, everything else as it stands in a line. */
export function tokensOf(pattern: string): PatternToken[] {
  return pattern
    .split(/<(\w+)>/)
    .map((part, i) => (i % 2 === 1 ? { field: part as LineField } : { literal: part }))
    .filter((token) => !('literal' in token) || token.literal !== '');
}
