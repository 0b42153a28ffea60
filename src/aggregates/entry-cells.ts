/**
 * Entries of an index as cells: the step of the span (a day or an hour) and the bits of an entry below its day. In: the
 * index, a span and a filter. Out: cells of a range of entries, in one buffer. Entries that are hidden or outside of
 * the span become cells without an action, so that who counts them need not ask. Each loop stands alone, without a
 * branch: so the processor runs through.
 */
import type { Step } from '../lib/local-time.ts';
import type { DaySpan } from '../model/view.ts';
import {
  type ActionIndex,
  DAY_SHIFT,
  KIND_MASK,
  QUARTERS_PER_DAY,
  SECONDS_PER_QUARTER,
} from './action-index.ts';
import type { EntryFilter } from './entry-filter.ts';
import type { TimeSteps } from './time-steps.ts';

/** Entries at a time: what is made of them stays in the processor's cache. */
export const CHUNK = 1 << 14;
const SECONDS_PER_DAY = SECONDS_PER_QUARTER * QUARTERS_PER_DAY;
const DAY_SIZE = 1 << DAY_SHIFT;
export const BELOW_DAY = DAY_SIZE - 1;

export class EntryCells {
  /** Of the entries last asked for. */
  readonly cells = new Uint32Array(CHUNK);
  private readonly hides = new Uint16Array(CHUNK);
  readonly hidesWords: boolean;
  /** By bits of an entry below its day: those of its cell, and ones above. */
  readonly below: Int32Array;
  /** By day, or quarter of an hour, since the index begins: the step, and ones below; 0 outside of the span. */
  readonly steps: Int32Array;
  /** By entry, its cell; where days begin at midnight by UTC. */
  readonly byEntry: Uint32Array | null;
  /** Entries of the span's days by UTC are in [from, to); null when all are. */
  readonly range: { from: number; to: number } | null;

  constructor(
    private readonly index: ActionIndex,
    span: DaySpan,
    step: Step,
    steps: TimeSteps,
    private readonly hiding: EntryFilter | null,
  ) {
    this.hidesWords = hiding?.hidesWords ?? false;
    this.below = Int32Array.from({ length: BELOW_DAY + 1 }, (_, bits) =>
      hiding && hiding.hidesKind(bits & KIND_MASK) !== 0 ? ~BELOW_DAY : bits | ~BELOW_DAY,
    );
    if (step === 'day' && span.zone === undefined) {
      const { byEntry, stepsOf } = this.daysByUtc(span);
      [this.byEntry, this.steps] = [byEntry, stepsOf];
    } else [this.byEntry, this.steps] = [null, quarterSteps(index, steps)];
    this.range = rangeOf(index, steps);
  }

  /** Of the entries [from, to), CHUNK at most. */
  fill(from: number, to: number): void {
    const { index, cells } = this;
    if (this.byEntry) fillByEntry(index.entries, this.byEntry, from, to, cells);
    else fillByQuarter(index, this.steps, this.below, from, to, cells);
    if (!this.hidesWords) return;
    this.hiding!.fillWords(from, to, this.hides);
    hideCells(this.hides, to - from, cells);
  }

  /** Of one entry, as far as no word hides it. */
  cellAt(i: number): number {
    const { entries, quarters } = this.index;
    const entry = entries[i]!;
    if (this.byEntry) return this.byEntry[entry]!;
    const quarter = (entry >> DAY_SHIFT) * QUARTERS_PER_DAY + quarters[i]!;
    return this.steps[quarter]! & this.below[entry & BELOW_DAY]!;
  }

  private daysByUtc({ first, last }: DaySpan) {
    const { firstDay, days } = this.index;
    const stepsOf = Int32Array.from({ length: days }, (_, day) =>
      day + firstDay < first || day + firstDay > last ? 0 : stepBits(day + firstDay - first),
    );
    const byEntry = Uint32Array.from(
      { length: days << DAY_SHIFT },
      (_, entry) => stepsOf[entry >> DAY_SHIFT]! & this.below[entry & BELOW_DAY]!,
    );
    return { byEntry, stepsOf };
  }
}

function rangeOf({ firstDay, days }: ActionIndex, { starts, count }: TimeSteps): EntryCells['range'] {
  const from = Math.floor(starts[0]! / SECONDS_PER_DAY) - firstDay;
  const to = Math.ceil(starts[count]! / SECONDS_PER_DAY) - firstDay;
  return from > 0 || to < days ? { from: from * DAY_SIZE, to: to * DAY_SIZE } : null;
}

const stepBits = (step: number) => (step << DAY_SHIFT) | BELOW_DAY;

function quarterSteps({ firstDay, days }: ActionIndex, { starts, count }: TimeSteps): Int32Array {
  const stepsOf = new Int32Array(days * QUARTERS_PER_DAY);
  const firstQuarter = firstDay * QUARTERS_PER_DAY;
  for (let step = 0; step < count; step++) {
    const [from, to] = [step, step + 1].map((each) => starts[each]! / SECONDS_PER_QUARTER - firstQuarter);
    if (to! > 0) stepsOf.fill(stepBits(step), Math.max(0, from!), to);
  }
  return stepsOf;
}

function fillByEntry(
  entries: ActionIndex['entries'],
  byEntry: Uint32Array,
  from: number,
  to: number,
  cells: Uint32Array,
): void {
  for (let i = from; i < to; i++) cells[i - from] = byEntry[entries[i]!]!;
}

function fillByQuarter(
  { entries, quarters }: ActionIndex,
  steps: Int32Array,
  below: Int32Array,
  from: number,
  to: number,
  cells: Uint32Array,
): void {
  for (let i = from; i < to; i++) {
    const entry = entries[i]!;
    const quarter = (entry >> DAY_SHIFT) * QUARTERS_PER_DAY + quarters[i]!;
    cells[i - from] = steps[quarter]! & below[entry & BELOW_DAY]!;
  }
}

function hideCells(hides: Uint16Array, count: number, cells: Uint32Array): void {
  // All ones where nothing hides it.
  for (let i = 0; i < count; i++) cells[i]! &= (hides[i]! - 1) >> 31;
}
