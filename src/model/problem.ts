/**
 * What the user should know: expected trouble is a value, never an exception,
 * because only names and messages of errors survive the way out of a worker.
 */
export interface Problem {
  severity: 'error' | 'warning' | 'note';
  /** Name of the file; empty when the trouble is not about one file. */
  file: string;
  /** Line in the file, counted from 1; 0 when it is about the whole file. */
  line: number;
  /** What happened, in one sentence. */
  reason: string;
  /** What the user can do about it, in one sentence; empty when nothing is needed. */
  remedy: string;
}
