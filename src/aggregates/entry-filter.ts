/**
 * What hides entries of an index of actions. In: the index, Traffic and a filter. Out: for each group the facets that
 * hide all of it; for entries those that tell them apart. Digests and pushes are looked up when a filter first asks.
 */
import type { ActionFilter, HiddenBy, Masks } from '../model/action-filter.ts';
import { digestOfAction } from '../model/action-digest.ts';
import { NO_WORD } from '../model/segment.ts';
import type { Traffic } from '../model/traffic.ts';
import { type ActionIndex, walkEntries } from './action-index.ts';
import { WORD_BIT } from './count-entries.ts';
import { DIGEST_BIT, KIND_MASK, KIND_VALUES } from './packed-kinds.ts';

/** By entry, the digest: made when a filter first asks for it, in the order of the table. */
export function digestsOf(index: ActionIndex, traffic: Traffic): Uint32Array {
  if (index.digests) return index.digests;
  const { kinds, references } = index;
  const digests = new Uint32Array(kinds.length);
  const next = index.entriesOf.slice();
  walkEntries(traffic, (_, name, row) => {
    const i = next[name]!++;
    // NO_WORD and one more is 0 in 32 bits.
    digests[i] = (kinds[i]! & DIGEST_BIT ? references[i]! : digestOfAction(traffic.table, row)) + 1;
  });
  index.digests = digests;
  return digests;
}

/** By entry, whether a push made it, likewise. */
export function pushesOf(index: ActionIndex, { order, ownPushes }: Traffic): Uint8Array {
  if (index.pushes) return index.pushes;
  const rows = ownPushes();
  const { places } = index;
  index.pushes = new Uint8Array(places.length);
  for (let i = 0; i < places.length && rows.size > 0; i++)
    if (rows.has(order[places[i]!]!)) index.pushes[i] = 1;
  return index.pushes;
}

/** Facts of entries that hide some of them. */
interface Fact {
  /** By entry. */
  facts: Uint32Array | Uint8Array;
  /** By fact: what hides it. */
  hiddenBy: Uint16Array;
}

export class EntryFilter {
  /** Whether entries of a group differ by more than their actions. */
  readonly hidesWords: boolean;
  /** Whether groups are hidden as a whole. */
  readonly hidesGroups: boolean;
  /** By kind of an entry: what hides it; and whether that is anything. */
  readonly byKind: Uint16Array;
  readonly hidesKinds: boolean;
  /** By reference, WORD_BIT of tags that are hidden; null unless tags are all that entries differ by. */
  readonly tagBits: Uint8Array | null;
  /** What hides entries without a tag, where tags are chosen. */
  readonly hidesNoTag: HiddenBy;
  /** By source; null when it is nothing. */
  private readonly sourceHides: Uint16Array | null;
  private readonly facts: readonly Fact[];
  private readonly tags: Masks | null;

  constructor(
    private readonly index: ActionIndex,
    traffic: Traffic,
    private readonly filter: ActionFilter,
  ) {
    const { digests, pushes } = filter;
    const facts: Fact[] = [];
    if (digests) facts.push({ facts: digestsOf(index, traffic), hiddenBy: noneFirst(digests) });
    // Where nothing was pushed, there is nothing to tell apart, unless it is all that is wanted.
    if (pushes && (pushes.rows.size > 0 || pushes.others !== 0))
      facts.push({
        facts: pushesOf(index, traffic),
        hiddenBy: Uint16Array.of(pushes.others, pushes.own),
      });
    this.facts = facts;
    this.tags = filter.tags;
    this.tagBits = filter.tags && facts.length === 0 ? wordBits(filter.tags) : null;
    this.hidesNoTag = filter.tags?.none ?? 0;
    this.byKind = Uint16Array.from(
      { length: KIND_VALUES },
      (_, kind) => filter.byKind[kind & KIND_MASK] ?? 0,
    );
    this.hidesKinds = this.byKind.some((hides) => hides !== 0);
    this.hidesWords = facts.length > 0 || this.tags !== null;
    this.sourceHides = filter.clients || filter.agents ? hidesOfSources(index, filter) : null;
    this.hidesGroups = filter.names !== null || filter.clients !== null || filter.agents !== null;
  }

  /** What hides groups [first, end) of a name: hides[group - first]. */
  fillGroups(name: number, first: number, end: number, hides: Uint16Array): void {
    const ofName = this.filter.names?.byWord[name] ?? 0;
    if (this.sourceHides) fillSources(this.index.source, this.sourceHides, ofName, first, end, hides);
    else hides.fill(ofName, 0, end - first);
  }

  /** What hides entries [from, to) besides their group and action. */
  fillWords(from: number, to: number, hides: Uint16Array): void {
    const { kinds, references } = this.index;
    if (this.tags) fillTags(kinds, references, from, to, this.tags, hides);
    else hides.fill(0, 0, to - from);
    for (const { facts, hiddenBy } of this.facts) addHiding(facts, from, to, hiddenBy, hides);
  }
}

function wordBits({ byWord }: Masks): Uint8Array {
  const bits = new Uint8Array(byWord.length);
  for (let word = 0; word < bits.length; word++) if (byWord[word] !== 0) bits[word] = WORD_BIT;
  return bits;
}

function fillTags(
  kinds: Uint8Array,
  references: Uint32Array,
  from: number,
  to: number,
  { byWord, none }: Masks,
  hides: Uint16Array,
): void {
  for (let i = from; i < to; i++) {
    // All ones of a digest: no branch, since nothing foretells it.
    const isDigest = (((kinds[i]! & DIGEST_BIT) - 1) >> 31) ^ -1;
    hides[i - from] = (byWord[references[i]!]! & ~isDigest) | (none & isDigest);
  }
}

function addHiding(
  words: Uint32Array | Uint8Array,
  from: number,
  to: number,
  hiddenBy: Uint16Array,
  hides: Uint16Array,
): void {
  for (let i = from; i < to; i++) hides[i - from]! |= hiddenBy[words[i]!]!;
}

function fillSources(
  source: Uint32Array,
  sourceHides: Uint16Array,
  ofName: HiddenBy,
  first: number,
  end: number,
  hides: Uint16Array,
): void {
  for (let group = first; group < end; group++) hides[group - first] = ofName | sourceHides[source[group]!]!;
}

/** What hides sources. */
function hidesOfSources({ client, agent }: ActionIndex, { clients, agents }: ActionFilter): Uint16Array {
  const hides = new Uint16Array(client.length);
  for (let source = 0; clients && source < hides.length; source++) {
    const own = client[source]!;
    hides[source] = own === NO_WORD ? clients.none : clients.byWord[own]!;
  }
  if (agents) addHiding(agent, 0, hides.length, agents.byWord, hides);
  return hides;
}

/** Facts are one more than words. */
function noneFirst({ byWord, none }: Masks): Uint16Array {
  const hiddenBy = new Uint16Array(byWord.length + 1);
  hiddenBy[0] = none;
  hiddenBy.set(byWord, 1);
  return hiddenBy;
}
