/**
 * The logs in a file: itself, unpacked if need be, or the members of an archive. In: a file. Out: each content with its
 * beginning, or why it is none, in order; what is wrong with the archive. Limits: an archive in an archive is not
 * opened, nor what is compressed twice in one; 10,000 members. A compressed archive is unpacked once to be listed.
 */
import { isLeftOut } from '../model/left-out.ts';
import type { Problem } from '../model/problem.ts';
import type { Bytes } from '../model/units.ts';
import * as problems from './archive-problem.ts';
import { type Content, contentOfFile, isPlain, readContent } from './content.ts';
import { type FileLook, isCoding, LOOKED_AT, recogniseBytes } from './file-kind.ts';
import { PackedMember } from './packed-member.ts';
import { type TarMember, TarReader } from './read-tar.ts';
import { listZip, type ZipMember } from './read-zip.ts';

export interface Found {
  /** What it is read from; `state` tells whether it is a log. */
  content: Content;
  /** Size on disk, or in what a compressed archive unpacks to. */
  size: Bytes;
  state: 'log' | 'empty' | 'skipped' | 'failed';
  /** The log's first bytes, valid during the call. */
  head: Uint8Array;
  /** ContentHash of all of it, where it was read anyway. */
  hash: string | null;
  problem: Problem | null;
}

type OnFound = (found: Found) => void;

const MOST_MEMBERS = 10_000;
const NOTHING = new Uint8Array(0);

/** Answers what is wrong with the file as a whole. Rejects when it cannot be read. */
export async function findContents(file: File, found: OnFound): Promise<Problem[]> {
  const archive = await lookInto(contentOfFile(file), file.size, found);
  if (archive === null) return [];
  const listing = new Listing(archive.content, found);
  if (archive.kind === 'zip') await listing.readZip();
  else if (archive.content.outer) await listing.readPackedTar();
  else await listing.readTar();
  return listing.close();
}

interface FoundArchive {
  kind: 'zip' | 'tar';
  content: Content;
}

/** Looks through compressions at what a content is; answers an archive that is to be listed. */
async function lookInto(
  content: Content,
  size: Bytes,
  found: OnFound,
  known: Problem | null = null,
): Promise<FoundArchive | null> {
  const { head, problem } = await headOf(content);
  const failed = (why: Problem) =>
    found({ content, size, state: 'failed', head: NOTHING, hash: null, problem: why });
  if (head.length === 0 && problem?.severity === 'error') {
    failed(problem);
    return null;
  }
  const look = recogniseBytes(head, content.name);
  const { kind } = look;
  if (isCoding(kind)) {
    if (content.outer === null) return lookInto({ ...content, outer: kind }, size, found, known);
    if (content.inner === null && kind !== 'xz')
      return lookInto({ ...content, inner: kind }, size, found, known);
    failed(problems.tooDeep(content.name));
  } else if (kind === 'zip' || kind === 'tar') {
    const isOpened = !content.archive && !content.inner && (kind === 'tar' || !content.outer);
    if (isOpened) return { kind, content };
    failed(problems.tooDeep(content.name));
  } else found(judged(look, content, size, head, null, known));
  return null;
}

/** A content that is no further packed: a log, or not. */
function judged(
  { kind, problem, isUseless }: FileLook,
  content: Content,
  size: Bytes,
  head: Uint8Array,
  hash: string | null,
  known: Problem | null,
): Found {
  const common = { content, size, head, hash };
  if (kind === 'text') return { ...common, state: 'log', problem: known };
  if (kind === 'empty') return { ...common, state: 'empty', problem: known ?? problem };
  if (!content.archive && content.outer && isUseless)
    return { ...common, state: 'failed', problem: problems.holdsNoText(content.name) };
  if (!content.archive || !isUseless) return { ...common, state: 'failed', problem };
  const is = problem!.reason.slice(content.name.length + 1).replace(/\.$/, '');
  return { ...common, state: 'skipped', problem: problems.skipped(content.name, is) };
}

async function headOf(content: Content): Promise<{ head: Uint8Array; problem: Problem | null }> {
  if (isPlain(content)) {
    const bytes = await content.blob.slice(0, LOOKED_AT).arrayBuffer();
    return { head: new Uint8Array(bytes), problem: null };
  }
  const head = new Uint8Array(LOOKED_AT);
  let size = 0;
  const problem = await readContent(content, (piece) => {
    const part = piece.subarray(0, LOOKED_AT - size);
    head.set(part, size);
    size += part.length;
    return size < LOOKED_AT;
  });
  return { head: head.subarray(0, size), problem };
}

class Listing {
  private members = 0;
  private leftOut = 0;
  private readonly problems: Problem[] = [];

  constructor(
    private readonly archive: Content,
    private readonly found: OnFound,
  ) {}

  /** What is to be said of the whole. */
  close(): Problem[] {
    const { name } = this.archive;
    if (this.isFull()) this.problems.push(problems.tooMany(name, MOST_MEMBERS));
    if (this.leftOut > 0) this.problems.push(problems.leftOutOf(name, this.leftOut));
    if (this.members === 0 && this.problems.every(({ severity }) => severity === 'note'))
      this.problems.push(problems.holdsNothing(name));
    return this.problems;
  }

