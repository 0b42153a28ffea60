/**
 * The loops that a question to the index consists of, in functions of their own: they are compiled better than the same
 * within a walk of many lines, and none has a branch that data decides, but where a step ends. In: entries of a name.
 * Out: of each the action that is shown of it, ACTION_*; and counts of those in sums.
 */
import { ACTION_KINDS as KINDS, ACTION_VERSION_CHECK } from '../model/request-table.ts';
import { type ActionIndex, BLOCK, BLOCK_SHIFT } from './action-index.ts';
import type { StepTally } from './step-tally.ts';
import { KIND_VALUES, MOST_COUNTED, SIGNATURE_BIT } from './packed-kinds.ts';

/** Bits beside those of a kind: hidden by its group, and by its words. ACTION_* that are shown stand by all of them. */
export const GROUP_BIT = KIND_VALUES;
export const WORD_BIT = KIND_VALUES * 2;
export const SHOWN_VALUES = KIND_VALUES * 4;

type Entries = Pick<ActionIndex, 'kinds' | 'group' | 'references' | 'places'>;

/** groupBits: by group, GROUP_BIT of those that are hidden; seen: by group, units of actions that are shown. */
export function showAndNote(
  { kinds, group }: Entries,
  shownOf: Uint8Array,
  groupBits: Uint8Array,
  from: number,
  to: number,
  actions: Uint8Array,
  seen: Int32Array,
): void {
  for (let i = from; i < to; i++) {
    const own = group[i]!;
    const action = shownOf[kinds[i]! | groupBits[own]!]!;
    actions[i - from] = action;
    seen[own]! |= action;
  }
}

/**
 * Entries whose tag is shown, and their group. tagBits: by reference, WORD_BIT of those that are hidden; units knows which
 * kinds have a tag. A choice of tags shows few of them, or nearly all: so here a branch costs less than to go on.
 */
export function countTags(
  { kinds, group, references, places }: Entries,
  units: Int32Array,
  groupBits: Uint8Array,
  tagBits: Uint8Array,
  seen: Int32Array,
  from: number,
  to: number,
  tally: StepTally,
): void {
  for (let i = from; i < to;) {
    const end = runEnd(places, i, to, tally.startStep(places[i]!));
    while (i < end) {
      const stop = Math.min(end, i + MOST_COUNTED);
      let sum = 0;
      for (; i < stop; i++) {
        const bits = kinds[i]! | tagBits[references[i]!]!;
        if (units[bits] === 0) continue;
        const own = group[i]!;
        const unit = units[bits | groupBits[own]!]!;
        sum = (sum + unit) | 0;
        seen[own]! |= unit;
      }
      tally.addStep(sum);
    }
  }
}

/** hides: what hides each of the entries, from the first of them on. */
export function showWords(
  { kinds, group }: Entries,
  shownOf: Uint8Array,
  groupBits: Uint8Array,
  hides: Uint16Array,
  from: number,
  to: number,
  actions: Uint8Array,
  seen: Int32Array,
): void {
  for (let i = from; i < to; i++) {
    const own = group[i]!;
    // All ones where nothing hides it.
    const mask = (hides[i - from]! - 1) >> 31;
    const action = shownOf[kinds[i]! | groupBits[own]!]! & mask;
    actions[i - from] = action;
    seen[own]! |= action;
  }
}

/** Whoever asked: sixteen entries at a time where they are of one step. */
export function countBlocks(
  { kinds, places, blocks }: Pick<ActionIndex, 'kinds' | 'places' | 'blocks'>,
  units: Int32Array,
  shownBytes: number,
  from: number,
  to: number,
  tally: StepTally,
): void {
  for (let i = from; i < to;) {
    const end = tally.startStep(places[i]!);
    let sum = 0;
    for (; i < to && (i & (BLOCK - 1)) !== 0 && places[i]! < end; i++) sum += units[kinds[i]!]!;
    for (let most = MOST_BLOCKS; i + BLOCK <= to && places[i + BLOCK - 1]! < end; i += BLOCK) {
      sum = (sum + (blocks[i >>> BLOCK_SHIFT]! & shownBytes)) | 0;
      if (--most > 0) continue;
      tally.addStep(sum);
      sum = 0;
      most = MOST_BLOCKS;
    }
    // Fewer than a block.
    for (; i < to && places[i]! < end; i++) sum = (sum + units[kinds[i]!]!) | 0;
    tally.addStep(sum);
  }
}

