/**
 * A segment's requests to rows of the table. In: columns, numbers of the scanner's words, and what is left out. Out: rows
 * with common numbers; what became of all requests.
 */
import { NO_WORD, type RequestColumns, WORD_AGENT, WORD_UPSTREAM } from '../model/segment.ts';
import { PAGE_MASK, PAGE_ROWS, type RequestTable, type RequestTally } from '../model/request-table.ts';
import type { RowTaker } from './compiled/open-taking.ts';
import {
  DIGESTS,
  FLAGS,
  HAS_DIGESTS,
  HAS_LEFT,
  HAS_UPSTREAMS,
  LEFT,
  MILLIS,
  MOST,
  OFFSETS,
  SECONDS,
  SIGNATURES,
  STATUSES,
  WITHOUT_ADDRESS,
  WITHOUT_STATUS,
  WORDS,
} from './compiled/taking.ts';

/** The columns of words that all requests have, in the order of WORD_*. */
const WORD_COLUMNS = ['client', 'repository', 'reference', 'agent'] as const;

/** Adds the requests to the table, but for those that are `left`; those whose status does not count are tallied. */
export function takeRows(
  table: RequestTable,
  requests: RequestColumns,
  left: Uint8Array | null,
  taker: RowTaker,
  tally: RequestTally,
): void {
  const hasDigests = requests.digest.length > 0;
  const hasUpstreams = requests.upstream.length > 0;
  const holds = (hasDigests ? HAS_DIGESTS : 0) | (hasUpstreams ? HAS_UPSTREAMS : 0) | (left ? HAS_LEFT : 0);
  for (let first = 0; first < requests.length; first += MOST) {
    const end = Math.min(requests.length, first + MOST);
    give(requests, left, first, end, taker);
    const taken = taker.take(end - first, holds);
    addRows(table, taker, taken, hasDigests, hasUpstreams);
    addTally(tally, taker, taken);
  }
}

/** Hands requests [first, end) over. */
function give(
  requests: RequestColumns,
  left: Uint8Array | null,
  first: number,
  end: number,
  taker: RowTaker,
): void {
  const { integers, shorts, bytes } = taker.batch();
  const { seconds, offset, millis, status, flags, digest, upstream } = requests;
  integers.set(seconds.subarray(first, end), SECONDS);
  integers.set(offset.subarray(first, end), OFFSETS);
  for (let kind = 0; kind <= WORD_AGENT; kind++)
    integers.set(requests[WORD_COLUMNS[kind]!].subarray(first, end), WORDS + kind * MOST);
  // Empty where no line has one.
  integers.set(upstream.subarray(first, end), WORDS + WORD_UPSTREAM * MOST);
  integers.set(digest.subarray(first, end), DIGESTS);
  shorts.set(millis.subarray(first, end), MILLIS);
  shorts.set(status.subarray(first, end), STATUSES);
  bytes.set(flags.subarray(first, end), FLAGS);
  if (left) bytes.set(left.subarray(first, end), LEFT);
}

/** Adds the rows that were taken. */
function addRows(
  table: RequestTable,
  taker: RowTaker,
  taken: number,
  hasDigests: boolean,
  hasUpstreams: boolean,
): void {
  const { integers, shorts, bytes } = taker.batch();
  for (let first = 0; first < taken;) {
    const page = table.pageFor(table.length);
    const at = table.length & PAGE_MASK;
    const size = Math.min(taken - first, PAGE_ROWS - at);
    const put = (to: Uint32Array, column: number) =>
      to.set(integers.subarray(column + first, column + first + size), at);
    put(page.seconds, SECONDS);
    put(page.offset, OFFSETS);
    WORD_COLUMNS.forEach((name, kind) => put(page[name], WORDS + kind * MOST));
    page.millis.set(shorts.subarray(MILLIS + first, MILLIS + first + size), at);
    page.flags.set(bytes.subarray(FLAGS + first, FLAGS + first + size), at);
    if (hasDigests) put((page.digest ??= new Uint32Array(PAGE_ROWS).fill(NO_WORD)), DIGESTS);
    if (hasUpstreams)
      put((page.upstream ??= new Uint32Array(PAGE_ROWS).fill(NO_WORD)), WORDS + WORD_UPSTREAM * MOST);
    table.length += size;
    first += size;
  }
}

function addTally(tally: RequestTally, taker: RowTaker, taken: number): void {
  const { integers, shorts } = taker.batch();
  tally.kept += taken;
  tally.signatures += integers[SIGNATURES]!;
  tally.withoutAddress += integers[WITHOUT_ADDRESS]!;
  tally.withoutStatus += integers[WITHOUT_STATUS]!;
  // Most follow others of the same status.
  for (let from = STATUSES, end = STATUSES + taker.dropped(), i = from; from < end; from = i) {
    while (i < end && shorts[i] === shorts[from]) i++;
    addTo(tally.droppedByStatus, shorts[from]!, i - from);
  }
}

/** Adds to a count, which is not kept at zero. */
export function addTo(counts: Map<number, number>, key: number, amount: number): void {
  const sum = (counts.get(key) ?? 0) + amount;
  if (sum === 0) counts.delete(key);
  else counts.set(key, sum);
}
