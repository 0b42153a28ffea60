/**
 * Members of a zip archive. In: the file. Out: where each member's bytes are and how they are packed; what is wrong.
 * Source: PKWARE APPNOTE 6.3.10, sections 4.3 to 4.5. The directory at the end is read first; without it (the file is
 * cut off) the headers before each member are. Limits: one file, not a set of disks; of a directory, 64 MB.
 */
import type { Bytes } from '../model/units.ts';
import { joinBytes } from '../lib/join-bytes.ts';
import { readBytes } from './read-bytes.ts';

export interface ZipMember {
  path: string;
  /** Place and size of its packed bytes. */
  start: Bytes;
  size: Bytes;
  unpacked: Bytes;
  /** CRC-32 of its content. */
  sum: number;
  /** 0 stored, 8 deflated, and many others (APPNOTE, section 4.4.5). */
  method: number;
  isEncrypted: boolean;
  /** The archive ends before the member does. */
  isCutOff: boolean;
}

export interface ZipListing {
  members: ZipMember[];
  /** There is no directory: the file is cut off, or damaged there. */
  isCutOff: boolean;
  /** Members share bytes, as they do only in files made to do harm. */
  overlaps: boolean;
  /** Not all members are listed. */
  isLong: boolean;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END_64 = 0x06064b50;
const END_64_PLACE = 0x07064b50;
const DESCRIPTOR = 0x08074b50;
/** Sizes of what these begin, without names and comments. */
const LOCAL_SIZE = 30;
const CENTRAL_SIZE = 46;
const END_SIZE = 22;
const END_64_SIZE = 56;
const END_64_PLACE_SIZE = 20;
const DESCRIPTOR_64_SIZE = 24;
const LARGEST_DIRECTORY: Bytes = 64 << 20;
/** Each costs a look at the file: more than are read, because many may be passed over. */
const MOST_LISTED = 50_000;
/** As long as 16 bits can say: a comment, or a name and its extra fields. */
const LONGEST_TEXT: Bytes = 0xffff;
/** A size or place that an extra field of this kind holds in 64 bits. */
const IN_EXTRA_FIELD = 0xffffffff;
const ZIP_64 = 1;
const ENCRYPTED = 1;
const SIZES_BEHIND = 8;
/** Unix mode of a symbolic link, whose content is a path. */
const LINK = 0xa000;

export async function listZip(file: Blob): Promise<ZipListing> {
  const directory = await findDirectory(file);
  const members = directory && (await readDirectory(file, directory));
  if (!members) {
    const walked = await walkHeaders(file);
    return { members: walked, isCutOff: true, overlaps: false, isLong: walked.length === MOST_LISTED };
  }
  const inOrder = [...members].sort((a, b) => a.start - b.start);
  const overlaps = inOrder.some(({ start, size }, i) => start + size > (inOrder[i + 1]?.start ?? file.size));
  return { members, isCutOff: false, overlaps, isLong: members.length === MOST_LISTED };
}

interface Directory {
  start: Bytes;
  size: Bytes;
  /** Size of what stands before the archive, such as a program that unpacks it: places are counted from there. */
  before: Bytes;
}

async function findDirectory(file: Blob): Promise<Directory | null> {
  const from = Math.max(0, file.size - END_SIZE - LONGEST_TEXT);
  const tail = await viewOf(file, from, file.size);
  // The comment may hold anything, so its length must fit.
  const isEnd = (at: number) =>
    tail.getUint32(at, true) === END && at + END_SIZE + tail.getUint16(at + 20, true) <= tail.byteLength;
  let at = tail.byteLength - END_SIZE;
  while (at >= 0 && !isEnd(at)) at--;
  if (at < 0) return null;
  let size = tail.getUint32(at + 12, true);
  let start = tail.getUint32(at + 16, true);
  let end = from + at;
  const place = await viewOf(file, end - END_64_PLACE_SIZE, end);
  if (place.byteLength === END_64_PLACE_SIZE && place.getUint32(0, true) === END_64_PLACE) {
    end -= END_64_PLACE_SIZE + END_64_SIZE;
    const end64 = await viewOf(file, end, end + END_64_SIZE);
    if (end64.byteLength < END_64_SIZE || end64.getUint32(0, true) !== END_64) return null;
    size = Number(end64.getBigUint64(40, true));
    start = Number(end64.getBigUint64(48, true));
  }
  const before = end - size - start;
  return before < 0 || size > LARGEST_DIRECTORY ? null : { start: start + before, size, before };
}

/** Null when it is not what it should be. */
async function readDirectory(file: Blob, { start, size, before }: Directory): Promise<ZipMember[] | null> {
  const view = await viewOf(file, start, start + size);
  const members: ZipMember[] = [];
  for (let at = 0; at < view.byteLength && members.length < MOST_LISTED;) {
    if (at + CENTRAL_SIZE > view.byteLength || view.getUint32(at, true) !== CENTRAL) return null;
    const entry = readEntry(view, at + 8, at + CENTRAL_SIZE, view.getUint32(at + 42, true));
    const isLink = ((view.getUint32(at + 38, true) >>> 16) & 0xf000) === LINK;
    at += CENTRAL_SIZE + entry.textSize + view.getUint16(at + 32, true);
    if (entry.path.endsWith('/') || isLink) continue;
    const header = before + entry.place;
    const local = await viewOf(file, header, header + LOCAL_SIZE);
    if (local.byteLength < LOCAL_SIZE || local.getUint32(0, true) !== LOCAL) return null;
    // Its name and extra fields may be longer than in the directory.
    const texts = local.getUint16(26, true) + local.getUint16(28, true);
    members.push(memberOf(entry, header + LOCAL_SIZE + texts, entry.size));
  }
  return members;
}

/** Members one after the other, as far as they go. */
async function walkHeaders(file: Blob): Promise<ZipMember[]> {
  const members: ZipMember[] = [];
  for (let at = 0; members.length < MOST_LISTED;) {
    const view = await viewOf(file, at, at + LOCAL_SIZE + 2 * LONGEST_TEXT);
    if (view.byteLength < LOCAL_SIZE || view.getUint32(0, true) !== LOCAL) return members;
    const entry = readEntry(view, 6, LOCAL_SIZE, 0);
    const start = at + LOCAL_SIZE + entry.textSize;
    if (start > file.size) return members;
    const behind = entry.flags & SIZES_BEHIND ? await findDescriptor(file, start) : null;
    const size = behind?.size ?? (entry.flags & SIZES_BEHIND ? Infinity : entry.size);
    const member = memberOf({ ...entry, ...behind }, start, Math.min(size, file.size - start));
    member.isCutOff = size > member.size;
    if (!entry.path.endsWith('/')) members.push(member);
    at = start + member.size + (behind?.ownSize ?? 0);
  }
  return members;
}

interface Entry {
  path: string;
  flags: number;
  method: number;
  sum: number;
  size: Bytes;
  unpacked: Bytes;
  place: Bytes;
  /** Of its name and extra fields. */
  textSize: Bytes;
}

/** Both kinds of headers are alike from the flags on. `place` is only in the directory. */
function readEntry(view: DataView, flagsAt: number, nameAt: number, place: Bytes): Entry {
  const flags = view.getUint16(flagsAt, true);
  const nameSize = view.getUint16(flagsAt + 20, true);
  const extraSize = view.getUint16(flagsAt + 22, true);
  const extraAt = nameAt + nameSize;
  // Those that are in the extra field stand there in this order.
  const large = [view.getUint32(flagsAt + 16, true), view.getUint32(flagsAt + 12, true), place];
  for (let at = extraAt; at + 4 <= Math.min(extraAt + extraSize, view.byteLength);) {
    const [kind, length] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    at += 4;
    for (let i = 0, from = at; kind === ZIP_64 && i < large.length; i++) {
      if (large[i] !== IN_EXTRA_FIELD || from + 8 > Math.min(at + length, view.byteLength)) continue;
      large[i] = Number(view.getBigUint64(from, true));
      from += 8;
    }
    at += length;
  }
  return {
    path: pathOf(
      new Uint8Array(view.buffer, nameAt, Math.max(0, Math.min(nameSize, view.byteLength - nameAt))),
    ),
    flags,
    method: view.getUint16(flagsAt + 2, true),
    sum: view.getUint32(flagsAt + 8, true),
    size: large[1]!,
    unpacked: large[0]!,
    place: large[2]!,
    textSize: nameSize + extraSize,
  };
}

function memberOf({ path, unpacked, sum, method, flags }: Entry, start: Bytes, size: Bytes): ZipMember {
  return {
    path,
    start,
    size,
    unpacked,
    sum,
    method,
    isEncrypted: (flags & ENCRYPTED) !== 0,
    isCutOff: false,
  };
}

interface Descriptor {
  sum: number;
  size: Bytes;
  unpacked: Bytes;
  ownSize: Bytes;
}

/** What stands behind a member whose size was not known when its header was written: it states the way back. */
async function findDescriptor(file: Blob, start: Bytes): Promise<Descriptor | null> {
  let found: Descriptor | null = null;
  let held = new Uint8Array(0);
  let at = start;
  const search = (isLast: boolean) => {
    const view = new DataView(held.buffer);
    const end = held.length - (isLast ? DESCRIPTOR_64_SIZE - 8 : DESCRIPTOR_64_SIZE);
    for (let i = held.indexOf(0x50); i >= 0 && i <= end; i = held.indexOf(0x50, i + 1)) {
      if (view.getUint32(i, true) !== DESCRIPTOR) continue;
      const size = at + i - start;
      const sum = view.getUint32(i + 4, true);
      if (view.getUint32(i + 8, true) === size)
        return { sum, size, unpacked: view.getUint32(i + 12, true), ownSize: 16 };
      if (i + DESCRIPTOR_64_SIZE <= held.length && view.getBigUint64(i + 8, true) === BigInt(size))
        return { sum, size, unpacked: Number(view.getBigUint64(i + 16, true)), ownSize: DESCRIPTOR_64_SIZE };
    }
    return null;
  };
  await readBytes(file, start, file.size, (piece) => {
    held = joinBytes([held, piece]);
    found = search(false);
    const used = Math.max(0, held.length - DESCRIPTOR_64_SIZE);
    if (found) return false;
    held = held.slice(used);
    at += used;
    return true;
  });
  return found ?? search(true);
}

/** Names are in UTF-8 or in an old encoding, of which the archive says nothing; some have backslashes. */
function pathOf(bytes: Uint8Array): string {
  let path: string;
  try {
    path = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    path = new TextDecoder('windows-1252').decode(bytes);
  }
  return path.replaceAll('\\', '/');
}

async function viewOf(file: Blob, start: Bytes, end: Bytes): Promise<DataView> {
  return new DataView(await file.slice(Math.max(0, start), Math.max(0, end)).arrayBuffer());
}
