/** What the user should know about a compressed file. In: its name, and where the trouble is. Out: problems. */
import type { Problem } from '../model/problem.ts';
import type { Bytes } from '../model/units.ts';

const COPY_AGAIN = 'Copy it again from where it came from, and drop that.';

export function cutOff(file: string, at: Bytes): Problem {
  const reason = `${file} is cut off after ${sizeText(at)}; what was before is counted.`;
  return { severity: 'error', file, line: 0, reason, remedy: COPY_AGAIN };
}

/** Damage is noticed somewhat behind the place: compressed data can stay plausible for a while. */
export function damaged(file: string, at: Bytes): Problem {
  const reason = `${file} is damaged before byte ${at}; what could be read before is counted.`;
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

function sizeText(size: Bytes): string {
  if (size < 1000) return size === 1 ? '1 byte' : `${size} bytes`;
  const [unit, name] = size < 1e6 ? [1e3, 'kB'] : size < 1e9 ? [1e6, 'MB'] : [1e9, 'GB'];
  const digits = size / unit < 10 ? 1 : 0;
  return `${(size / unit).toFixed(digits)} ${name}`;
}