  async readZip(): Promise<void> {
    const { blob, name } = this.archive;
    const { members, isCutOff, overlaps, isLong } = await listZip(blob);
    if (isCutOff) this.problems.push(problems.archiveCutOff(name, blob.size));
    if (overlaps) this.problems.push(problems.overlapping(name));
    else for (const member of members) if (this.isWanted(member.path)) await this.findInZip(member);
    if (isLong) this.members = Infinity;
  }

  async readTar(): Promise<void> {
    const { blob, name } = this.archive;
    const begun: TarMember[] = [];
    const reader = new TarReader({ begin: (member) => begun.push({ ...member }), take() {}, end() {} });
    let at = 0;
    for (let goesOn = true; goesOn && at < blob.size;) {
      const block = new Uint8Array(await blob.slice(at, at + HEADER_STEP).arrayBuffer());
      goesOn = reader.push(block) && !this.isFull();
      const step = goesOn ? reader.skippable() : 0;
      reader.skip(step);
      at += block.length + step;
      for (const member of begun.splice(0)) if (this.isWanted(member.path)) await this.findInTar(member);
    }
    if (this.isFull()) return;
    if (reader.damagedAt >= 0) this.problems.push(problems.archiveDamaged(name, reader.damagedAt));
    else if (!reader.isWhole()) this.problems.push(problems.archiveCutOff(name, blob.size));
  }

  /** Everything is unpacked, because there is no other way to the last member. */
  async readPackedTar(): Promise<void> {
    const { archive } = this;
    let open: PackedMember | null = null;
    const end = () => {
      if (open) this.found(judged(open.look(), open.content, open.size, open.head, open.hash, null));
      open = null;
    };
    const reader = new TarReader({
      begin: (member) => {
        if (!this.isWanted(member.path)) return;
        const content = this.contentOf(member.path, archive.blob, 0);
        const { start, size, isSparse } = member;
        if (isSparse) this.fail(content, size, problems.sparse(content.name));
        else open = new PackedMember({ ...content, outer: archive.outer, member: { start, size } });
      },
      take: (piece) => open?.take(piece),
      end,
    });
    const problem = await readContent(archive, (piece) => reader.push(piece) && !this.isFull());
    // The last member, if the archive ends within it.
    end();
    if (this.isFull()) return;
    if (reader.damagedAt >= 0) this.problems.push(problems.archiveDamaged(archive.name, reader.damagedAt));
    else if (problem) this.problems.push(problem);
    else if (!reader.isWhole()) this.problems.push(problems.archiveCutOff(archive.name, archive.blob.size));
  }

  private async findInZip(member: ZipMember): Promise<void> {
    const { start, size, method } = member;
    const packed = this.archive.blob.slice(start, start + size);
    const content = this.contentOf(member.path, packed, start);
    if (member.isEncrypted) return this.fail(content, size, problems.encrypted(content.name));
    if (method === DEFLATED) {
      // As a gzip file it takes the way of all others, with its checksum.
      content.blob = new Blob([GZIP_HEADER, packed, ...(member.isCutOff ? [] : [gzipTrailer(member)])]);
      content.origin = start - GZIP_HEADER.length;
      content.outer = 'gzip';
    } else if (!AS_THEY_ARE.includes(method))
      return this.fail(content, size, problems.unknownMethod(content.name, method));
    const isShort = method === STORED && member.isCutOff;
    const known = isShort ? problems.memberCutOff(content.name, size) : null;
    await lookInto(content, size, this.found, known);
  }

  private async findInTar({ path, start, size, isSparse }: TarMember): Promise<void> {
    const content = this.contentOf(path, this.archive.blob.slice(start, start + size), start);
    if (isSparse) return this.fail(content, size, problems.sparse(content.name));
    const there = content.blob.size;
    const known = there < size ? problems.memberCutOff(content.name, there) : null;
    await lookInto(content, size, this.found, known);
  }

  private fail(content: Content, size: Bytes, problem: Problem): void {
    this.found({ content, size, state: 'failed', head: NOTHING, hash: null, problem });
  }

  private contentOf(path: string, blob: Blob, origin: Bytes): Content {
    const archive = this.archive.name;
    const name = `${archive}/${path.replace(/^(\.?\/)+/, '')}`;
    return { name, archive, origin, blob, outer: null, member: null, inner: null, layout: 'lines' };
  }

  /** More members than are read. */
  private isFull(): boolean {
    return this.members > MOST_MEMBERS;
  }

  private isWanted(path: string): boolean {
    if (isLeftOut(path)) this.leftOut++;
    else if (++this.members <= MOST_MEMBERS) return true;
    return false;
  }
}

/** Read at once of a tar archive that is not compressed: a header. */
const HEADER_STEP: Bytes = 512;
const STORED = 0;
const DEFLATED = 8;
/** Stored, or a whole file of bzip2, zstd or xz, which its content tells. */
const AS_THEY_ARE = [STORED, 12, 93, 95];
const GZIP_HEADER = Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);

function gzipTrailer({ sum, unpacked }: ZipMember): Uint8Array<ArrayBuffer> {
  const trailer = new DataView(new ArrayBuffer(8));
  trailer.setUint32(0, sum, true);
  trailer.setUint32(4, unpacked % 2 ** 32, true);
  return new Uint8Array(trailer.buffer);
}
