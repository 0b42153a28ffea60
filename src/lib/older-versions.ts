/**
 * How many come from old versions. In: counts by version, of one program. Out: its release lines, the one to call
 * current, and the counts before a line. Versions that cannot be read are counted apart, never as old.
 */
import { compareVersions, isOlderThan, releaseLine } from './version.ts';

export interface OlderCount {
  older: number;
  /** Counts whose version can be read, older ones included. */
  known: number;
  unknown: number;
}

/** A line that has less than this share may be a trial, and nobody would call the one before it old. */
const SHARE_OF_CURRENT = 0.1;

/** Counts by release line (27, or 0.23 before 1.0), the newest line first. */
export function countReleaseLines(countsByVersion: ReadonlyMap<string, number>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [version, count] of countsByVersion) {
    const line = releaseLine(version);
    if (line !== '') counts.set(line, (counts.get(line) ?? 0) + count);
  }
  return new Map([...counts].sort(([a], [b]) => compareVersions(b, a)));
}

/**
 * The line to call current: the newest with a tenth of the counts, else the one with the most. Not simply the one with
 * the most, because where that is the oldest the sentence would say that nothing is old. Empty when none can be read.
 */
export function currentReleaseLine(countsByVersion: ReadonlyMap<string, number>): string {
  const lines = [...countReleaseLines(countsByVersion)];
  const known = lines.reduce((sum, [, count]) => sum + count, 0);
  const inUse = lines.find(([, count]) => count > 0 && count >= known * SHARE_OF_CURRENT);
  const most = lines.reduce((best, each) => (each[1] > best[1] ? each : best), ['', 0] as [string, number]);
  return (inUse ?? most)[0];
}

export function countOlder(countsByVersion: ReadonlyMap<string, number>, line: string): OlderCount {
  const sum: OlderCount = { older: 0, known: 0, unknown: 0 };
  for (const [version, count] of countsByVersion) {
    if (releaseLine(version) === '') sum.unknown += count;
    else {
      sum.known += count;
      if (isOlderThan(version, line)) sum.older += count;
    }
  }
  return sum;
}
