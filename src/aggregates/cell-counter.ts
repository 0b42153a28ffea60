/**
 * Counts the cells of an index's entries, name by name. In: cells (entry-cells.ts) and groups. Out: a dashboard's sums,
 * with distinct addresses and last pulls. Where all of a name is shown, sums made with the index stand for its entries.
 */
import {
  ACTION_KINDS as KINDS,
  ACTION_NONE,
  ACTION_PULL_BY_TAG,
  ACTION_VERSION_CHECK,
} from '../model/request-table.ts';
import { NO_WORD } from '../model/segment.ts';
import type { Traffic } from '../model/traffic.ts';
import {
  type ActionIndex,
  DAY_SHIFT,
  KIND_MASK,
  MOST_COUNTED,
  type NameSums,
  SIGNATURE_BIT,
  unitOf,
} from './action-index.ts';
import {
  countCells,
  countEntries,
  countQuarters,
  hiddenGroups,
  lastPullIn,
  lastPullOf,
} from './count-cells.ts';
import { CHUNK, type EntryCells } from './entry-cells.ts';
import type { EntryFilter } from './entry-filter.ts';
import { FEW_ENTRIES, firstEntryOf } from './entry-search.ts';
import { NO_PLACE, type ViewSums } from './view-sums.ts';

/** So many cells are looked through as fast as one entry is counted. */
const CELLS_PER_ENTRY = 4;

export class CellCounter {
  uniqueAddresses = 0;
  signatureLookUps = 0;
  /** Of the name that is counted, by cell; and all cells, one after the other. */
  private readonly counts: Uint32Array;
  private readonly allCells: Uint32Array;
  /** Name + 1 of the last group with an action from this address: groups of a name stand together. */
  private readonly lastName: Uint32Array;
  /** What hides groups of the name. */
  private hides = new Uint16Array(CHUNK);
  /** Bytes of ActionIndex.counts whose actions are shown. */
  private readonly shownBytes: number;

  constructor(
    traffic: Traffic,
    private readonly index: ActionIndex,
    private readonly sums: ViewSums,
    private readonly cells: EntryCells,
    private readonly hiding: EntryFilter | null,
  ) {
    // Outside of the span is a cell, too.
    this.counts = new Uint32Array(Math.max(1, sums.steps.count) << DAY_SHIFT);
    this.allCells = this.counts.map((_, cell) => cell);
    this.lastName = new Uint32Array(traffic.clients.size);
    this.shownBytes = 0;
    for (let kind = 1; kind < KINDS; kind++)
      if (!hiding || hiding.hidesKind(kind) === 0) this.shownBytes |= MOST_COUNTED * unitOf(kind);
  }

  /** A name and its groups [first, end). hasSums: the sums of an index would do, if nothing hides groups. */
  count(name: number, first: number, end: number, hasSums: boolean): void {
    const { index, hiding, counts } = this;
    if (this.hides.length < end - first) this.hides = new Uint16Array(2 * (end - first));
    let hidden = 0;
    if (hiding) {
      hiding.fillGroups(first, end, this.hides);
      hidden = hiddenGroups(this.hides, end - first);
      if (hidden === end - first) return;
    }
    const whole = hasSums && hidden === 0 ? index.sums.get(name) : undefined;
    if (whole) {
      this.takeSums(name, whole);
      this.stampGroups(name, first, end);
      return;
    }
    const [from, to] = [index.starts[first]!, index.starts[end]!];
    const isBusy = (to - from) * CELLS_PER_ENTRY > counts.length;
    if (isBusy && !this.cells.hidesWords) this.countGroups(name, first, first, from, to, false);
    else
      for (let at = from, group = first; at < to; at += CHUNK) {
        const stop = Math.min(to, at + CHUNK);
        this.cells.fill(at, stop);
        group = this.countGroups(name, group, first, at, stop, true);
        if (!isBusy) this.takeCounts(name, this.cells.cells, stop - at);
      }
    if (isBusy) this.takeCounts(name, this.allCells, counts.length);
  }

