/**
 * A member of a compressed archive, looked at while the archive is unpacked. In: its bytes, piece by piece. Out: what it
 * is, its beginning, a hash of all of it. Limits: of a member that is compressed itself, only the beginning is unpacked.
 */
import type { Bytes } from '../model/units.ts';
import * as problems from './archive-problem.ts';
import type { Content } from './content.ts';
import { type Decoder, openDecoder } from './decoder.ts';
import { type FileLook, isCoding, LOOKED_AT, recogniseBytes } from './file-kind.ts';
import { ContentHash } from './fingerprint.ts';

export class PackedMember {
  private readonly raw = new Beginning();
  private readonly unpacked = new Beginning();
  private readonly sum = new ContentHash();
  private decoder: Decoder | null = null;
  private isJudged = false;

  constructor(readonly content: Content) {}

  get size(): Bytes {
    return this.content.member!.size;
  }

  get head(): Uint8Array {
    return this.content.inner ? this.unpacked.bytes() : this.raw.bytes();
  }

  /** Of a log that is not compressed itself. */
  get hash(): string | null {
    return this.content.inner ? null : this.sum.text();
  }

  take(piece: Uint8Array): void {
    if (this.decoder) return this.feed(piece);
    this.sum.add(piece);
    const used = this.raw.add(piece);
    if (!this.raw.isFull() || this.isJudged) return;
    this.judge();
    this.feed(piece.subarray(used));
  }

  private feed(piece: Uint8Array): void {
    this.decoder?.push(piece);
  }

  /** What it is, once all of it has come. */
  look(): FileLook {
    const { content } = this;
    if (!this.isJudged) this.judge();
    const problem = this.decoder?.end() ?? null;
    if (problem && this.head.length === 0) return { kind: 'unsupported', problem, isUseless: false };
    const look = recogniseBytes(this.head, content.name);
    if (look.kind === 'text' || look.kind === 'empty' || look.kind === 'unsupported') return look;
    return { kind: 'unsupported', problem: problems.tooDeep(content.name), isUseless: false };
  }

  /** Unpacks its beginning if it is compressed. */
  private judge(): void {
    this.isJudged = true;
    const { content, raw, unpacked } = this;
    const { kind } = recogniseBytes(raw.bytes(), content.name);
    if (!isCoding(kind) || kind === 'xz') return;
    content.inner = kind;
    const take = (piece: Uint8Array) => {
      unpacked.add(piece);
      return !unpacked.isFull();
    };
    this.decoder = openDecoder(kind, content.name, take, content);
    this.decoder.push(raw.bytes());
  }
}

/** The first bytes of what comes in pieces. */
class Beginning {
  private readonly held = new Uint8Array(LOOKED_AT);
  private size: Bytes = 0;

  /** Answers how many bytes of the piece it took. */
  add(piece: Uint8Array): Bytes {
    const part = piece.subarray(0, LOOKED_AT - this.size);
    this.held.set(part, this.size);
    this.size += part.length;
    return part.length;
  }

  isFull(): boolean {
    return this.size === LOOKED_AT;
  }

  bytes(): Uint8Array {
    return this.held.subarray(0, this.size);
  }
}
