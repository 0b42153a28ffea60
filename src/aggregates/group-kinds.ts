/**
 * How many actions of each kind a group has. In: the index, a span and a filter. Out: counts of a range of groups. What
 * hides words is asked entry by entry here; what hides whole groups or kinds is left to the caller.
 */
import { FACETS } from '../model/filter.ts';
import { ACTION_KINDS as KINDS } from '../model/request-table.ts';
import type { Traffic } from '../model/traffic.ts';
import type { DaySpan } from '../model/view.ts';
import { type ActionIndex, KIND_MASK, MOST_COUNTED, unitOf } from './action-index.ts';
import { CHUNK, EntryCells } from './entry-cells.ts';
import type { EntryFilter } from './entry-filter.ts';
import { FEW_ENTRIES, firstEntryOf } from './entry-search.ts';
import { TimeSteps } from './time-steps.ts';

const UNITS = Uint32Array.from({ length: KIND_MASK + 1 }, (_, kind) =>
  kind > 0 && kind < KINDS ? unitOf(kind) : 0,
);

export class GroupKinds {
  /** Hidden actions by what hides them: all bits of HiddenBy. Only where the filter hides words. */
  readonly hidden = new Uint32Array(1 << FACETS.length);
  /** Whether all that hides actions of groups was asked here. */
  readonly isShown: boolean;
  private readonly cells: EntryCells;
  /** By entry, the unit of its action, if it is in the span; where days begin at midnight by UTC. */
  private readonly units: Uint32Array | null;
  private readonly isWhole: boolean;
  private readonly hides = new Uint16Array(CHUNK);
  private readonly shown = new Uint8Array(CHUNK);
  private readonly hidesKind: Uint16Array;

  constructor(
    traffic: Traffic,
    private readonly index: ActionIndex,
    span: DaySpan,
    private readonly hiding: EntryFilter | null,
  ) {
    const steps = new TimeSteps(traffic, span, 'day');
    this.cells = new EntryCells(index, span, 'day', steps, null);
    this.units = this.cells.byEntry?.map((cell) => UNITS[cell & KIND_MASK]!) ?? null;
    this.isWhole = steps.from === 0 && steps.to === traffic.length;
    this.isShown = hiding?.hidesWords ?? false;
    this.hidesKind = Uint16Array.from({ length: KIND_MASK + 1 }, (_, kind) =>
      hiding && kind < KINDS ? hiding.hidesKind(kind) : 0,
    );
  }

  /** Groups [first, end), and what hides each: counts[(group - first) * KINDS + ACTION_*]. */
  fill(first: number, end: number, hidesGroups: Uint16Array, counts: Uint32Array): void {
    counts.fill(0, 0, (end - first) * KINDS);
    if (this.units !== null && !this.isWhole && !this.isShown) {
      this.countSpan(this.units, first, end, counts);
      return;
    }
    if (!this.isWhole || this.isShown) {
      this.count(first, end, hidesGroups, counts, 0);
      return;
    }
    const { starts, counts: bytes } = this.index;
    for (let group = first; group < end; group++) {
      const at = (group - first) * KINDS;
      if (starts[group + 1]! - starts[group]! <= MOST_COUNTED) addBytes(bytes[group]!, counts, at);
      else this.count(group, group + 1, hidesGroups, counts, at);
    }
  }

  private countSpan(units: Uint32Array, first: number, end: number, counts: Uint32Array): void {
    const { starts, entries } = this.index;
    const { range } = this.cells;
    for (let group = first; group < end; group++) {
      let from = starts[group]!;
      let to = starts[group + 1]!;
      if (range !== null && to - from > FEW_ENTRIES) {
        from = firstEntryOf(entries, from, to, range.from);
        to = firstEntryOf(entries, from, to, range.to);
      }
      countEntries(entries, units, from, to, counts, (group - first) * KINDS);
    }
  }

  private count(first: number, end: number, hidesGroups: Uint16Array, counts: Uint32Array, at: number): void {
    const { starts } = this.index;
    const to = starts[end]!;
    for (let from = starts[first]!, group = first; from < to; from += CHUNK) {
      const stop = Math.min(to, from + CHUNK);
      this.cells.fill(from, stop);
      if (this.isShown) {
        this.hiding!.fillWords(from, stop, this.hides);
        tellShown(this.cells.cells, this.hidesKind, stop - from, this.hides, this.shown);
      }
      for (let i = from; i < stop; group++) {
        const last = Math.min(starts[group + 1]!, stop);
        const place = at + (group - first) * KINDS;
        if (this.isShown) {
          countHidden(
            this.cells.cells,
            this.hides,
            hidesGroups[group - first]!,
            i - from,
            last - from,
            this.hidden,
          );
          countKinds(this.shown, i - from, last - from, counts, place);
        } else countCells(this.cells.cells, i - from, last - from, counts, place);
        i = last;
        if (starts[group + 1]! > stop) break;
      }
    }
  }
}

/** What hides entries, their action included, and actions that nothing hides but perhaps their group. */
function tellShown(
  cells: Uint32Array,
  hidesKind: Uint16Array,
  count: number,
  hides: Uint16Array,
  shown: Uint8Array,
): void {
  for (let i = 0; i < count; i++) {
    const kind = cells[i]! & KIND_MASK;
    const own = hides[i]! | hidesKind[kind]!;
    hides[i] = own;
    // All ones where nothing hides it.
    shown[i] = kind & ((own - 1) >> 31);
  }
}

/** Those that only their group hides are left out. */
function countHidden(
  cells: Uint32Array,
  hides: Uint16Array,
  hidesGroup: number,
  from: number,
  to: number,
  hidden: Uint32Array,
): void {
  for (let i = from; i < to; i++) {
    const own = hides[i]!;
    // 1 of an action that is hidden.
    const one = (((cells[i]! & KIND_MASK) + KIND_MASK) >> 3) & (-own >>> 31);
    hidden[own | hidesGroup]! += one;
  }
}

function countEntries(
  entries: ActionIndex['entries'],
  units: Uint32Array,
  from: number,
  to: number,
  counts: Uint32Array,
  at: number,
): void {
  for (let i = from; i < to;) {
    const stop = Math.min(to, i + MOST_COUNTED);
    let sum = 0;
    for (; i < stop; i++) sum = (sum + units[entries[i]!]!) | 0;
    addBytes(sum, counts, at);
  }
}

// One function for each kind of array: a loop that meets both is slow with either.
function countCells(cells: Uint32Array, from: number, to: number, counts: Uint32Array, at: number): void {
  for (let i = from; i < to;) {
    const stop = Math.min(to, i + MOST_COUNTED);
    let sum = 0;
    for (; i < stop; i++) sum = (sum + UNITS[cells[i]! & KIND_MASK]!) | 0;
    addBytes(sum, counts, at);
  }
}

function countKinds(kinds: Uint8Array, from: number, to: number, counts: Uint32Array, at: number): void {
  for (let i = from; i < to;) {
    const stop = Math.min(to, i + MOST_COUNTED);
    let sum = 0;
    for (; i < stop; i++) sum = (sum + UNITS[kinds[i]!]!) | 0;
    addBytes(sum, counts, at);
  }
}

/** A byte for each kind. */
function addBytes(sum: number, counts: Uint32Array, at: number): void {
  counts[at + 1]! += sum & 255;
  counts[at + 2]! += (sum >>> 8) & 255;
  counts[at + 3]! += (sum >>> 16) & 255;
  counts[at + 4]! += sum >>> 24;
}
