/**
 * gzip, of one member or many. In: a compressed file. Out: its content in pieces, and how it ended. The browser inflates
 * members one by one; where it fails (a cut that was none, padding, damage) fflate goes on from that member's beginning:
 * slower, but it knows members, and the checks here tell what is wrong.
 * Limits: behind damage nothing is read, and before it the content of up to STEP compressed bytes is lost; of a stored
 * block that is cut off, what the browser has not given is lost (64 KiB at most).
 */
import type { Problem } from '../model/problem.ts';
import type { Bytes } from '../model/units.ts';
import { isBlocked } from './gzip-member.ts';
import { SlowMembers } from './inflate-members.ts';
import { inflateNatively } from './inflate-natively.ts';
import { readBytes } from './read-bytes.ts';
import { cutOff, damaged, leftOut, WHOLE_FILE, type Within, wrongSum } from './stream-problem.ts';

export interface GzipEnd {
  /** Nothing was missing or damaged. */
  complete: boolean;
  problem: Problem | null;
  /** Members begun. */
  members: number;
}

/** Answers false to stop. A piece is only valid during the call. */
export type TakePiece = (piece: Uint8Array) => boolean | void;

/** Inflates the file; `onCompressed` is told of compressed bytes as they are used, of each once. */
export async function inflateGzip(
  file: Blob,
  name: string,
  take: TakePiece,
  onCompressed: (bytes: Bytes) => void = () => {},
  within: Within = WHOLE_FILE,
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
    const end = await judgeEnd(slow, file, name, start, within);
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
  within: Within,
): Promise<{ problem: Problem | null; next: Bytes }> {
  const ended = slow.findEnd();
  if (ended < 0) {
    if (slow.hasFailed) return { problem: damaged(name, start + slow.fed, within), next: -1 };
    return { problem: slow.isBetweenMembers() ? wrongSum(name) : cutOff(name, file.size), next: -1 };
  }
  // The last member is whole; zeros may pad it, and a member may even follow them.
  const at = await skipZeros(file, start + ended);
  if (at === file.size) return { problem: null, next: -1 };
  const [first, second = 0x8b] = new Uint8Array(await file.slice(at, at + 2).arrayBuffer());
  if (first !== 0x1f || second !== 0x8b) return { problem: leftOut(name, file.size - at), next: -1 };
  if (at > start + ended) return { problem: null, next: at };
  return {
    problem: slow.hasFailed ? damaged(name, start + slow.fed, within) : cutOff(name, file.size),
    next: -1,
  };
}

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
