/**
 * The days or hours of a span, as places in the order of time. In: Traffic, a span, how long a step is. Out: where steps
 * begin, and the step of any place. So a clock of any zone costs no look at the time of an action.
 */
import { clockAt, type Step, stepStarts } from '../lib/local-time.ts';
import { firstPlaceFrom } from '../model/time-range.ts';
import type { Traffic } from '../model/traffic.ts';
import type { DaySpan } from '../model/view.ts';

/** Places between two entries of the table of steps: a kilobyte for a million of them. */
const STRIDE_SHIFT = 10;

export class TimeSteps {
  readonly count: number;
  /** Seconds where steps begin, and last where the last one ends. */
  readonly starts: Float64Array;
  /** By step, its day of the span. */
  readonly dayOf: Uint32Array;
  /** Places of the span: [from, to). */
  readonly from: number;
  readonly to: number;
  /** By step, the place after its last. */
  readonly ends: Uint32Array;
  /** By stride of places, the step of its first. */
  private readonly strides: Uint32Array;

  constructor(traffic: Traffic, span: DaySpan, step: Step) {
    this.starts = stepStarts(span, step);
    this.count = this.starts.length - 1;
    const places = Uint32Array.from(this.starts, (second) => firstPlaceFrom(traffic, second));
    this.ends = places.subarray(1);
    this.from = places[0]!;
    this.to = places[this.count]!;
    this.dayOf = Uint32Array.from(
      { length: this.count },
      // A day that a zone has left out has a step without time, which shows the next.
      (_, i) => (step === 'day' ? i : clockAt(this.starts[i]!, span.zone).day - span.first),
    );
    this.strides = new Uint32Array(((this.to - this.from) >>> STRIDE_SHIFT) + 1);
    for (let stride = 0, at = 0; stride < this.strides.length; stride++) {
      while (at < this.count - 1 && this.from + (stride << STRIDE_SHIFT) >= this.ends[at]!) at++;
      this.strides[stride] = at;
    }
  }

  /** The step of a place of the span. */
  at(place: number): number {
    let step = this.strides[(place - this.from) >>> STRIDE_SHIFT]!;
    while (place >= this.ends[step]!) step++;
    return step;
  }
}
