/**
 * What to know about files, each sentence once. In: problems. Out: the gravest first, with the files that each is about.
 * Limits: what is about a line, or names its file itself, stands alone.
 */
import type { Problem } from '../../model/problem.ts';

export interface ToldProblem extends Problem {
  /** Its own file, and those of which the same is to be said. */
  files: string[];
}

const ORDER = { error: 0, warning: 1, note: 2 };

export function tellOnce(problems: readonly Problem[]): ToldProblem[] {
  const told = new Map<string, ToldProblem>();
  for (const problem of problems) {
    const { severity, line, reason, remedy } = problem;
    const key = line > 0 ? String(told.size) : JSON.stringify([severity, reason, remedy]);
    const held = told.get(key);
    if (held) held.files.push(problem.file);
    else told.set(key, { ...problem, files: [problem.file] });
  }
  return [...told.values()].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
}
