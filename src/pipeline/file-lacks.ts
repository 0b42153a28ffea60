/**
 * What the requests of a file do not show, though their format may: user agents, addresses, digests. In: its rows, and
 * what is said of its formats. Out: sentences, of no format in particular. Looks at rows up to the first that shows it.
 */
import type { WordTable } from '../lib/word-table.ts';
import { PAGE_MASK, PAGE_SHIFT, type RequestPage, type RequestTable } from '../model/request-table.ts';
import { FLAG_NO_CLIENT, NO_WORD } from '../model/segment.ts';
import type { RequestIndex } from '../model/units.ts';

const NO_AGENT = 'None of its requests shows a user agent.';
const NO_CLIENT =
  'None of its requests shows the address of its client: each is an action by itself, and clients cannot be counted.';
const NO_DIGEST =
  'None of its requests shows the digest of an answer, so a HEAD by tag joins a GET of any digest.';

/** of: what is said of each of its formats; empty for one that can show everything. */
export function lacksOf(
  rows: readonly (readonly [from: RequestIndex, to: RequestIndex])[],
  { table, agents }: { table: RequestTable; agents: WordTable },
  of: readonly string[],
): string[] {
  if (rows.length === 0) return [];
  const isIn = (shows: (page: RequestPage, row: number) => boolean) =>
    rows.some(([from, to]) => {
      for (let row = from; row < to; row++) {
        if (shows(table.pages[row >>> PAGE_SHIFT]!, row & PAGE_MASK)) return true;
      }
      return false;
    });
  // Rows without an agent all have the same word.
  let empty = NO_WORD;
  const hasAgent = isIn(({ agent }, row) => {
    if (agent[row] === empty) return false;
    const word = agents.textOf(agent[row]!);
    if (word !== '' && word !== '-') return true;
    empty = agent[row]!;
    return false;
  });
  const lacks: string[] = [];
  const isSaid = (lack: string) => of.some((sentence) => sentence.includes(lack));
  if (!hasAgent && !isSaid('no user agent')) lacks.push(NO_AGENT);
  const hasClient = isIn(({ flags }, row) => (flags[row]! & FLAG_NO_CLIENT) === 0);
  if (!hasClient && !isSaid('no client address')) lacks.push(NO_CLIENT);
  const mayShowDigest = of.includes('');
  if (mayShowDigest && !isIn(({ digest }, row) => digest !== null && digest[row] !== NO_WORD))
    lacks.push(NO_DIGEST);
  return lacks;
}
