/**
 * gzip members by fflate, one after the other. In: compressed bytes, piece by piece. Out: their content, and what they
 * ended with. Slower than the browser's own inflater, but it knows members, and the checks here tell what is wrong.
 * Source: RFC 1952. Limits: before damage the content of up to STEP compressed bytes is lost.
 */
import { Gunzip } from 'fflate';
import type { Bytes } from '../model/units.ts';
import { ContentSum, TRAILER } from './gzip-member.ts';
import { joinBytes } from '../lib/join-bytes.ts';

/**
 * fflate is fed this much at once: it gives at most 1032 times as much, loses the content of a step that fails, and
 * calls itself once per member in a step. In Chromium, 4 KiB are half as fast and 32 KiB not much faster.
 */
const STEP: Bytes = 16 << 10;
/** A header with the longest extra field, and names. */
const LONGEST_HEADER: Bytes = 128 << 10;
/** Kept of what was fed, so that a member's last bytes are there when the header behind it is known. */
const KEPT: Bytes = LONGEST_HEADER + 2 * STEP;
/** A member without content, to see whether fflate expects a new one. */
const EMPTY_MEMBER = Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);

/** fflate with the checks that it does not make. Places are counted from the first member. */
export class SlowMembers {
  /** Compressed bytes used. */
  fed: Bytes = 0;
  members = 1;
  /** Of a member that another one follows. */
  isSumWrong = false;
  /** fflate does not understand what it was fed last. */
  hasFailed = false;
  private readonly inflater = new Gunzip((piece) => this.hold(piece));
  private readonly held: Uint8Array[] = [];
  private sum = new ContentSum();
  private memberStart: Bytes = 0;
  /** Bytes fed since fflate last inflated: it collects them, so they must not be many. */
  private waiting: Bytes = 0;
  /** The last bytes read, and where they begin. */
  private recent: Uint8Array = new Uint8Array(0);
  private recentStart: Bytes = 0;

  /** The first `skip` bytes of content were given before. */
  constructor(
    private skip: Bytes,
    private readonly give: (piece: Uint8Array) => boolean,
  ) {
    this.inflater.onmember = (start) => this.beginMember(start);
  }

  /** Inflates a piece. False when it cannot, or when no more is wanted. */
  feed(piece: Uint8Array): boolean {
    const kept = this.recent.subarray(-KEPT);
    // A new array, because fflate keeps parts of what it is fed.
    this.recent = joinBytes([kept, piece]);
    this.recentStart = this.fed - kept.length;
    for (let at = kept.length; at < this.recent.length; at += STEP) {
      const step = this.recent.subarray(at, at + STEP);
      this.fed += step.length;
      this.waiting += step.length;
      try {
        this.inflater.push(step);
        this.hasFailed = this.waiting > LONGEST_HEADER;
      } catch {
        this.hasFailed = true;
      }
      if (!this.giveHeld() || this.hasFailed) return false;
    }
    return true;
  }

  /** Where the last member ends, if it is whole; −1 when it is not. Its content tells what its last bytes must be. */
  findEnd(): Bytes {
    const trailer = this.sum.trailer();
    const last = this.fed - this.recentStart - TRAILER;
    let at = Math.max(0, this.memberStart + EMPTY_MEMBER.length - TRAILER - this.recentStart) - 1;
    while ((at = this.recent.indexOf(trailer[0]!, at + 1)) >= 0 && at <= last) {
      if (isAt(this.recent, at, trailer)) return this.recentStart + at + TRAILER;
    }
    return -1;
  }

  /** Whether the last byte fed ended a member, whatever its checksum. Nothing can be fed afterwards. */
  isBetweenMembers(): boolean {
    let began = -1;
    this.inflater.onmember = (start) => (began = start);
    try {
      this.inflater.push(EMPTY_MEMBER.slice());
    } catch {
      return false;
    }
    return began === this.fed;
  }

  private beginMember(start: Bytes): void {
    if (!isAt(this.recent, start - TRAILER - this.recentStart, this.sum.trailer())) this.isSumWrong = true;
    this.members++;
    this.memberStart = start;
    this.sum = new ContentSum();
  }

  /** Content is given after the push, so that what `take` throws is not mistaken for damage. */
  private hold(piece: Uint8Array): void {
    this.waiting = 0;
    this.sum.add(piece);
    this.held.push(piece);
  }

  private giveHeld(): boolean {
    let goesOn = true;
    for (const piece of this.held.splice(0)) {
      const skipped = Math.min(this.skip, piece.length);
      this.skip -= skipped;
      goesOn &&= this.give(piece.subarray(skipped));
    }
    return goesOn;
  }
}

const isAt = (bytes: Uint8Array, at: number, wanted: Uint8Array) =>
  wanted.every((byte, i) => bytes[at + i] === byte);
