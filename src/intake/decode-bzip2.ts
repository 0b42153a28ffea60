/**
 * bzip2. In: compressed bytes, piece by piece. Out: their content, stream after stream. Source: the format as its
 * reference decoder (bzip2 1.0.8, Julian Seward) reads it. A block is unpacked when so many bytes wait that it must be
 * whole, or when no more come. Limits: blocks made "randomised" by versions before 0.9.5 count as damage; memory is
 * 4 bytes for each byte of a block (900 kB) and 4 MB of output.
 */
import type { Problem } from '../model/problem.ts';
import type { Bytes } from '../model/units.ts';
import { Bzip2Block, Shortage } from './bzip2-block.ts';
import { joinBytes } from '../lib/join-bytes.ts';
import { cutOff, damaged, leftOut, type Within } from './stream-problem.ts';

/** No block is longer: 900,002 symbols of 20 bits at most, and its tables. */
const LONGEST_BLOCK: Bytes = 2_300_000;

export class Bzip2Decoder {
  private held: Uint8Array = new Uint8Array(0);
  private heldStart: Bytes = 0;
  private readonly block: Bzip2Block;
  private isStopped = false;
  private problem: Problem | null = null;
  /** Bytes behind the last stream, and whether any of them is not padding. */
  private tail = 0;
  private isPadding = true;

  constructor(
    private readonly name: string,
    take: (piece: Uint8Array) => boolean,
    private readonly within: Within,
  ) {
    this.block = new Bzip2Block((piece) => {
      this.isStopped ||= !take(piece);
      return !this.isStopped;
    });
  }

  push(piece: Uint8Array): boolean {
    if (this.isStopped || this.problem) return false;
    this.held = joinBytes([this.held, piece]);
    this.unpack(LONGEST_BLOCK);
    return !this.isStopped && this.problem === null;
  }

  end(): Problem | null {
    if (!this.isStopped && !this.problem) this.unpack(0);
    if (this.isStopped || this.problem || this.isPadding) return this.problem;
    return leftOut(this.name, this.tail);
  }

  /** Unpacks blocks as long as more than so many bytes are there. */
  private unpack(more: Bytes): void {
    const { block, held } = this;
    block.bytes = held;
    try {
      while (!this.isStopped && held.length - block.at > more) {
        if (block.isBetweenStreams && (this.tail > 0 || !block.isStream())) this.pass(held.length);
        else block.readNext();
      }
      // A block may end with the bytes, but not the stream.
      if (more === 0 && !this.isStopped && !block.isBetweenStreams) throw new Shortage();
    } catch (error) {
      if (error instanceof Shortage) this.problem = cutOff(this.name, this.heldStart + held.length);
      else if (error instanceof RangeError)
        this.problem = damaged(this.name, this.heldStart + block.at, this.within);
      else throw error;
    }
    this.heldStart += block.at;
    this.held = held.slice(block.at);
    block.at = 0;
  }

  /** Steps over what stands behind the last stream: zeros may pad a file. */
  private pass(end: Bytes): void {
    const { block } = this;
    this.tail += end - block.at;
    this.isPadding &&= block.bytes.subarray(block.at, end).every((byte) => byte === 0);
    block.at = end;
  }
}
