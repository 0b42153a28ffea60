/**
 * Requests that are folded together: thousands at a time, so that JavaScript and WebAssembly seldom call each other. One
 * column of whole numbers stands behind the other, MOST places each; times are of their own.
 */
import { Integers, Times } from './columns.ts';
import { Folding } from './folding.ts';

/** Most requests of a batch. */
export const MOST: i32 = 4096;

/** Where columns begin. Arguments of Folding.push; rows are put in, answers taken out of the first. */
export const ROWS: i32 = 0;
export const CLIENTS: i32 = MOST;
export const REPOSITORIES: i32 = MOST * 2;
export const SEPARATE: i32 = MOST * 3;
export const AGENTS: i32 = MOST * 4;
export const REFERENCES: i32 = MOST * 5;
export const LOGGED: i32 = MOST * 6;
export const FLAGS: i32 = MOST * 7;
export const PLACES: i32 = MOST * 8;

/** Folds the first `count` requests; what Folding.push answers stands in the place of their rows. */
export function foldBatch(folding: Folding, integers: Integers, times: Times, count: i32): void {
  for (let i: i32 = 0; i < count; i++) {
    integers[i] = folding.push(
      integers[i]!,
      times[i]!,
      integers[CLIENTS + i]!,
      integers[REPOSITORIES + i]!,
      integers[SEPARATE + i]!,
      integers[AGENTS + i]!,
      integers[REFERENCES + i]!,
      integers[LOGGED + i]!,
      integers[FLAGS + i]!,
    );
  }
}
