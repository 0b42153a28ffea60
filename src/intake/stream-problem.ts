/**
 * What the user should know about compressed data. In: its name, and where the trouble is. Out: problems.
 * A place is counted from the beginning of the file, or of the archive that is named.
 */
import type { Problem } from '../model/problem.ts';
import type { Bytes } from '../model/units.ts';

const COPY_AGAIN = 'Copy it again from where it came from, and drop that.';

/** Of a member of an archive: the archive, and where in it the member's bytes begin. */
export interface Within {
  archive: string;
  origin: Bytes;
}

export const WHOLE_FILE: Within = { archive: '', origin: 0 };

export function cutOff(file: string, at: Bytes): Problem {
  const reason = `${file} is cut off after ${sizeText(at)}; what was before is counted.`;
  return { severity: 'error', file, line: 0, reason, remedy: COPY_AGAIN };
}

/** Damage is noticed somewhat behind the place: compressed data can stay plausible for a while. */
export function damaged(file: string, at: Bytes, { archive, origin } = WHOLE_FILE): Problem {
  const place = `byte ${at + origin}${archive && ` of ${archive}`}`;
  const reason = `${file} is damaged before ${place}; what could be read before is counted.`;
  return { severity: 'error', file, line: 0, reason, remedy: COPY_AGAIN };
}

/** The content could be inflated, but is not what was compressed. */
export function wrongSum(file: string): Problem {
  const reason = `${file} is damaged: a checksum in it does not match; it is counted as it is.`;
  return { severity: 'warning', file, line: 0, reason, remedy: COPY_AGAIN };
}

export function leftOut(file: string, size: Bytes): Problem {
  const reason = `${file} goes on for ${sizeText(size)} behind the end of its compressed content; they were left out.`;
  return { severity: 'note', file, line: 0, reason, remedy: '' };
}

/** A member of a compressed archive that is damaged, or cut off, before the member's end. */
export function cutOffInArchive(file: string, archive: string): Problem {
  const reason = `${file} is not whole, because ${archive} is damaged or cut off; what was before is counted.`;
  return { severity: 'error', file, line: 0, reason, remedy: COPY_AGAIN };
}

/** More than any log can hold. */
export function bomb(file: string, given: Bytes, used: Bytes): Problem {
  const reason = `${file} was stopped: ${sizeText(used)} of it unpack to more than ${sizeText(given)}, as no log does.`;
  return { severity: 'error', file, line: 0, reason, remedy: 'If it is a log, unpack it and drop that.' };
}

export function windowTooLarge(file: string): Problem {
  const reason = `${file} was compressed with a window of more than 128 MB.`;
  return {
    severity: 'error',
    file,
    line: 0,
    reason,
    remedy: 'Unpack it first: zstd -d --long=31, and drop that.',
  };
}

export function sizeText(size: Bytes): string {
  if (size < 1000) return size === 1 ? '1 byte' : `${size} bytes`;
  const [unit, name] = size < 1e6 ? [1e3, 'kB'] : size < 1e9 ? [1e6, 'MB'] : [1e9, 'GB'];
  const digits = size / unit < 10 ? 1 : 0;
  return `${(size / unit).toFixed(digits)} ${name}`;
}
