/**
 * How many actions of each kind the groups of a name have. In: the index, a span and a filter. Out: counts by group; what
 * hides whole groups is left to the caller.
 */
import { bitOf } from '../model/action-filter.ts';
import { FACETS } from '../model/filter.ts';
import { ACTION_KINDS as KINDS, ACTION_NONE } from '../model/request-table.ts';
import type { Traffic } from '../model/traffic.ts';
import { rangeOfSpan } from '../model/time-range.ts';
import type { DaySpan } from '../model/view.ts';
import type { ActionIndex } from './action-index.ts';
import { SHOWN_VALUES, WORD_BIT } from './count-entries.ts';
import type { EntryFilter } from './entry-filter.ts';
import { entriesBetween } from './entry-search.ts';
import { CHUNK } from './name-counter.ts';
import { DIGEST_BIT, KIND_MASK, KIND_VALUES, MOST_COUNTED, unitOf } from './packed-kinds.ts';

/** A group has so many counts, by slot: those of ACTION_* that are shown unless their group is hidden; the first is nothing. */
export const SLOTS = 8;
const SLOT_SHIFT = 3;
/** Actions that are hidden besides: by their tag, their kind, or both. */
export const TAG_SLOT = 5;
export const BOTH_SLOT = 6;
export const KIND_SLOT = 7;

/** Names must be asked for in ascending order. */
export class GroupKinds {
  /** Of the last name, by group: [(group - first) * SLOTS + slot]. */
  readonly counts: Uint32Array;
  /** Of the last name, by group: what hides all of it. */
  readonly hides: Uint16Array;
  /** Hidden actions by what hides them, all bits of HiddenBy: only those that are in no slot. */
  readonly hidden = new Uint32Array(1 << FACETS.length);
  private readonly byKind: Uint16Array;
  /** Bytes of ActionIndex.counts whose actions are shown. */
  private readonly shownBytes: number;
  /** By bits of an entry: its slot. */
  private readonly slotOf: Uint8Array;
  private readonly wordHides = new Uint16Array(CHUNK);
  private readonly from: number;
  private readonly to: number;
  private nextBig = 0;

  constructor(
    traffic: Traffic,
    private readonly index: ActionIndex,
    span: DaySpan,
    private readonly hiding: EntryFilter | null,
  ) {
    this.byKind = hiding?.byKind ?? new Uint16Array(KIND_VALUES);
    this.slotOf = slotsOf(this.byKind, hiding);
    this.shownBytes = 0;
    for (let kind = 1; kind < KINDS; kind++)
      if (this.byKind[kind] === 0) this.shownBytes |= MOST_COUNTED * unitOf(kind);
    this.counts = new Uint32Array(index.mostGroups * SLOTS);
    this.hides = new Uint16Array(index.mostGroups);
    [this.from, this.to] = rangeOfSpan(traffic, span);
  }

  /** Answers whether the name has entries in the span. */
  fill(name: number): boolean {
    const { index, hiding, hides, counts, slotOf } = this;
    const [first, end] = [index.groupsOf[name]!, index.groupsOf[name + 1]!];
    const [from, to] = entriesBetween(index, name, this.from, this.to);
    if (from === to) return false;
    if (hiding?.hidesGroups) hiding.fillGroups(name, first, end, hides);
    const [begin, stop] = [index.entriesOf[name]!, index.entriesOf[name + 1]!];
    // Fewer may be outside of the span than inside.
    if (!hiding?.hidesWords && stop - begin <= 2 * (to - from)) {
      this.fillWhole(first, end);
      countKinds(index, slotOf, begin, from, counts, -1);
      countKinds(index, slotOf, to, stop, counts, -1);
      return true;
    }
    counts.fill(0, 0, (end - first) * SLOTS);
    if (!hiding?.hidesWords) countKinds(index, slotOf, from, to, counts, 1);
    else if (hiding.tagBits && !hiding.hidesGroups && !hiding.hidesKinds)
      // They have one group as good as any.
      counts[TAG_SLOT] = countShownTags(index, slotOf, hiding.tagBits, from, to, counts);
    else if (hiding.tagBits) countTags(index, slotOf, hiding.tagBits, from, to, counts);
    else
      for (let at = from; at < to; at += CHUNK) {
        const stop = Math.min(to, at + CHUNK);
        hiding.fillWords(at, stop, this.wordHides);
        countHiding(index, this.byKind, hides, this.wordHides, at, stop, counts, this.hidden);
      }
    return true;
  }