  /** Adds what was counted in the cells, and leaves nothing there; a cell may be named twice. */
  private takeCounts(name: number, cells: Uint32Array, length: number): void {
    const { counts } = this;
    const { perStep, actions, trend, trendLength, trendOf } = this.sums;
    let signatures = 0;
    for (let i = 0; i < length; i++) {
      const cell = cells[i]!;
      const count = counts[cell]!;
      if (count === 0) continue;
      counts[cell] = 0;
      if (cell & SIGNATURE_BIT) signatures += count;
      const kind = cell & KIND_MASK;
      if (kind === ACTION_NONE) continue;
      const step = cell >> DAY_SHIFT;
      perStep[step * KINDS + kind]! += count;
      actions[name * KINDS + kind]! += count;
      if (kind !== ACTION_VERSION_CHECK) trend[name * trendLength + trendOf[step]!]! += count;
    }
    this.signatureLookUps += signatures;
  }

  private takeSums(name: number, { entries, counts, last }: NameSums): void {
    const { byEntry } = this.cells;
    const cells = entries.map((entry) => byEntry![entry]!);
    for (let i = 0; i < cells.length; i++) this.counts[cells[i]!]! += counts[i]!;
    this.takeCounts(name, cells, cells.length);
    const { lastPull } = this.sums;
    for (let kind = ACTION_PULL_BY_TAG; kind < KINDS; kind++) {
      const isShown = (this.shownBytes & unitOf(kind)) !== 0;
      if (isShown && last[kind]! >= 0 && isLater(last[kind]!, lastPull[name]!)) lastPull[name] = last[kind]!;
    }
  }

  /** Distinct addresses of groups with an action that is shown. */
  private stampGroups(name: number, first: number, end: number): void {
    const { lastName, shownBytes } = this;
    const { client, counts } = this.index;
    const stamp = name + 1;
    let own = 0;
    let fresh = 0;
    for (let group = first; group < end; group++) {
      if ((counts[group]! & shownBytes) === 0) continue;
      const address = client[group]!;
      if (address === NO_WORD) continue;
      const before = lastName[address]!;
      if (before === stamp) continue;
      if (before === 0) fresh++;
      lastName[address] = stamp;
      own++;
    }
    this.sums.addresses[name]! += own;
    this.uniqueAddresses += fresh;
  }

  /**
   * The entries [from, to), the first of which is in `group`. areFilled: their cells were made; else they are made as
   * they are counted. Answers the group in which the next is.
   */
  private countGroups(
    name: number,
    group: number,
    first: number,
    from: number,
    to: number,
    areFilled: boolean,
  ): number {
    const { lastName, hides, counts, sums } = this;
    const { starts, client, entries, places } = this.index;
    const { cells, byEntry, range } = this.cells;
    const hidesGroups = this.hiding !== null;
    const stamp = name + 1;
    let last = sums.lastPull[name]! === NO_PLACE ? -1 : sums.lastPull[name]!;
    let own = 0;
    let fresh = 0;
    for (let at = from; at < to; group++) {
      const end = starts[group + 1]!;
      const stop = end < to ? end : to;
      if (hidesGroups && hides[group - first] !== 0) at = stop;
      else {
        let begin = at;
        let until = stop;
        if (range !== null && stop - at > FEW_ENTRIES) {
          begin = firstEntryOf(entries, at, stop, range.from);
          until = firstEntryOf(entries, begin, stop, range.to);
        }
        at = stop;
        const bits = areFilled
          ? countCells(cells, begin - from, until - from, counts)
          : byEntry
            ? countEntries(entries, byEntry, begin, until, counts)
            : countQuarters(this.index, this.cells, begin, until, counts);
        const kinds = bits & KIND_MASK;
        if (kinds !== 0) {
          if (kinds > ACTION_VERSION_CHECK && places[until - 1]! > last) {
            const i = areFilled
              ? from + lastPullIn(cells, until - 1 - from)
              : lastPullOf(this.cells, until - 1);
            if (places[i]! > last) last = places[i]!;
          }
          const address = client[group]!;
          if (address !== NO_WORD) {
            const before = lastName[address]!;
            if (before !== stamp) {
              if (before === 0) fresh++;
              lastName[address] = stamp;
              own++;
            }
          }
        }
      }
      if (end > to) break;
    }
    if (last >= 0) sums.lastPull[name] = last;
    sums.addresses[name]! += own;
    this.uniqueAddresses += fresh;
    return group;
  }
}

const isLater = (place: number, before: number) => before === NO_PLACE || place > before;
