/**
 * Pulls and version checks of what a name was asked for. In: an index, what is known of references, what hides entries.
 * Out: counts of each reference, and the entries of the last ones; what was asked for by digest once more for its tags.
 */
import type { Traffic } from '../model/traffic.ts';
import type { ActionIndex } from './action-index.ts';
import type { EntryFilter } from './entry-filter.ts';
import { EntryLanes } from './entry-lanes.ts';
import type { KnownReferences } from './known-references.ts';

/** Numbers of a reference: pulls, the entry of the last one, version checks, the entry of the last one. */
const WIDTH = 4;
const WIDTH_SHIFT = 2;
/** Where they begin, from the numbers of the reference before; before the first goes what is hidden. */
const PULLS = WIDTH;
const CHECKS = WIDTH + 2;

/** Counts of what a name was asked for. */
export class UseCounter {
  private readonly numbers: Uint32Array;
  private readonly lanes: EntryLanes;
  private readonly use = new Uint32Array(WIDTH);

  constructor(
    traffic: Traffic,
    private readonly index: ActionIndex,
    private readonly known: KnownReferences,
    hiding: EntryFilter | null,
  ) {
    this.numbers = new Uint32Array((traffic.references.size + 1) * WIDTH);
    this.lanes = new EntryLanes(index, hiding, { pulls: PULLS, checks: CHECKS });
  }

  /** Answers whether anything of a name may be shown. */
  count(name: number): boolean {
    const { index, lanes, numbers } = this;
    if (!lanes.takeName(name)) return false;
    lanes.inChunks(index.entriesOf[name]!, index.entriesOf[name + 1]!, (from, to) =>
      countUses(index, lanes, from, to, numbers),
    );
    return true;
  }

  /** Numbers of a reference; good until the next call, as are those of a sum. */
  of(reference: number): Uint32Array {
    this.use.fill(0);
    this.add(this.use, 0, reference);
    return this.use;
  }

  sum(name: number): Uint32Array {
    const { startsOf, references } = this.known;
    this.use.fill(0);
    for (let i = startsOf[name]!; i < startsOf[name + 1]!; i++) this.add(this.use, 0, references[i]!);
    return this.use;
  }

  /** What was asked for by digest counts for its tags. */
  addDigests(name: number): void {
    const { pairsOf, tag, digest } = this.known;
    for (let i = pairsOf[name]!; i < pairsOf[name + 1]!; i++)
      this.add(this.numbers, (tag[i]! + 1) * WIDTH, digest[i]!);
  }

  clear(name: number): void {
    const { startsOf, references } = this.known;
    for (let i = startsOf[name]!; i < startsOf[name + 1]!; i++) {
      const at = (references[i]! + 1) * WIDTH;
      for (let lane = at; lane < at + WIDTH; lane++) this.numbers[lane] = 0;
    }
  }

  private add(to: Uint32Array, at: number, reference: number): void {
    const { numbers } = this;
    const from = (reference + 1) * WIDTH;
    for (let lane = 0; lane < WIDTH; lane += 2) {
      to[at + lane]! += numbers[from + lane]!;
      to[at + lane + 1] = Math.max(to[at + lane + 1]!, numbers[from + lane + 1]!);
    }
  }
}

/** numbers: by reference, and WIDTH numbers before the first, into which goes what is hidden. */
function countUses(
  { kinds, group, references }: ActionIndex,
  { laneOf, groupBits, wordHides }: EntryLanes,
  from: number,
  to: number,
  numbers: Uint32Array,
): void {
  for (let i = from; i < to; i++) {
    // All ones where nothing hides it.
    const lane = laneOf[kinds[i]! | groupBits[group[i]!]!]! & ((wordHides[i - from]! - 1) >> 31);
    const at = ((references[i]! << WIDTH_SHIFT) + lane) & -(lane >> WIDTH_SHIFT);
    numbers[at]!++;
    numbers[at + 1] = i;
  }
}
