/**
 * Versions of one program, put together by major.minor. In: its versions with their pulls. Out: the lines with most
 * pulls, the newest first, with the versions that are in each; shares of lines in each step of time.
 */
import { compareVersions, minorLine } from '../../lib/version.ts';
import { splitClient } from '../../model/filter.ts';
import type { Breakdown } from '../../model/view.ts';

/** As many as there are colours that can be told apart. */
const MOST_LINES = 5;

export interface VersionLine {
  /** 27.3 */
  name: string;
  /** As filters have them. */
  values: string[];
  pulls: number;
}

/** Versions that cannot be read are in no line. */
export function versionLines({ values }: Breakdown): VersionLine[] {
  const lines = new Map<string, VersionLine>();
  for (const { value, pulls } of values) {
    const name = minorLine(splitClient(value).version ?? '');
    if (name === '' || pulls === 0) continue;
    const line = lines.get(name) ?? { name, values: [], pulls: 0 };
    line.values.push(value);
    line.pulls += pulls;
    lines.set(name, line);
  }
  return [...lines.values()]
    .sort((a, b) => b.pulls - a.pulls || compareVersions(b.name, a.name))
    .slice(0, MOST_LINES)
    .sort((a, b) => compareVersions(b.name, a.name));
}

/** What is in none of the lines, by step. */
export function restOf(whole: readonly number[], lines: readonly (readonly number[])[]): number[] {
  return whole.map((count, i) => count - lines.reduce((sum, line) => sum + line[i]!, 0));
}

/** Of each line its share of all in that step; 0 where there is nothing. */
export function sharesOf(lines: readonly (readonly number[])[]): number[][] {
  const wholes = (lines[0] ?? []).map((_, i) => lines.reduce((sum, line) => sum + line[i]!, 0));
  return lines.map((line) => line.map((count, i) => (wholes[i]! > 0 ? count / wholes[i]! : 0)));
}
