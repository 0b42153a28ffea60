/**
 * Where the text of a log is, and how to get at it: a file, what it is compressed with, a member of an archive. In: a
 * Content. Out: its bytes in pieces, and how it ended. Source: a deflated member of a zip archive is handed in as the
 * gzip file that it would be, so there is one way for both. Limits: two compressions, one inside the other; what unpacks
 * to more than 1000 times its size is stopped after 256 MB; pieces are up to 4 MB (of gzip that the browser does not
 * take, 17 MB).
 */
import type { Problem } from '../model/problem.ts';
import type { Bytes } from '../model/units.ts';
import { decodeXz } from './decode-xz.ts';
import { type Coding, type Decoder, type InnerCoding, openDecoder } from './decoder.ts';
import { recordDepth } from './flatten-json.ts';
import { inflateGzip, type TakePiece } from './inflate-gzip.ts';
import { readBytes } from './read-bytes.ts';
import { bomb, cutOffInArchive, type Within } from './stream-problem.ts';

export interface Content extends Within {
  /** Of the file, or the archive's name and the path in it. */
  name: string;
  /** The bytes that hold it: the file, its part of an archive, or the whole of a compressed archive. */
  blob: Blob;
  /** What blob is compressed with. */
  outer: Coding | null;
  /** Its place in what a compressed archive unpacks to. */
  member: { start: Bytes; size: Bytes } | null;
  /** What that is compressed with in turn. */
  inner: InnerCoding | null;
  /** How its text is laid out: lines; lines that the first of them explains (W3C); or JSON's records at this depth. */
  layout: Layout;
}

export type Layout = 'lines' | 'explained lines' | 1 | 2;

/** How a text is laid out that begins like this. */
export function layoutOf(head: Uint8Array): Layout {
  const beginning = new TextDecoder().decode(head.subarray(0, 12));
  if (/^\ufeff?#(Version|Fields|Software)/.test(beginning)) return 'explained lines';
  const depth = recordDepth(head);
  return depth === 0 ? 'lines' : depth;
}

/** More output for each byte of input than any log gives, once this much has been given. */
const BOMB_RATIO = 1000;
const BOMB_AFTER: Bytes = 256 << 20;

export function contentOfFile(file: File): Content {
  return {
    name: file.name,
    archive: '',
    origin: 0,
    blob: file,
    outer: null,
    member: null,
    inner: null,
    layout: 'lines',
  };
}

/** Its lines are in the blob as they are, so any range of them can be read. */
export const isPlain = ({ outer, member, layout }: Content) =>
  outer === null && member === null && layout === 'lines';

export interface PartHandler {
  /** A member begins: its place in the list. */
  begin(part: number): void;
  take: TakePiece;
  /** It ended; what was wrong with it. */
  end(part: number, problem: Problem | null): void;
}

/** Unpacks one content. Rejects when the file cannot be read. */
export async function readContent(
  content: Content,
  take: TakePiece,
  onRead: (bytes: Bytes) => void = () => {},
): Promise<Problem | null> {
  let found: Problem | null = null;
  await readParts(
    [content],
    {
      begin: () => {},
      take,
      end: (_, problem) => (found = problem),
    },
    onRead,
  );
  return found;
}

/** Unpacks members of one compressed archive, in the order of their places, or a single content. */
export async function readParts(
  parts: Content[],
  handler: PartHandler,
  onRead: (bytes: Bytes) => void = () => {},
): Promise<void> {
  const first = parts[0]!;
  let used = 0;
  let given = 0;
  let stopped: Problem | null = null;
  const allows = (bytes: Bytes) => {
    if (bytes > BOMB_AFTER && bytes > BOMB_RATIO * used)
      stopped ??= bomb(first.archive || first.name, bytes, used);
    return stopped === null;
  };
  const reader = new PartReader(parts, handler, allows);
  const take = (piece: Uint8Array) => {
    given += piece.length;
    return allows(given) && reader.push(piece);
  };
  const problem = await unpack(first, take, (bytes) => {
    used += bytes;
    onRead(bytes);
  });
  reader.finish(problem, stopped);
}

/** Gives what the blob unpacks to. */
async function unpack(
  content: Content,
  take: (piece: Uint8Array) => boolean,
  onRead: (bytes: Bytes) => void,
): Promise<Problem | null> {
  const { blob, outer } = content;
  // A compressed archive is one stream: what is wrong with it is said of the archive.
  const name = content.member ? content.archive : content.name;
  if (outer === 'gzip') return (await inflateGzip(blob, name, take, onRead, content)).problem;
  if (outer === 'xz') return decodeXz(blob, name, take, onRead, content);
  const decoder = outer === null ? null : openDecoder(outer, name, take, content);
  await readBytes(blob, 0, blob.size, (piece) => {
    onRead(piece.length);
    return decoder ? decoder.push(piece) : take(piece);
  });
  return decoder?.end() ?? null;
}

/** Cuts what a blob unpacks to into its parts, and unpacks each again where it is compressed itself. */
class PartReader {
  private at: Bytes = 0;
  private part = 0;
  private isOpen = false;
  private decoder: Decoder | null = null;
  private unpacked: Bytes = 0;

  constructor(
    private readonly parts: Content[],
    private readonly handler: PartHandler,
    private readonly allows: (unpacked: Bytes) => boolean,
  ) {}

  /** False when nothing more is wanted. */
  push(piece: Uint8Array): boolean {
    const end = this.at + piece.length;
    for (let part = this.parts[this.part]; part; part = this.parts[this.part]) {
      const { start, size } = part.member ?? EVERYTHING;
      if (start > end) break;
      if (!this.isOpen) this.open(part);
      const wanted = piece.subarray(Math.max(0, start - this.at), Math.max(0, start + size - this.at));
      const goesOn =
        wanted.length === 0 || (this.decoder?.push(wanted) ?? this.handler.take(wanted) !== false);
      // Other members go on where one is damaged.
      if (!goesOn && this.parts.length === 1) return false;
      if (start + size > end) break;
      this.close(null);
    }
    this.at = end;
    return this.part < this.parts.length;
  }

  /** No more comes: the stream is over, or has a problem, or was stopped for one. */
  finish(problem: Problem | null, stopped: Problem | null): void {
    while (this.part < this.parts.length) {
      const part = this.parts[this.part]!;
      if (!this.isOpen) this.open(part);
      // Why the members behind damage are not whole, the archive says itself.
      if (part.member) this.close(stopped ?? cutOffInArchive(part.name, part.archive));
      else this.close(stopped ?? problem);
    }
  }

  private open(part: Content): void {
    this.isOpen = true;
    this.handler.begin(this.part);
    const take = (piece: Uint8Array) => {
      this.unpacked += piece.length;
      return this.allows(this.unpacked) && this.handler.take(piece) !== false;
    };
    this.decoder = part.inner && openDecoder(part.inner, part.name, take, part);
  }

  private close(problem: Problem | null): void {
    const inside = this.decoder?.end() ?? null;
    this.decoder = null;
    this.isOpen = false;
    this.handler.end(this.part++, problem ?? inside);
  }
}

const EVERYTHING = { start: 0, size: Infinity };
