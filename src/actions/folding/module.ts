/** The folding as a WebAssembly module: one of it an instance. open-folding.ts is the way to use it. */
import { Folding } from './folding.ts';

let folding: Folding = new Folding(0, false);

export function begin(window: f64, foldFurther: i32): void {
  folding = new Folding(window, foldFurther !== 0);
}

/** Folding.push. */
export function push(
  row: i32,
  time: f64,
  client: i32,
  repository: i32,
  separate: i32,
  agent: i32,
  reference: i32,
  logged: i32,
  flags: i32,
): i32 {
  return folding.push(row, time, client, repository, separate, agent, reference, logged, flags);
}
