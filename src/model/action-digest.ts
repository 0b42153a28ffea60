/** The digest that an action was of, for exports and for the tags that stand for it. */
import { NO_REQUEST, PAGE_MASK, PAGE_SHIFT, type RequestTable } from './request-table.ts';
import { FLAG_DIGEST, FLAG_GET, NO_WORD } from './segment.ts';
import type { RequestIndex } from './units.ts';

/**
 * Number of an action's digest in Traffic.references, or NO_WORD. In: the row of its first request. It is what was
 * asked for, else what was logged with the tag request, else that of the GET that followed a HEAD (never a
 * child's).
 */
export function digestOfAction(table: RequestTable, row: RequestIndex): number {
  const page = table.pages[row >>> PAGE_SHIFT]!;
  const at = row & PAGE_MASK;
  const flags = page.flags[at]!;
  if (flags & FLAG_DIGEST) return page.reference[at]!;
  const logged = page.digest ? page.digest[at]! : NO_WORD;
  if (logged !== NO_WORD || flags & FLAG_GET) return logged;
  const next = page.next[at]!;
  if (next === NO_REQUEST) return NO_WORD;
  const nextPage = table.pages[next >>> PAGE_SHIFT]!;
  const nextAt = next & PAGE_MASK;
  if (nextPage.flags[nextAt]! & FLAG_DIGEST) return nextPage.reference[nextAt]!;
  return nextPage.digest ? nextPage.digest[nextAt]! : NO_WORD;
}
