/**
 * All files' requests in one order of time (spec/classification.md, section 3). In: each file's rows, in file order,
 * as they come. Out: rows, merged, through `take`, as soon as no earlier one can come any more.
 *
 * Inside a file: stable by time. Across files: by time; on equal times the file whose next request ranks lower
 * (HEAD tag < GET tag < HEAD digest < GET digest), then the file with the earlier first request, then the smaller
 * content key. A request that comes more than SLACK late spoils the order: `isLate` says that all must be merged anew.
 */
import {
  FLAG_REMOVED,
  PAGE_MASK,
  PAGE_SHIFT,
  type RequestPage,
  type RequestTable,
} from '../model/request-table.ts';
import type { Milliseconds, RequestIndex } from '../model/units.ts';
import { sortByKey } from '../lib/stable-sort.ts';

/**
 * How far a log may be out of order before it costs a second pass: an access line may carry the time at which its
 * request began and yet be written when the answer ended.
 */
const SLACK: Milliseconds = 60_000;

/**
 * Most rows that a loop goes through at a time. A browser compiles a loop that runs long before it has seen what comes
 * behind it, and has to do it again; one that is called often it compiles once.
 */
const AT_ONCE = 4096;

interface Cursor {
  rows: Uint32Array;
  times: Float64Array;
  /** Next row to hand out, and behind the last one. */
  head: number;
  tail: number;
  /** No row earlier than this (less SLACK) is expected; −Infinity while nothing is known. */
  reached: Milliseconds;
  firstRequest: Milliseconds;
  contentKey: string;
  ended: boolean;
  /** Rows were added since they were last sorted. */
  isUnsorted: boolean;
}

export class TimeMerge {
  /** A row came after a later one had been handed out. */
  isLate = false;
  private readonly cursors: Cursor[] = [];
  /** Cursors with rows to hand out. */
  private waiting: Cursor[] = [];
  private handedOut: Milliseconds = -Infinity;

  constructor(
    private readonly table: RequestTable,
    /** Takes rows[from … to): a view, good during the call. */
    private readonly take: (rows: Uint32Array, from: number, to: number) => void,
  ) {}

  /** Announces a file; `expectedFirst`: time of its first line if known, else −Infinity. Answers its number. */
  addFile(expectedFirst: Milliseconds, contentKey: string): number {
    return (
      this.cursors.push({
        rows: new Uint32Array(64),
        times: new Float64Array(64),
        head: 0,
        tail: 0,
        reached: expectedFirst,
        firstRequest: Infinity,
        contentKey,
        ended: false,
        isUnsorted: false,
      }) - 1
    );
  }

  /** Adds rows [from, to) of the table to a file, in file order. `reached`: time of the last line read, or NaN. */
  addRows(file: number, from: RequestIndex, to: RequestIndex, reached: Milliseconds): void {
    const cursor = this.cursors[file]!;
    const start = this.makeRoom(cursor, to - from);
    for (let row = from; row < to;) {
      const end = Math.min(to, (row | PAGE_MASK) + 1, row + AT_ONCE);
      this.addPage(cursor, this.table.pages[row >>> PAGE_SHIFT]!, row, end);
      row = end;
    }
    if (reached > cursor.reached) cursor.reached = reached;
    if (to > from && start === cursor.head) this.waiting.push(cursor);
  }

  /** Adds rows of one page. */
  private addPage(
    cursor: Cursor,
    { seconds, millis }: RequestPage,
    from: RequestIndex,
    to: RequestIndex,
  ): void {
    const { rows, times } = cursor;
    let { tail } = cursor;
    let first = Infinity;
    let latest = tail > cursor.head ? times[tail - 1]! : -Infinity;
    for (let row = from; row < to; row++) {
      const time = seconds[row & PAGE_MASK]! * 1000 + millis[row & PAGE_MASK]!;
      rows[tail] = row;
      times[tail++] = time;
      if (time < first) first = time;
      if (time < latest) cursor.isUnsorted = true;
      else latest = time;
    }
    cursor.tail = tail;
    if (latest > cursor.reached) cursor.reached = latest;
    if (first < cursor.firstRequest) cursor.firstRequest = first;
    if (first <= this.handedOut) this.isLate = true;
  }

  /** A row is taken out that may have been handed out already. */
  noticeRemoval(row: RequestIndex): void {
    if (this.table.time(row) <= this.handedOut) this.isLate = true;
  }

  endFile(file: number): void {
    this.cursors[file]!.ended = true;
  }

