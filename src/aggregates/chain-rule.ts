/** The rule by which requests became an action, told after the fact. In: the row that opened it. Out: rule, requests. */
import {
  ACTION_DOWNLOAD,
  NO_REQUEST,
  PAGE_MASK,
  PAGE_SHIFT,
  type RequestTable,
} from '../model/request-table.ts';
import { FLAG_DIGEST, FLAG_GET } from '../model/segment.ts';
import type { RequestIndex } from '../model/units.ts';
import { CHAIN_RULES, type ChainRule } from '../model/why.ts';

export interface Chain {
  /** Place in CHAIN_RULES. */
  rule: number;
  requests: number;
  gets: number;
}

const NUMBERS = new Map<string, number>(CHAIN_RULES.map((rule, place) => [rule, place]));
const numberOf = (rule: ChainRule) => NUMBERS.get(rule)!;

/** By the flags of the request that opened it: alone, gone on with a GET by tag, by digest; each with further ones. */
const OPENED_BY_GET = {
  tag: [numberOf('get-tag'), numberOf('get-tag+further')],
  digest: [numberOf('get-digest'), numberOf('get-digest+further')],
} as const;
const TAG_THEN_TAG = [numberOf('head-tag+get-tag'), numberOf('head-tag+get-tag+further')] as const;
const TAG_THEN_DIGEST = [numberOf('head-tag+get-digest'), numberOf('head-tag+get-digest+further')] as const;
const DIGEST_THEN_DIGEST = [
  numberOf('head-digest+get-digest'),
  numberOf('head-digest+get-digest+further'),
] as const;

/** Writes into `chain`, so that millions of them cost nothing. */
export function readChain(table: RequestTable, row: RequestIndex, chain: Chain): void {
  const page = table.pages[row >>> PAGE_SHIFT]!;
  const at = row & PAGE_MASK;
  const flags = page.flags[at]!;
  const isDigest = (flags & FLAG_DIGEST) !== 0;
  chain.requests = 1;
  chain.gets = flags & FLAG_GET ? 1 : 0;
  const second = page.next[at]!;
  for (let next = second; next !== NO_REQUEST;) {
    const { next: nexts, flags: flagsOf } = table.pages[next >>> PAGE_SHIFT]!;
    chain.requests++;
    if (flagsOf[next & PAGE_MASK]! & FLAG_GET) chain.gets++;
    next = nexts[next & PAGE_MASK]!;
  }
  if (page.action[at] === ACTION_DOWNLOAD) {
    chain.rule = numberOf(chain.requests > 1 ? 'hub-requests' : 'hub-request');
  } else if (flags & FLAG_GET) {
    chain.rule = OPENED_BY_GET[isDigest ? 'digest' : 'tag'][chain.requests > 1 ? 1 : 0];
  } else if (second === NO_REQUEST) {
    chain.rule = numberOf(isDigest ? 'head-digest' : 'head-tag');
  } else {
    const further = chain.requests > 2 ? 1 : 0;
    const secondFlags = table.pages[second >>> PAGE_SHIFT]!.flags[second & PAGE_MASK]!;
    if (isDigest) chain.rule = DIGEST_THEN_DIGEST[further];
    else chain.rule = (secondFlags & FLAG_DIGEST ? TAG_THEN_DIGEST : TAG_THEN_TAG)[further];
  }
}
