/**
 * zstd. In: compressed bytes, piece by piece. Out: their content, frame after frame. Source: RFC 8878. Limits: windows
 * up to 128 MB (what zstd makes with --long=27), dictionaries are not supported, and the checksum at the end of a frame
 * is not compared, so that damage which leaves the structure whole shows in the lines only.
 */
import { Decompress, ZstdErrorCode } from 'fzstd';
import type { Problem } from '../model/problem.ts';
import type { Bytes } from '../model/units.ts';
import { cutOff, damaged, type Within, windowTooLarge } from './stream-problem.ts';
import { ZstdFrames } from './zstd-frames.ts';

/** Fed at once: a frame in a step costs a level of the decoder's recursion, and three bytes can unpack to 128 KiB. */
const STEP: Bytes = 16 << 10;
const LARGEST_WINDOW: Bytes = 128 << 20;

export class ZstdDecoder {
  private readonly frames = new Decompress((piece) => this.give(piece));
  private readonly headers = new ZstdFrames();
  private fed: Bytes = 0;
  private isStopped = false;
  private problem: Problem | null = null;

  constructor(
    private readonly name: string,
    private readonly take: (piece: Uint8Array) => boolean,
    private readonly within: Within,
  ) {}

  push(piece: Uint8Array): boolean {
    for (let at = 0; at < piece.length; at += STEP) {
      // A copy, because the decoder keeps parts of what it is fed.
      const step = piece.slice(at, at + STEP);
      this.headers.push(step);
      if (this.headers.largestWindow > LARGEST_WINDOW) this.problem = windowTooLarge(this.name);
      this.fed += step.length;
      if (this.problem || !this.attempt(() => this.frames.push(step))) return false;
    }
    return true;
  }

  end(): Problem | null {
    if (!this.problem && !this.isStopped) this.attempt(() => this.frames.push(new Uint8Array(0), true));
    return this.problem;
  }

  private attempt(work: () => void): boolean {
    try {
      work();
    } catch (error) {
      if (error === STOP) return false;
      if (!(error instanceof Error)) throw error;
      const isShort = (error as Error & { code?: number }).code === ZstdErrorCode.UnexpectedEOF;
      this.problem = isShort ? cutOff(this.name, this.fed) : damaged(this.name, this.fed, this.within);
      return false;
    }
    return true;
  }

  private give(piece: Uint8Array): void {
    if (piece.length === 0 || this.take(piece)) return;
    this.isStopped = true;
    throw STOP;
  }
}

/** Thrown through the decoder, which knows no other way to stop. */
const STOP = Symbol('stop');
