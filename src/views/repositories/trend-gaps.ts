/** Time of a trend that no file covers. In: cover of each day, days of a step. Out: runs of steps without a covered day. */
import { COVERED_NOT } from '../../model/view.ts';

export function gapsOf(
  covered: Uint8Array,
  daysOfStep: number,
  steps: number,
): { from: number; length: number }[] {
  const gaps: { from: number; length: number }[] = [];
  for (let step = 0; step < steps; step++) {
    const days = covered.subarray(step * daysOfStep, (step + 1) * daysOfStep);
    if (days.some((each) => each !== COVERED_NOT)) continue;
    const last = gaps.at(-1);
    if (last && last.from + last.length === step) last.length++;
    else gaps.push({ from: step, length: 1 });
  }
  return gaps;
}