/** Blocks that a byte can count, with what is left before and after them. */
const MOST_BLOCKS = Math.floor(MOST_COUNTED / BLOCK) - 2;

/** The entries of groups that are shown. */
export function countShown(
  { kinds, group, places }: Entries,
  units: Int32Array,
  groupBits: Uint8Array,
  from: number,
  to: number,
  tally: StepTally,
): void {
  for (let i = from; i < to;) {
    const end = runEnd(places, i, to, tally.startStep(places[i]!));
    while (i < end) {
      const stop = Math.min(end, i + MOST_COUNTED);
      let sum = 0;
      for (; i < stop; i++) sum = (sum + units[kinds[i]! | groupBits[group[i]!]!]!) | 0;
      tally.addStep(sum);
    }
  }
}

/** Of entries in the order of time, the first from `i` on that is not before a place; of [i, to). */
function runEnd(places: Uint32Array, i: number, to: number, place: number): number {
  while (i + BLOCK <= to && places[i + BLOCK - 1]! < place) i += BLOCK;
  while (i < to && places[i]! < place) i++;
  return i;
}

/** actions: from entry `base` on; units: by action, one in the byte of its kind. */
export function countSteps(
  places: Uint32Array,
  actions: Uint8Array,
  base: number,
  units: Int32Array,
  from: number,
  to: number,
  tally: StepTally,
): void {
  for (let i = from; i < to;) {
    const end = runEnd(places, i, to, tally.startStep(places[i]!));
    while (i < end) {
      const stop = Math.min(end, i + MOST_COUNTED);
      let sum = 0;
      for (; i < stop; i++) sum = (sum + units[actions[i - base]!]!) | 0;
      tally.addStep(sum);
    }
  }
}

/** The same where steps are many and short. */
export function countShortSteps(
  places: Uint32Array,
  actions: Uint8Array,
  base: number,
  units: Int32Array,
  kindOf: Uint8Array,
  from: number,
  to: number,
  tally: StepTally,
): void {
  const { perStep } = tally.sums;
  const { ends } = tally.sums.steps;
  for (let i = from; i < to;) {
    const periodEnd = tally.startPeriod(places[i]!);
    let { step } = tally;
    let end = ends[step]!;
    do {
      const stop = Math.min(to, i + MOST_COUNTED);
      let sum = 0;
      for (; i < stop; i++) {
        const place = places[i]!;
        if (place >= periodEnd) break;
        while (place >= end) end = ends[++step]!;
        const action = actions[i - base]!;
        perStep[step * KINDS + kindOf[action]!]!++;
        sum = (sum + units[action]!) | 0;
      }
      tally.addPeriod(sum);
    } while (i < to && places[i]! < periodEnd);
  }
}

/** The last pull among actions that have one; from `count` backwards. */
export function lastPullOf(kindOf: Uint8Array, actions: Uint8Array, count: number): number {
  let i = count - 1;
  while (kindOf[actions[i]!]! <= ACTION_VERSION_CHECK) i--;
  return i;
}

/** The same among entries; tagBits: null where no word hides any. */
export function lastPullShown(
  { kinds, group, references }: Entries,
  kindOf: Uint8Array,
  groupBits: Uint8Array,
  tagBits: Uint8Array | null,
  to: number,
): number {
  let i = to - 1;
  const bits = () => kinds[i]! | groupBits[group[i]!]! | (tagBits ? tagBits[references[i]!]! : 0);
  while (kindOf[bits()]! <= ACTION_VERSION_CHECK) i--;
  return i;
}

/** Look-ups of signatures; byKind: what hides a kind. */
export function countSignatures(
  { kinds, group }: Entries,
  byKind: Uint16Array | null,
  groupBits: Uint8Array,
  hides: Uint16Array | null,
  from: number,
  to: number,
): number {
  let count = 0;
  for (let i = from; i < to; i++) {
    const kind = kinds[i]!;
    if ((kind & SIGNATURE_BIT) === 0 || groupBits[group[i]!] !== 0) continue;
    if ((hides === null || hides[i - from] === 0) && (byKind === null || byKind[kind] === 0)) count++;
  }
  return count;
}
