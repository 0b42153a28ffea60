/** What the user should know about an archive and its members. In: their names. Out: problems. */
import type { Problem } from '../model/problem.ts';
import type { Bytes } from '../model/units.ts';
import { sizeText } from './stream-problem.ts';

const error = (file: string, reason: string, remedy: string): Problem => ({
  severity: 'error',
  file,
  line: 0,
  reason: `${file} ${reason}`,
  remedy,
});
const note = (file: string, reason: string): Problem => ({
  ...error(file, reason, ''),
  severity: 'note',
});
const COPY_AGAIN = 'Copy it again from where it came from, and drop that.';
const UNPACK_AND_DROP = 'Unpack the archive, and drop what was in it.';

export const encrypted = (file: string) =>
  error(file, 'is encrypted.', 'Unpack the archive with its password, and drop what was in it.');

export const unknownMethod = (file: string, method: number) =>
  error(file, `is packed in a way that this page does not read (method ${method}).`, UNPACK_AND_DROP);

export const sparse = (file: string) =>
  error(file, 'is stored without its holes (a sparse file).', UNPACK_AND_DROP);

export const holdsNoText = (file: string) =>
  error(file, 'holds no text once it is unpacked.', 'Drop the log itself.');

/** An archive in an archive, what is compressed more than twice, or xz in another compression. */
export const tooDeep = (file: string) =>
  error(file, 'is packed in more layers than this page opens.', 'Unpack it once, and drop what was in it.');

export const overlapping = (file: string) =>
  error(file, 'holds members that share their bytes, as no archive of logs does.', UNPACK_AND_DROP);

export const tooMany = (file: string, members: number) =>
  error(
    file,
    `holds more than ${members.toLocaleString('en')} files; those behind are left out.`,
    UNPACK_AND_DROP,
  );

export const holdsNothing = (file: string) => note(file, 'holds no files that could be logs.');

export const skipped = (file: string, is: string): Problem => note(file, `${is}; it was skipped.`);

export const leftOutOf = (file: string, members: number) =>
  note(
    file,
    members === 1
      ? 'holds a hidden file, a picture or the like, which was left out.'
      : `holds ${members.toLocaleString('en')} hidden files, pictures and the like, which were left out.`,
  );

export const archiveDamaged = (file: string, at: Bytes) =>
  error(file, `is damaged at byte ${at}; the files before are counted.`, COPY_AGAIN);

export const archiveCutOff = (file: string, at: Bytes) =>
  error(file, `is cut off after ${sizeText(at)}; the files before are counted.`, COPY_AGAIN);

export const memberCutOff = (file: string, at: Bytes) =>
  error(file, `is cut off after ${sizeText(at)}; what was before is counted.`, COPY_AGAIN);
