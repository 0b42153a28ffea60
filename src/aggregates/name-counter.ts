/**
 * Counts the entries of an index, name by name. In: the index, sums of a span and what hides entries. Out: a dashboard's
 * sums, with distinct addresses and last pulls.
 */
import { ACTION_KINDS as KINDS, ACTION_NONE } from '../model/request-table.ts';
import type { Traffic } from '../model/traffic.ts';
import type { ActionIndex } from './action-index.ts';
import {
  countBlocks,
  countShortSteps,
  countShown,
  countSignatures,
  countSteps,
  countTags,
  GROUP_BIT,
  lastPullOf,
  lastPullShown,
  showAndNote,
  SHOWN_VALUES,
  showWords,
  WORD_BIT,
} from './count-entries.ts';
import type { EntryFilter } from './entry-filter.ts';
import { entriesBetween } from './entry-search.ts';
import { countAddresses, countOfGroups, fillGroupBits, noteOthers, noteSeen } from './seen-groups.ts';
import { StepTally } from './step-tally.ts';
import type { ViewSums } from './view-sums.ts';
import { DIGEST_BIT, KIND_MASK, KIND_VALUES, MOST_COUNTED, unitOf } from './packed-kinds.ts';

/** Entries at a time: what is shown of each stays in the processor's cache. */
export const CHUNK = 1 << 14;

export class NameCounter {
  signatureLookUps = 0;
  private readonly tally: StepTally;
  /** By bits of an entry: its action if that is shown, else none. */
  private readonly shownOf: Uint8Array;
  /** By action, or by bits of an entry: one in the byte of its kind, if that is shown. */
  private readonly units: Int32Array;
  private readonly shownBytes: number;
  /** By group of the name that is counted. */
  private readonly hides: Uint16Array;
  private readonly groupBits: Uint8Array;
  private readonly seen: Int32Array;
  private readonly others: Uint32Array;
  /** By entry of a chunk. */
  private readonly actions = new Uint8Array(CHUNK);
  private readonly wordHides = new Uint16Array(CHUNK);
  /** By address. */
  private readonly isSeen: Uint8Array;
  private readonly hidesWords: boolean;
  private readonly hasShortSteps: boolean;

  constructor(
    traffic: Traffic,
    private readonly index: ActionIndex,
    private readonly sums: ViewSums,
    private readonly hiding: EntryFilter | null,
  ) {
    this.tally = new StepTally(sums);
    this.shownOf = shownActions(hiding);
    this.units = Int32Array.from(this.shownOf, (kind) => (kind === ACTION_NONE ? 0 : unitOf(kind)));
    this.shownBytes = this.units.reduce((bytes, unit) => bytes | (unit * MOST_COUNTED), 0);
    this.hides = new Uint16Array(index.mostGroups);
    this.groupBits = new Uint8Array(index.mostGroups);
    this.seen = new Int32Array(index.mostGroups);
    this.others = new Uint32Array(index.mostGroups);
    this.isSeen = new Uint8Array(traffic.clients.size);
    this.hidesWords = hiding?.hidesWords ?? false;
    this.hasShortSteps = sums.steps.count > sums.days;
  }

  get uniqueAddresses(): number {
    let count = 0;
    const { isSeen } = this;
    for (let client = 0; client < isSeen.length; client++) count += isSeen[client]!;
    return count;
  }

  count(name: number): void {
    const { index, hiding, sums, seen, groupBits } = this;
    const [first, end] = [index.groupsOf[name]!, index.groupsOf[name + 1]!];
    const [from, to] = entriesBetween(index, name, sums.steps.from, sums.steps.to);
    if (from === to) return;
    let hidden = 0;
    if (hiding?.hidesGroups) {
      hiding.fillGroups(name, first, end, this.hides);
      hidden = fillGroupBits(this.hides, end - first, groupBits);
      if (hidden === end - first) return;
    }
    this.tally.startName(name);
    const isPlain = !this.hidesWords && !(this.hasShortSteps && hidden > 0);
    if (isPlain) this.countPlainly(name, from, to, hidden > 0);
    else if (hiding!.tagBits && !this.hasShortSteps) this.countTags(name, from, to, hiding!.tagBits);
    else for (let at = from; at < to; at += CHUNK) this.countActions(name, at, Math.min(to, at + CHUNK));
    this.countSignatures(name, from, to);
    const { isSeen, shownBytes } = this;
    if (isPlain && to - from === index.entriesOf[name + 1]! - index.entriesOf[name]!) {
      const { counts } = index;
      sums.addresses[name] = countAddresses(index, first, end, counts, first, shownBytes, groupBits, isSeen);
      return;
    }
    if (isPlain) this.noteGroups(name, from, to);
    sums.addresses[name] = countAddresses(index, first, end, seen, 0, -1, groupBits, isSeen);
    seen.fill(0, 0, end - first);
  }

