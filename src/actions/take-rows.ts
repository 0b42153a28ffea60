/**
 * A segment's requests to rows of the table. In: columns, numbers of the scanner's words, and what is left out. Out: rows
 * with common numbers; what became of all requests. One column after the other: small loops over two arrays are what a
 * browser gets fast soonest, and it begins anew with each visit.
 */
import { NO_WORD } from '../model/segment.ts';
import {
  FLAG_DROPPED,
  FLAG_EVENT,
  FLAG_NO_CLIENT,
  FLAG_SIGNATURE,
  type RequestColumns,
  WORD_AGENT,
  WORD_CLIENT,
  WORD_REFERENCE,
  WORD_REPOSITORY,
  WORD_UPSTREAM,
} from '../model/segment.ts';
import { PAGE_MASK, PAGE_ROWS, type RequestTable } from '../model/request-table.ts';

/** Line counts of one file that come from its manifest requests. */
export interface RequestTally {
  /** Requests in the table, removed ones not. */
  kept: number;
  droppedByStatus: Map<number, number>;
  loggedTwice: number;
  /** Look-ups of signatures and attestations among those kept. */
  signatures: number;
  withoutAddress: number;
  withoutStatus: number;
}

/** Statuses have three digits; those that are below this are counted without a Map. */
const STATUSES = 1000;

/** Adds the requests to the table, but for those that are `left`; those whose status does not count are tallied. */
export function takeRows(
  table: RequestTable,
  requests: RequestColumns,
  left: Uint8Array | null,
  numbers: Uint32Array[],
  tally: RequestTally,
): void {
  const taken = new Uint32Array(requests.length);
  const count = chooseRows(requests, left, taken, tally);
  const { seconds, millis, client, repository, reference, agent, digest, upstream, flags, offset } = requests;
  for (let first = 0; first < count;) {
    const page = table.pageFor(table.length);
    const at = table.length & PAGE_MASK;
    const size = Math.min(count - first, PAGE_ROWS - at);
    const rows = taken.subarray(first, first + size);
    take(seconds, rows, page.seconds, at);
    takeShort(millis, rows, page.millis, at);
    number(client, rows, numbers[WORD_CLIENT]!, page.client, at);
    number(repository, rows, numbers[WORD_REPOSITORY]!, page.repository, at);
    number(reference, rows, numbers[WORD_REFERENCE]!, page.reference, at);
    number(agent, rows, numbers[WORD_AGENT]!, page.agent, at);
    takeFlags(flags, rows, page.flags, at);
    take(offset, rows, page.offset, at);
    if (digest.length > 0) {
      page.digest ??= new Uint32Array(PAGE_ROWS).fill(NO_WORD);
      number(digest, rows, numbers[WORD_REFERENCE]!, page.digest, at);
    }
    if (upstream.length > 0) {
      page.upstream ??= new Uint32Array(PAGE_ROWS).fill(NO_WORD);
      number(upstream, rows, numbers[WORD_UPSTREAM]!, page.upstream, at);
    }
    table.length += size;
    first += size;
  }
}

/** Puts the places of the requests that become rows into `taken`, and tallies all; answers how many rows they are. */
function chooseRows(
  { flags, status, length }: RequestColumns,
  left: Uint8Array | null,
  taken: Uint32Array,
  tally: RequestTally,
): number {
  let count = 0;
  let signatures = 0;
  let withoutAddress = 0;
  let withoutStatus = 0;
  const dropped = new Uint32Array(STATUSES);
  for (let i = 0; i < length; i++) {
    if (left !== null && left[i] === 1) continue;
    const bits = flags[i]!;
    if (bits & FLAG_DROPPED) {
      if (status[i]! < STATUSES) dropped[status[i]!]!++;
      else addTo(tally.droppedByStatus, status[i]!, 1);
      continue;
    }
    taken[count++] = i;
    if (bits & FLAG_SIGNATURE) signatures++;
    if (bits & FLAG_NO_CLIENT) withoutAddress++;
    if (status[i] === 0) withoutStatus++;
  }
  for (let each = 0; each < STATUSES; each++)
    if (dropped[each]! > 0) addTo(tally.droppedByStatus, each, dropped[each]!);
  tally.kept += count;
  tally.signatures += signatures;
  tally.withoutAddress += withoutAddress;
  tally.withoutStatus += withoutStatus;
  return count;
}

function take(from: Uint32Array, rows: Uint32Array, to: Uint32Array, at: number): void {
  for (let i = 0; i < rows.length; i++) to[at + i] = from[rows[i]!]!;
}

function takeShort(from: Uint16Array, rows: Uint32Array, to: Uint16Array, at: number): void {
  for (let i = 0; i < rows.length; i++) to[at + i] = from[rows[i]!]!;
}

function takeFlags(from: Uint8Array, rows: Uint32Array, to: Uint8Array, at: number): void {
  for (let i = 0; i < rows.length; i++) to[at + i] = from[rows[i]!]! & ~FLAG_EVENT;
}

/** Words by their common numbers. */
function number(
  from: Uint32Array,
  rows: Uint32Array,
  numbers: Uint32Array,
  to: Uint32Array,
  at: number,
): void {
  for (let i = 0; i < rows.length; i++) {
    const word = from[rows[i]!]!;
    to[at + i] = word === NO_WORD ? NO_WORD : numbers[word]!;
  }
}

/** Adds to a count, which is not kept at zero. */
export function addTo(counts: Map<number, number>, key: number, amount: number): void {
  const sum = (counts.get(key) ?? 0) + amount;
  if (sum === 0) counts.delete(key);
  else counts.set(key, sum);
}
