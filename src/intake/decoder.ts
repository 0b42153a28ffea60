/**
 * Decoders that are handed compressed bytes piece by piece. In: what the bytes are compressed with. Out: one of them.
 * The browser's own inflater is not among them: it answers later, and what is fed here must be used at once.
 */
import type { Problem } from '../model/problem.ts';
import { Bzip2Decoder } from './decode-bzip2.ts';
import { ZstdDecoder } from './decode-zstd.ts';
import { SlowMembers } from './inflate-members.ts';
import { cutOff, damaged, leftOut, type Within, wrongSum } from './stream-problem.ts';

/** xz is the one that cannot be handed pieces: see decode-xz.ts. */
export type Coding = 'gzip' | 'zstd' | 'bzip2' | 'xz';
export type InnerCoding = Exclude<Coding, 'xz'>;

export interface Decoder {
  /** Unpacks a piece, which is only valid during the call. False: nothing more is wanted, or possible. */
  push(piece: Uint8Array): boolean;
  /** No more comes. What was wrong; nothing if no more was wanted. */
  end(): Problem | null;
}

/** `take` answers false when it wants no more. */
export function openDecoder(
  coding: InnerCoding,
  name: string,
  take: (piece: Uint8Array) => boolean,
  within: Within,
): Decoder {
  if (coding === 'zstd') return new ZstdDecoder(name, take, within);
  if (coding === 'bzip2') return new Bzip2Decoder(name, take, within);
  return new GzipDecoder(name, take, within);
}

class GzipDecoder implements Decoder {
  private isStopped = false;
  private size = 0;
  private readonly members: SlowMembers;

  constructor(
    private readonly name: string,
    take: (piece: Uint8Array) => boolean,
    private readonly within: Within,
  ) {
    this.members = new SlowMembers(0, (piece) => {
      if (!this.isStopped && piece.length > 0) this.isStopped = !take(piece);
      return !this.isStopped;
    });
  }

  push(piece: Uint8Array): boolean {
    this.size += piece.length;
    return !this.isStopped && !this.members.hasFailed && this.members.feed(piece);
  }

  end(): Problem | null {
    if (this.isStopped) return null;
    const { members, name } = this;
    const ended = members.findEnd();
    if (ended < 0) {
      if (members.hasFailed) return damaged(name, members.fed, this.within);
      return members.isBetweenMembers() ? wrongSum(name) : cutOff(name, this.size);
    }
    if (members.isSumWrong) return wrongSum(name);
    return this.size > ended ? leftOut(name, this.size - ended) : null;
  }
}
