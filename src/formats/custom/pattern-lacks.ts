/**
 * What a format cannot tell. In: a pattern. Out: the names of what its lines lack (client, method, status, agent), or
 * why it is of no use: without a request or without a time nothing can be counted.
 */
import type { LineField, LinePattern } from '../../model/line-pattern.ts';
import type { FormatProblem } from './pieces.ts';

export function lackOf(pattern: LinePattern): string[] | FormatProblem {
  const fields = new Set<LineField>(
    pattern.kind === 'json'
      ? pattern.keys.map(({ field }) => field)
      : pattern.tokens.flatMap((token) => ('field' in token ? [token.field] : [])),
  );
  if (!fields.has('request') && !fields.has('target'))
    return {
      reason: 'shows no request.',
      remedy: 'Choose the format of a log with the path that was asked for in each line.',
    };
  if (!fields.has('time'))
    return {
      reason: 'shows no time.',
      remedy: 'Add the time to the log format; lines that were written without it cannot be placed in time.',
    };
  const missing: string[] = [];
  if (!fields.has('client') && !fields.has('forwarded')) missing.push('client');
  if (!fields.has('request') && !fields.has('method')) missing.push('method');
  if (!fields.has('status')) missing.push('status');
  if (!fields.has('agent')) missing.push('agent');
  return missing;
}
