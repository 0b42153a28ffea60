/**
 * Takes counts of one repository, run by run: entries that follow each other within a step of the span, or a period of
 * the repository's trend. In: packed counts, a byte for each kind of action (unitOf). Out: a dashboard's sums.
 */
import {
  ACTION_DOWNLOAD,
  ACTION_KINDS as KINDS,
  ACTION_PULL_BY_DIGEST,
  ACTION_PULL_BY_TAG,
  ACTION_VERSION_CHECK,
} from '../model/request-table.ts';
import type { ViewSums } from './view-sums.ts';

export class StepTally {
  /** Pulls of the name since it was set to 0. */
  pulls = 0;
  /** In which the run is, or begins. */
  step = 0;
  private name = 0;
  /** By period of the trend, the place after its last. */
  private readonly periodEnds: Uint32Array;

  constructor(readonly sums: ViewSums) {
    const { steps, trendOf, trendLength } = sums;
    this.periodEnds = new Uint32Array(trendLength);
    for (let step = 0; step < steps.count; step++) this.periodEnds[trendOf[step]!] = steps.ends[step]!;
  }

  startName(name: number): void {
    this.name = name;
    this.pulls = 0;
  }

  /** Counts belong to the step of this place from now on. Answers the place where it ends. */
  startStep(place: number): number {
    const { steps } = this.sums;
    this.step = steps.at(place);
    return steps.ends[this.step]!;
  }

  /** The same with the period of the trend, for who counts steps without this. */
  startPeriod(place: number): number {
    const { steps, trendOf } = this.sums;
    this.step = steps.at(place);
    return this.periodEnds[trendOf[this.step]!]!;
  }

  addStep(packed: number): void {
    if (packed === 0) return;
    const { perStep } = this.sums;
    const at = this.step * KINDS;
    perStep[at + ACTION_VERSION_CHECK]! += packed & 255;
    perStep[at + ACTION_PULL_BY_TAG]! += (packed >>> 8) & 255;
    perStep[at + ACTION_PULL_BY_DIGEST]! += (packed >>> 16) & 255;
    perStep[at + ACTION_DOWNLOAD]! += packed >>> 24;
    this.addPeriod(packed);
  }

  addPeriod(packed: number): void {
    if (packed === 0) return;
    const { actions, trend, trendLength, trendOf } = this.sums;
    const at = this.name * KINDS;
    const byTag = (packed >>> 8) & 255;
    const byDigest = (packed >>> 16) & 255;
    const downloads = packed >>> 24;
    actions[at + ACTION_VERSION_CHECK]! += packed & 255;
    actions[at + ACTION_PULL_BY_TAG]! += byTag;
    actions[at + ACTION_PULL_BY_DIGEST]! += byDigest;
    actions[at + ACTION_DOWNLOAD]! += downloads;
    const pulls = byTag + byDigest + downloads;
    trend[this.name * trendLength + trendOf[this.step]!]! += pulls;
    this.pulls += pulls;
  }
}