  private countTags(name: number, from: number, to: number, tagBits: Uint8Array): void {
    const { index, units, shownOf, groupBits, seen, tally, sums } = this;
    tally.pulls = 0;
    countTags(index, units, groupBits, tagBits, seen, from, to, tally);
    if (tally.pulls > 0)
      sums.lastPull[name] = index.places[lastPullShown(index, shownOf, groupBits, tagBits, to)]!;
  }

  /** Where groups at most are hidden. */
  private countPlainly(name: number, from: number, to: number, hidesGroups: boolean): void {
    const { index, units, shownOf, shownBytes, groupBits, tally, sums } = this;
    const { places, kinds } = index;
    tally.pulls = 0;
    if (this.hasShortSteps) countShortSteps(places, kinds, 0, units, shownOf, from, to, tally);
    else if (hidesGroups) countShown(index, units, groupBits, from, to, tally);
    else countBlocks(index, units, shownBytes, from, to, tally);
    if (tally.pulls > 0) sums.lastPull[name] = places[lastPullShown(index, shownOf, groupBits, null, to)]!;
  }

  /** Which groups have an action in the span: those of which not all are outside, if fewer are there than inside. */
  private noteGroups(name: number, from: number, to: number): void {
    const { index, shownOf, shownBytes, others, seen } = this;
    const [first, end] = [index.groupsOf[name]!, index.groupsOf[name + 1]!];
    const [begin, stop] = [index.entriesOf[name]!, index.entriesOf[name + 1]!];
    if (stop - begin > 2 * (to - from)) {
      noteSeen(index, shownOf, from, to, seen);
      return;
    }
    others.fill(0, 0, end - first);
    countOfGroups(index, shownOf, begin, from, others);
    countOfGroups(index, shownOf, to, stop, others);
    noteOthers(index, shownBytes, end - first, first, others, seen);
  }

  /** Whatever hides entries, a chunk of them at most. */
  private countActions(name: number, from: number, to: number): void {
    const { index, hiding, shownOf, groupBits, actions, seen, wordHides, tally, units, sums } = this;
    const { places } = index;
    if (!this.hidesWords) showAndNote(index, shownOf, groupBits, from, to, actions, seen);
    else {
      hiding!.fillWords(from, to, wordHides);
      showWords(index, shownOf, groupBits, wordHides, from, to, actions, seen);
    }
    tally.pulls = 0;
    if (this.hasShortSteps) countShortSteps(places, actions, from, units, shownOf, from, to, tally);
    else countSteps(places, actions, from, units, from, to, tally);
    if (tally.pulls > 0) sums.lastPull[name] = places[from + lastPullOf(shownOf, actions, to - from)]!;
  }

  private countSignatures(name: number, from: number, to: number): void {
    const { index, hiding, groupBits, wordHides, hidesWords } = this;
    if (index.hasSignatures[name] === 0) return;
    for (let at = from; at < to; at += CHUNK) {
      const stop = Math.min(to, at + CHUNK);
      if (hidesWords) hiding!.fillWords(at, stop, wordHides);
      const hides = hidesWords ? wordHides : null;
      this.signatureLookUps += countSignatures(index, hiding?.byKind ?? null, groupBits, hides, at, stop);
    }
  }
}

function shownActions(hiding: EntryFilter | null): Uint8Array {
  const shown = new Uint8Array(SHOWN_VALUES);
  for (let bits = 0; bits < SHOWN_VALUES; bits++) {
    const kind = bits & KIND_MASK;
    if (kind >= KINDS || (hiding && hiding.byKind[bits % KIND_VALUES] !== 0)) continue;
    const hidesWord = bits & DIGEST_BIT ? hiding?.tagBits && hiding.hidesNoTag : bits & WORD_BIT;
    if (!(bits & GROUP_BIT) && !hidesWord) shown[bits] = kind;
  }
  return shown;
}
