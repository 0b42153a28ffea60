/**
 * A file's requests that later ones may turn out to be the second record of (logged-twice.ts). In: columns of its
 * segments. Out: the records to compare with. Most logs show each request once: then the last requests are only put by,
 * and no more is done with them until another kind of line shows.
 */
import {
  FLAG_DROPPED,
  FLAG_EVENT,
  FLAG_LOGGER_LINE,
  type RequestColumns,
  WORD_AGENT,
  WORD_CLIENT,
  WORD_REFERENCE,
  WORD_REPOSITORY,
} from '../model/segment.ts';
import type { RequestIndex } from '../model/units.ts';
import { type ComparedColumns, LoggedTwice, NEIGHBOURS } from './logged-twice.ts';

/** Common numbers of a scanner's words, by kind. */
export type NumbersOf = (kind: number) => Int32Array;

/** The last requests of a segment. */
interface Last extends ComparedColumns {
  repository: Uint32Array;
  reference: Uint32Array;
  agent: Uint32Array;
  client: Uint32Array;
  numbersOf: NumbersOf;
  /** Behind the row of the last one. */
  end: RequestIndex;
}

const ACCESS = 1;
const LOGGER = 2;

export class SecondRecords {
  private held: LoggedTwice | null = null;
  /** In file order. */
  private last: Last[] = [];
  /** Requests of all of them. */
  private count = 0;
  /** Which kinds of line the file has shown. */
  private seen = 0;

  /** Whether the requests, with what came before, show one kind of line only: then none of them can be a second record. */
  isOnce({ flags, length }: RequestColumns): boolean {
    let some = 0;
    let all = FLAG_LOGGER_LINE;
    for (let i = 0; i < length; i++) {
      some |= flags[i]!;
      all &= flags[i]!;
    }
    if (length === 0) return true;
    if (some & FLAG_LOGGER_LINE) this.seen |= LOGGER;
    if (all === 0) this.seen |= ACCESS;
    // Notifications that were delivered again are told by their numbers.
    return this.seen !== (ACCESS | LOGGER) && (some & FLAG_EVENT) === 0;
  }

  /** Puts requests by that show one kind of line. end: behind the row of the last one. */
  putBy(requests: RequestColumns, numbersOf: NumbersOf, end: RequestIndex): void {
    const { length } = requests;
    if (length === 0) return;
    const lastOf = <T extends Uint32Array | Uint16Array | Uint8Array>(column: T) =>
      column.slice(-NEIGHBOURS) as T;
    const { flags, status, written, startSecond, repository, reference, agent, client } = requests;
    this.last.push({
      flags: lastOf(flags),
      status: lastOf(status),
      written: lastOf(written),
      startSecond: lastOf(startSecond),
      repository: lastOf(repository),
      reference: lastOf(reference),
      agent: lastOf(agent),
      client: lastOf(client),
      numbersOf,
      end,
    });
    this.count += this.last.at(-1)!.flags.length;
    while (this.count - this.last[0]!.flags.length >= NEIGHBOURS)
      this.count -= this.last.shift()!.flags.length;
  }

  /** What the next requests are to be compared with. */
  records(): LoggedTwice {
    this.held ??= new LoggedTwice();
    for (const each of this.last) addAll(this.held, each);
    this.last = [];
    this.count = 0;
    return this.held;
  }
}

function addAll(held: LoggedTwice, { numbersOf, end, ...columns }: Last): void {
  const { flags, status } = columns;
  const repositories = numbersOf(WORD_REPOSITORY);
  const references = numbersOf(WORD_REFERENCE);
  const agents = numbersOf(WORD_AGENT);
  const clients = numbersOf(WORD_CLIENT);
  let row = end - flags.reduce((kept, each) => kept + (each & FLAG_DROPPED ? 0 : 1), 0);
  for (let i = 0; i < flags.length; i++) {
    const repository = repositories[columns.repository[i]!]!;
    const reference = references[columns.reference[i]!]!;
    const agent = agents[columns.agent[i]!]!;
    const client = clients[columns.client[i]!]!;
    held.add(
      columns,
      i,
      repository,
      reference,
      agent,
      client,
      flags[i]! & FLAG_DROPPED ? -status[i]! : row++,
    );
  }
}
