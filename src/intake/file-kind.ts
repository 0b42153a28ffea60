/**
 * What a file is, by its first bytes, never by its name. In: a Blob. Out: text, gzip, empty, or what cannot be read
 * and what to do about it.
 */
import type { Problem } from '../model/problem.ts';
import type { Bytes } from '../model/units.ts';

export type FileKind = 'text' | 'gzip' | 'empty' | 'unsupported';

export interface FileLook {
  kind: FileKind;
  problem: Problem | null;
}

const HEAD: Bytes = 64 << 10;
const CHECKED: Bytes = 4 << 10;

interface Signature {
  /** Bytes at the beginning, or at `at`. */
  magic: number[] | string;
  at?: number;
  /** "… is a zip archive." */
  is: string;
  remedy: (name: string) => string;
}

const dropLog = () => 'Drop the log itself, plain or as .gz.';

const SIGNATURES: Signature[] = [
  {
    magic: [0x28, 0xb5, 0x2f, 0xfd],
    is: 'compressed with zstd',
    remedy: (name) => `Unpack it first: zstd -d ${name}`,
  },
  { magic: 'BZh', is: 'compressed with bzip2', remedy: (name) => `Unpack it first: bunzip2 -k ${name}` },
  {
    magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a],
    is: 'compressed with xz',
    remedy: (name) => `Unpack it first: xz -dk ${name}`,
  },
  { magic: 'PK\x03\x04', is: 'a zip archive', remedy: (name) => `Unpack it first: unzip ${name}` },
  { magic: 'ustar', at: 257, is: 'a tar archive', remedy: (name) => `Unpack it first: tar -xf ${name}` },
  { magic: '7z\xbc\xaf\x27\x1c', is: 'a 7z archive', remedy: () => 'Unpack it first.' },
  { magic: '%PDF', is: 'a PDF document', remedy: dropLog },
  { magic: [0x89, 0x50, 0x4e, 0x47], is: 'a PNG picture', remedy: dropLog },
  { magic: [0xff, 0xd8, 0xff], is: 'a JPEG picture', remedy: dropLog },
  { magic: 'GIF8', is: 'a GIF picture', remedy: dropLog },
  { magic: [0x7f, 0x45, 0x4c, 0x46], is: 'a program', remedy: dropLog },
  { magic: 'SQLite format 3', is: 'an SQLite database', remedy: dropLog },
  { magic: 'PAR1', is: 'a Parquet file', remedy: dropLog },
  { magic: [0xff, 0xfe], is: 'text in UTF-16', remedy: () => 'Save it as UTF-8 and drop that.' },
  { magic: [0xfe, 0xff], is: 'text in UTF-16', remedy: () => 'Save it as UTF-8 and drop that.' },
];

export async function recogniseFile(file: Blob, name: string): Promise<FileLook> {
  if (file.size === 0) return { kind: 'empty', problem: problemOf(name, 'note', `${name} is empty.`, '') };
  const head = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
  if (head[0] === 0x1f && head[1] === 0x8b) return { kind: 'gzip', problem: null };
  const office = officeKind(head);
  const found = SIGNATURES.find((signature) => matches(head, signature));
  if (found && office) {
    return unsupported(name, `is ${office}`, 'Save it as text and drop that, or drop the log itself.');
  }
  if (found) return unsupported(name, `is ${found.is}`, found.remedy(name));
  if (looksBinary(head)) return unsupported(name, 'is not text', dropLog());
  return { kind: 'text', problem: null };
}

/** NUL bytes, or mostly control characters, in the first bytes. Text in any encoding of single bytes is not binary. */
export function looksBinary(bytes: Uint8Array): boolean {
  const checked = bytes.subarray(0, CHECKED);
  let nul = 0;
  let control = 0;
  for (const byte of checked) {
    if (byte === 0) nul++;
    // Tab to carriage return, and escape (colours), are what logs hold.
    else if (byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b) control++;
  }
  return nul > checked.length * 0.02 || nul + control > checked.length * 0.3;
}

function matches(head: Uint8Array, { magic, at = 0 }: Signature): boolean {
  const wanted = typeof magic === 'string' ? [...magic].map((character) => character.charCodeAt(0)) : magic;
  return wanted.every((byte, i) => head[at + i] === byte);
}

/** Office files are zip archives whose first entries have telling names. */
function officeKind(head: Uint8Array): string | null {
  const text = new TextDecoder('latin1').decode(head);
  if (!text.startsWith('PK')) return null;
  if (text.includes('xl/') || text.includes('workbook')) return 'an Excel workbook';
  if (text.includes('word/')) return 'a Word document';
  return text.includes('[Content_Types].xml') ? 'an Office document' : null;
}

function unsupported(name: string, what: string, remedy: string): FileLook {
  return { kind: 'unsupported', problem: problemOf(name, 'error', `${name} ${what}.`, remedy) };
}

function problemOf(file: string, severity: Problem['severity'], reason: string, remedy: string): Problem {
  return { severity, file, line: 0, reason, remedy };
}
