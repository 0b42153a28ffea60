/**
 * gzip, of one member or many. In: a compressed file. Out: its content in pieces, and how it ended. The browser inflates
 * members one by one; where it fails (a cut that was none, padding, damage) fflate goes on from that member's beginning:
 * slower, but it knows members, and the checks here tell what is wrong. Source: research/stack.md, section 5.
 * Limits: behind damage nothing is read, and before it the content of up to STEP compressed bytes is lost; of a stored
 * block that is cut off, what the browser has not given is lost (64 KiB at most).
 */
import { Gunzip } from 'fflate';
import type { Problem } from '../model/problem.ts';
import type { Bytes } from '../model/units.ts';
import { ContentSum, isBlocked, TRAILER } from './gzip-member.ts';
import { cutOff, damaged, leftOut, wrongSum } from './gzip-problem.ts';
import { inflateNatively, joinBytes } from './inflate-natively.ts';
import { readBytes } from './read-bytes.ts';

export interface GzipEnd {
  /** Nothing was missing or damaged. */
  complete: boolean;
  problem: Problem | null;
  /** Members begun. */
  members: number;
}

/** Answers false to stop. A piece is only valid during the call. */
type TakePiece = (piece: Uint8Array) => boolean | void;

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

/** Inflates the file; `onCompressed` is told of compressed bytes as they are used, of each once. */
export async function inflateGzip(
  file: Blob,
  name: string,
  take: TakePiece,
  onCompressed: (bytes: Bytes) => void = () => {},
): Promise<GzipEnd> {
  let isStopped = false;
  const give = (piece: Uint8Array) => {
    if (!isStopped && piece.length > 0) isStopped = take(piece) === false;
    return !isStopped;
  };
  let used = 0;
  const useUpTo = (at: Bytes) => {
    if (at > used) onCompressed(at - used);
    used = Math.max(used, at);
  };
  // Thousands of small members: an inflater for each would cost more than it saves.
  let { failedAt, given, members } = (await isBlocked(file))
    ? { failedAt: 0, given: 0, members: 0 }
    : await inflateNatively(file, give, (bytes) => useUpTo(used + bytes));
  let problem: Problem | null = null;
  while (failedAt >= 0 && !isStopped) {
    const start = failedAt;
    const slow = new SlowMembers(given, give);
    await readBytes(file, start, file.size, (piece) => {
      const goesOn = slow.feed(piece);
      useUpTo(start + slow.fed);
      return goesOn;
    });
    members += slow.members;
    if (slow.isSumWrong) problem = wrongSum(name);
    if (isStopped) break;
    const end = await judgeEnd(slow, file, name, start);
    if (problem === null || end.problem?.severity === 'error') problem = end.problem;
    failedAt = end.next;
    given = 0;
  }
  return { complete: problem === null || problem.severity === 'note', problem, members };
}

/** What is wrong where fflate ended, and where another member begins; −1 when none does. */
async function judgeEnd(
  slow: SlowMembers,
  file: Blob,
  name: string,
  start: Bytes,
): Promise<{ problem: Problem | null; next: Bytes }> {
  const ended = slow.findEnd();
  if (ended < 0) {
    if (slow.hasFailed) return { problem: damaged(name, start + slow.fed), next: -1 };
    return { problem: slow.isBetweenMembers() ? wrongSum(name) : cutOff(name, file.size), next: -1 };
  }
  // The last member is whole; zeros may pad it, and a member may even follow them.
  const at = await skipZeros(file, start + ended);
  if (at === file.size) return { problem: null, next: -1 };
  const [first, second = 0x8b] = new Uint8Array(await file.slice(at, at + 2).arrayBuffer());
  if (first !== 0x1f || second !== 0x8b) return { problem: leftOut(name, file.size - at), next: -1 };
  if (at > start + ended) return { problem: null, next: at };
  return { problem: slow.hasFailed ? damaged(name, start + slow.fed) : cutOff(name, file.size), next: -1 };
}

/** fflate, one member after the other, with the checks that it does not make. Places are counted from the first member. */
class SlowMembers {
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
    this.recent = joinBytes(kept, piece);
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

/** Where the first byte from `from` on stands that is not zero; the file's size when there is none. */
async function skipZeros(file: Blob, from: Bytes): Promise<Bytes> {
  let at = from;
  await readBytes(file, from, file.size, (piece) => {
    const zeros = piece.findIndex((byte) => byte !== 0);
    at += zeros < 0 ? piece.length : zeros;
    return zeros < 0;
  });
  return at;
}
