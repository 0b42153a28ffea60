/**
 * What a file is, by its first bytes, never by its name. In: these bytes. Out: text, a compression, an archive, empty, or
 * what cannot be read and what to do about it. Source: the signatures of the formats' own specifications. Limits: only the first 64 KiB are
 * looked at, so an Office file whose telling entries come later is a zip archive.
 */
import type { Problem } from '../model/problem.ts';
import type { Bytes } from '../model/units.ts';
import type { Coding } from './decoder.ts';
import { isTarHeader } from './read-tar.ts';

export type FileKind = 'text' | Coding | 'zip' | 'tar' | 'empty' | 'unsupported';

export interface FileLook {
  kind: FileKind;
  problem: Problem | null;
  /** Nobody takes it for a log: among others it is no trouble. */
  isUseless: boolean;
}

export const LOOKED_AT: Bytes = 64 << 10;
/** Enough to tell text from other bytes. */
const CHECKED: Bytes = 4 << 10;
/** Noise has hardly a line so long without a control character. */
const CLEAN_LINE: Bytes = 40;

/** One character per byte. */
const PACKED: [magic: RegExp, kind: FileKind][] = [
  [/^\x1f\x8b/, 'gzip'],
  // A frame, or one that is to be skipped, with which some files begin.
  [/^(\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18)/, 'zstd'],
  [/^BZh[1-9](1AY|\x17rE)/, 'bzip2'],
  [/^\xfd7zXZ\0/, 'xz'],
  [/^PK(\x03\x04|\x05\x06)/, 'zip'],
  [/^[^]{257}ustar/, 'tar'],
];

interface Signature {
  /** One character per byte. */
  magic: RegExp;
  /** Completes "access.log …". */
  is: string;
  remedy: (name: string) => string;
}

const unpack = (command: string) => (name: string) => `Unpack it first: ${command} ${quoted(name)}`;
const dropLog = () => 'Drop the log itself.';
const saveAsUtf8 = () => 'Save it as UTF-8 and drop that.';
const saveAsText = () => 'Save it as text or drop the log itself.';

const SIGNATURES: Signature[] = [
  { magic: /^\x04\x22\x4d\x18/, is: 'is compressed with lz4', remedy: unpack('lz4 -d') },
  { magic: /^7z\xbc\xaf\x27\x1c/, is: 'is a 7z archive', remedy: unpack('7z x') },
  { magic: /^%PDF-/, is: 'is a PDF document', remedy: dropLog },
  { magic: /^\x89PNG/, is: 'is a PNG picture', remedy: dropLog },
  { magic: /^\xff\xd8\xff/, is: 'is a JPEG picture', remedy: dropLog },
  { magic: /^GIF8[79]a/, is: 'is a GIF picture', remedy: dropLog },
  { magic: /^\x7fELF/, is: 'is a program', remedy: dropLog },
  { magic: /^SQLite format 3\0/, is: 'is an SQLite database', remedy: dropLog },
  { magic: /^PAR1/, is: 'is a Parquet file', remedy: dropLog },
  { magic: /^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/, is: 'is an old Office document', remedy: saveAsText },
  { magic: /^(\xff\xfe|\xfe\xff)/, is: 'is text in UTF-16', remedy: saveAsUtf8 },
];

/** Telling names of the entries of a zip archive; the first that fits counts. */
const OFFICE: [entry: RegExp, is: string][] = [
  [/^xl\//, 'is an Excel workbook'],
  [/^word\//, 'is a Word document'],
  [/^\[Content_Types\]\.xml$/, 'is an Office document'],
];

export const isCoding = (kind: FileKind): kind is Coding =>
  kind === 'gzip' || kind === 'zstd' || kind === 'bzip2' || kind === 'xz';

/** Recognises a file by its first bytes, up to LOOKED_AT. */
export function recogniseBytes(head: Uint8Array, name: string): FileLook {
  if (head.length === 0) {
    const reason = `${name} is empty.`;
    const problem: Problem = { severity: 'note', file: name, line: 0, reason, remedy: '' };
    return { kind: 'empty', problem, isUseless: false };
  }
  const text = byteString(head);
  const packed = PACKED.find(([magic]) => magic.test(text))?.[1] ?? (isTarHeader(head) ? 'tar' : null);
  const office = packed === 'zip' ? officeKind(text) : null;
  if (office) return unsupported(name, office, saveAsText());
  if (packed) return { kind: packed, problem: null, isUseless: false };
  const found = SIGNATURES.find(({ magic }) => magic.test(text));
  if (found) return unsupported(name, found.is, found.remedy(name), found.remedy === dropLog);
  if (looksBinary(head)) return unsupported(name, 'is not text', dropLog(), true);
  return { kind: 'text', problem: null, isUseless: false };
}

/**
 * Whether bytes are no text, by the first 4 KiB: more than 30 % control characters, or NUL and more than 2 % in all.
 * Compressed or encrypted bytes hold one in ten and always NUL; a log that a crash left some garbage in holds fewer.
 * Text in UTF-8 or any encoding of single bytes is not binary, nor is anything of which half stands in clean lines: a
 * server may write into its log what somebody sent who took its port for another one (TLS on port 80).
 */
export function looksBinary(bytes: Uint8Array): boolean {
  const checked = bytes.subarray(0, CHECKED);
  let nul = 0;
  let control = 0;
  for (const byte of checked) {
    if (byte === 0) nul++;
    else if (isControl(byte)) control++;
  }
  const share = (nul + control) / Math.max(1, checked.length);
  return (share > 0.3 || (nul > 0 && share > 0.02)) && cleanBytes(bytes) < bytes.length / 2;
}

const isControl = (byte: number) =>
  // Tab to carriage return, and escape (colours), are what logs hold.
  byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b;

/** In long lines without a control character. */
function cleanBytes(bytes: Uint8Array): Bytes {
  let clean = 0;
  for (let start = 0, end = 0; start < bytes.length; start = end + 1) {
    const newline = bytes.indexOf(0x0a, start);
    end = newline < 0 ? bytes.length : newline;
    if (end - start >= CLEAN_LINE && !bytes.subarray(start, end).some(isControl)) clean += end + 1 - start;
  }
  return clean;
}

/** A character per byte, 0 to 255: TextDecoder's latin1 is windows-1252. */
function byteString(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHECKED) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHECKED));
  }
  return text;
}

/** Office files are zip archives with telling names: length at 26, name at 30 of each entry's header. */
function officeKind(text: string): string | null {
  const names = [...text.matchAll(/PK\x03\x04[^]{22}([^])([^])[^]{2}/g)].map((header) => {
    const begin = header.index + header[0].length;
    return text.slice(begin, begin + header[1]!.charCodeAt(0) + (header[2]!.charCodeAt(0) << 8));
  });
  return OFFICE.find(([entry]) => names.some((name) => entry.test(name)))?.[1] ?? null;
}

/** As a shell takes it. */
function quoted(name: string): string {
  return /^[\w.,@%+:=~-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`;
}

function unsupported(file: string, is: string, remedy: string, isUseless = false): FileLook {
  const reason = `${file} ${is}.`;
  return { kind: 'unsupported', problem: { severity: 'error', file, line: 0, reason, remedy }, isUseless };
}
