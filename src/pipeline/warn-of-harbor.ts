/**
 * Harbor's registry.log: Harbor's core puts the digest in place of the tag before it asks its registry, and answers
 * what it knows itself. In: the requests of a file. Out: what the user should know. Told by the agent of Harbor's own
 * calls, which no other log shows.
 */
import type { WordTable } from '../lib/word-table.ts';
import type { Problem } from '../model/problem.ts';
import { PAGE_MASK, PAGE_SHIFT, type RequestTable } from '../model/request-table.ts';
import type { RequestIndex } from '../model/units.ts';

const AGENT = 'harbor-registry-client';

export function warnOfHarbor(
  file: string,
  rows: Iterable<readonly [from: RequestIndex, to: RequestIndex]>,
  table: RequestTable,
  agents: WordTable,
): Problem | null {
  const own = new Set<number>();
  for (let agent = 0; agent < agents.size; agent++) {
    if (agents.textOf(agent).startsWith(AGENT)) own.add(agent);
  }
  if (own.size === 0) return null;
  for (const [from, to] of rows) {
    for (let row = from; row < to; row++) {
      if (!own.has(table.pages[row >>> PAGE_SHIFT]!.agent[row & PAGE_MASK]!)) continue;
      return {
        severity: 'warning',
        file,
        line: 0,
        reason: `${file} is the log of the registry inside of Harbor, which is asked by digest whatever the client asked for: all pulls seem to be by digest, and some are missing.`,
        remedy: 'Read the log of Harbor’s nginx (proxy.log) in its place.',
      };
    }
  }
  return null;
}