  /** From what the index knows of groups. */
  private fillWhole(first: number, end: number): void {
    const { index, counts, shownBytes, slotOf } = this;
    spreadBytes(index.counts, first, end, shownBytes, counts);
    const { big, bigCounts } = index;
    while (big[this.nextBig]! < first) this.nextBig++;
    for (; this.nextBig < big.length && big[this.nextBig]! < end; this.nextBig++) {
      const at = (big[this.nextBig]! - first) * SLOTS;
      counts.fill(0, at, at + SLOTS);
      for (let kind = 1; kind < KINDS; kind++)
        counts[at + slotOf[kind]!]! += bigCounts[this.nextBig * KINDS + kind]!;
    }
  }
}

function slotsOf(byKind: Uint16Array, hiding: EntryFilter | null): Uint8Array {
  return Uint8Array.from({ length: SHOWN_VALUES }, (_, bits) => {
    const kind = bits & KIND_MASK;
    if (kind === ACTION_NONE || kind >= KINDS) return 0;
    const hidesTag = hiding?.tagBits && (bits & DIGEST_BIT ? hiding.hidesNoTag : bits & WORD_BIT);
    if (byKind[kind] !== 0) return hidesTag ? BOTH_SLOT : KIND_SLOT;
    return hidesTag ? TAG_SLOT : kind;
  });
}

/** What each slot is hidden by besides its group. */
export const slotHides = (slot: number) =>
  slot === TAG_SLOT
    ? bitOf('tag')
    : slot === BOTH_SLOT
      ? bitOf('tag') | bitOf('action')
      : slot === KIND_SLOT
        ? bitOf('action')
        : 0;

/** A byte for each kind. */
function spreadBytes(
  bytes: Uint32Array,
  first: number,
  end: number,
  shownBytes: number,
  counts: Uint32Array,
): void {
  for (let group = first, at = 0; group < end; group++, at += SLOTS) {
    const all = bytes[group]!;
    const shown = all & shownBytes;
    const hidden = all & ~shownBytes;
    counts[at + 1] = shown & 255;
    counts[at + 2] = (shown >>> 8) & 255;
    counts[at + 3] = (shown >>> 16) & 255;
    counts[at + 4] = shown >>> 24;
    counts[at + KIND_SLOT] =
      (hidden & 255) + ((hidden >>> 8) & 255) + ((hidden >>> 16) & 255) + (hidden >>> 24);
  }
}

function countKinds(
  { kinds, group }: ActionIndex,
  slotOf: Uint8Array,
  from: number,
  to: number,
  counts: Uint32Array,
  one: 1 | -1,
): void {
  for (let i = from; i < to; i++) counts[(group[i]! << SLOT_SHIFT) + slotOf[kinds[i]!]!]! += one;
}

function countTags(
  { kinds, group, references }: ActionIndex,
  slotOf: Uint8Array,
  tagBits: Uint8Array,
  from: number,
  to: number,
  counts: Uint32Array,
): void {
  for (let i = from; i < to; i++)
    counts[(group[i]! << SLOT_SHIFT) + slotOf[kinds[i]! | tagBits[references[i]!]!]!]!++;
}

/** Where nothing but tags hides any. Answers how many are hidden: most are, or few, so the branch is foretold. */
function countShownTags(
  { kinds, group, references }: ActionIndex,
  slotOf: Uint8Array,
  tagBits: Uint8Array,
  from: number,
  to: number,
  counts: Uint32Array,
): number {
  let hidden = 0;
  for (let i = from; i < to; i++) {
    const slot = slotOf[kinds[i]! | tagBits[references[i]!]!]!;
    if (slot === TAG_SLOT) hidden++;
    else counts[(group[i]! << SLOT_SHIFT) + slot]!++;
  }
  return hidden;
}

/** Whatever hides words: hides of the entries, from the first of them on. */
function countHiding(
  { kinds, group }: ActionIndex,
  byKind: Uint16Array,
  hides: Uint16Array,
  wordHides: Uint16Array,
  from: number,
  to: number,
  counts: Uint32Array,
  hidden: Uint32Array,
): void {
  for (let i = from; i < to; i++) {
    const kind = kinds[i]! & KIND_MASK;
    const own = group[i]!;
    const hiddenBy = hides[own]! | wordHides[i - from]! | byKind[kind]!;
    // 1 of an action.
    hidden[hiddenBy]! += (kind + KIND_MASK) >> 3;
    // What is hidden is counted where no action is; in all, it was told above.
    counts[(own << SLOT_SHIFT) + (kind & ((hiddenBy - 1) >> 31))]!++;
  }
}
