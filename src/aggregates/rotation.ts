/**
 * Where one rotated file ends and the next begins. In: files with their names and times. Out: the silences between
 * neighbours, which are covered.
 * access.log.2.gz goes on where access.log.3.gz ends, by what rotation is: what lies between them is a quiet time, as
 * it is within a file. Limits: only numbered files, as dates in names do not tell whether one is missing; silence of
 * up to SEAM, as files of two machines may stand in one row; a name that is there twice tells nothing.
 */
import type { Milliseconds } from '../model/units.ts';

const SEAM: Milliseconds = 24 * 60 * 60_000;
/** The log, its number in the rotation, and what the rotation packed it with. */
const ROTATED = /^(.*?)(?:\.(\d{1,4}))?(?:\.(?:gz|zst|bz2|xz))?$/su;
/** The file that is being written has no number, and comes before 0 or 1, whichever there is. */
const UNNUMBERED = -1;

interface TimedFile {
  name: string;
  first: Milliseconds;
  last: Milliseconds;
}

/** The silences between neighbours of a rotation, each from a last line to a first one. */
export function silencesOfRotation(files: TimedFile[]): { first: Milliseconds; last: Milliseconds }[] {
  const filesByLog = new Map<string, Map<number, TimedFile | null>>();
  for (const file of files) {
    const [, log, number] = ROTATED.exec(file.name)!;
    const numbered = filesByLog.get(log!) ?? new Map<number, TimedFile | null>();
    filesByLog.set(log!, numbered);
    const place = number === undefined ? UNNUMBERED : Number(number);
    numbered.set(place, numbered.has(place) ? null : file);
  }
  const silences: { first: Milliseconds; last: Milliseconds }[] = [];
  for (const numbered of filesByLog.values()) {
    for (const [place, newer] of numbered) {
      const next = place === UNNUMBERED && !numbered.has(0) ? 1 : place + 1;
      const older = numbered.get(next);
      if (!newer || !older) continue;
      const silence = newer.first - older.last;
      if (silence > 0 && silence <= SEAM) silences.push({ first: older.last, last: newer.first });
    }
  }
  return silences;
}