  /** Hands out every row that no later one can come before; none any more once one came late. */
  run(): void {
    if (this.isLate) return;
    for (const cursor of this.waiting) {
      if (cursor.isUnsorted) sortByKey(cursor.rows, cursor.times, cursor.head, cursor.tail);
      cursor.isUnsorted = false;
    }
    let safe = Infinity;
    for (const cursor of this.cursors) {
      if (!cursor.ended && cursor.reached - SLACK < safe) safe = cursor.reached - SLACK;
    }
    for (;;) {
      this.skipRemoved();
      if (this.waiting.length === 0) return;
      const next = this.pickNext();
      // As long as only this file has rows of the time, they need no comparison.
      const until = Math.min(safe, this.earliestExcept(next));
      if (next.times[next.head]! >= safe) return;
      const from = next.head;
      next.head = endOf(next, until);
      this.handedOut = next.times[next.head - 1]!;
      for (let first = from; first < next.head; first += AT_ONCE)
        this.take(next.rows, first, Math.min(next.head, first + AT_ONCE));
      if (next.head === next.tail) {
        next.head = next.tail = 0;
        this.waiting = this.waiting.filter((cursor) => cursor !== next);
      }
    }
  }

  /** A second record that was taken out must not stand before the request that is to be compared. */
  private skipRemoved(): void {
    let isAnyEmpty = false;
    for (const cursor of this.waiting) {
      while (cursor.head < cursor.tail && this.flagsOf(cursor) & FLAG_REMOVED) cursor.head++;
      if (cursor.head < cursor.tail) continue;
      cursor.head = cursor.tail = 0;
      isAnyEmpty = true;
    }
    if (isAnyEmpty) this.waiting = this.waiting.filter(({ tail }) => tail > 0);
  }

  private earliestExcept(cursor: Cursor): Milliseconds {
    let earliest = Infinity;
    for (const other of this.waiting) {
      if (other !== cursor && other.times[other.head]! < earliest) earliest = other.times[other.head]!;
    }
    return earliest;
  }

  private pickNext(): Cursor {
    let next = this.waiting[0]!;
    for (let i = 1; i < this.waiting.length; i++) {
      if (this.isBefore(this.waiting[i]!, next)) next = this.waiting[i]!;
    }
    return next;
  }

  private isBefore(a: Cursor, b: Cursor): boolean {
    const byTime = a.times[a.head]! - b.times[b.head]!;
    if (byTime !== 0) return byTime < 0;
    const byRank = this.rankOf(a) - this.rankOf(b);
    if (byRank !== 0) return byRank < 0;
    if (a.firstRequest !== b.firstRequest) return a.firstRequest < b.firstRequest;
    return a.contentKey < b.contentKey;
  }

  /** The two lowest flags are the rank: HEAD tag 0, GET tag 1, HEAD digest 2, GET digest 3. */
  private rankOf(cursor: Cursor): number {
    return this.flagsOf(cursor) & 3;
  }

  private flagsOf({ rows, head }: Cursor): number {
    const row = rows[head]!;
    return this.table.pages[row >>> PAGE_SHIFT]!.flags[row & PAGE_MASK]!;
  }

  /** Makes place for `count` more rows; answers where they begin. */
  private makeRoom(cursor: Cursor, count: number): number {
    const pending = cursor.tail - cursor.head;
    if (cursor.tail + count > cursor.rows.length) {
      const size = Math.max(64, (pending + count) * 2);
      const rows = size > cursor.rows.length ? new Uint32Array(size) : cursor.rows;
      const times = size > cursor.rows.length ? new Float64Array(size) : cursor.times;
      rows.set(cursor.rows.subarray(cursor.head, cursor.tail));
      times.set(cursor.times.subarray(cursor.head, cursor.tail));
      cursor.rows = rows;
      cursor.times = times;
      cursor.head = 0;
      cursor.tail = pending;
    }
    return cursor.tail;
  }
}

/** Behind the cursor's last row before a time; at least its next one. */
function endOf({ times, head, tail }: Cursor, until: Milliseconds): number {
  // Often it is the very next.
  let low = head + 1;
  let step = 1;
  while (low + step <= tail && times[low + step - 1]! < until) {
    low += step;
    step *= 2;
  }
  let high = Math.min(tail, low + step - 1);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! < until) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Puts rows[from … to) that none of the flags hides into `order`, from `at` on; answers where they end. */
export function takeVisible(
  { pages }: RequestTable,
  rows: Uint32Array,
  from: number,
  to: number,
  hidden: number,
  order: Uint32Array,
  at: number,
): number {
  for (let i = from; i < to; i++) {
    const row = rows[i]!;
    if ((pages[row >>> PAGE_SHIFT]!.flags[row & PAGE_MASK]! & hidden) === 0) order[at++] = row;
  }
  return at;
}
