/**
 * From segments of many scanners to one RequestTable. In: segments, each file's in order. Out: rows with common
 * numbers, in file order; what became of every line. Requests whose status does not count are tallied, not kept;
 * the second record of a request that is logged twice is taken out again (logged-twice.ts).
 */
import { WordTable } from '../lib/word-table.ts';
import { openTables } from '../lib/words/compiled-words.ts';
import { hubTypeOf } from '../model/repository-name.ts';
import {
  FLAG_REMOVED,
  PAGE_MASK,
  PAGE_SHIFT,
  RequestTable,
  type RequestTally,
} from '../model/request-table.ts';
import {
  FLAG_DROPPED,
  FLAG_EVENT,
  FLAG_NO_CLIENT,
  FLAG_SIGNATURE,
  type Segment,
  WORD_AGENT,
  WORD_CLIENT,
  WORD_REFERENCE,
  WORD_REPOSITORY,
  type WordsDelta,
} from '../model/segment.ts';
import type { RequestIndex } from '../model/units.ts';
import { openTaking, type RowTaker } from './compiled/open-taking.ts';
import { DeliveredEvents } from './delivered-events.ts';
import { KeptClients } from './kept-clients.ts';
import type { LoggedTwice } from './logged-twice.ts';
import { type NumbersOf, SecondRecords } from './second-records.ts';
import { addTo, takeRows } from './take-rows.ts';
import { unescapeAgent } from './user-agent.ts';

export class RequestCollector {
  readonly table = new RequestTable();
  private readonly tables = openTables(4) as [WordTable, WordTable, WordTable, WordTable];
  readonly clients = this.tables[0];
  readonly keptClients = new KeptClients(this.clients);
  /** Prefix, NUL, name. */
  readonly repositories = this.tables[1];
  /** Number of a repository's full name, by number of the repository. */
  nameOf = new Uint32Array(256);
  /** By number of a repository: 0 image, 1 model, 2 dataset, 3 space. */
  hubTypes = new Uint8Array(256);
  /** Whether any request was for a manifest, and any for a file of a hub. */
  private hasManifests = false;
  hasFiles = false;
  readonly names = this.tables[2];
  readonly references = this.tables[3];
  /** Unescaped. */
  readonly agents = new WordTable();
  readonly upstreams = new WordTable();
  private readonly tallies = new Map<number, RequestTally>();
  private readonly events = new DeliveredEvents();
  /** For the files that are being read. */
  private readonly twice = new Map<number, SecondRecords>();
  /** By scanner: its way into the table, and how many of its words, by kind, have their numbers. */
  private readonly takers = new Map<number, { taker: RowTaker; known: number[] }>();

  /** Takes a segment's new words. Segments of one scanner must come in its order. */
  takeWords({ scanner, words }: Segment): void {
    const held = this.takers.get(scanner) ?? { taker: openTaking(), known: words.map(() => 0) };
    this.takers.set(scanner, held);
    words.forEach((delta, kind) => {
      const known = held.known[kind]!;
      const numbers = new Uint32Array(delta.ends.length);
      this.internAll(kind, delta, numbers, 0);
      held.known[kind] = known + numbers.length;
      held.taker.numbersOf(kind, held.known[kind]).set(numbers, known);
    });
  }

  /**
   * Takes a segment's requests; its words, and the file's earlier segments, must have been taken. Answers the new rows
   * [from, to). `onRemoved` is told of rows, perhaps of an earlier segment, that turn out to be second records.
   */
  takeRequests(
    segment: Segment,
    onRemoved: (row: RequestIndex) => void,
  ): [from: RequestIndex, to: RequestIndex] {
    const { table } = this;
    const { requests, file, last } = segment;
    const from = table.length;
    const { taker, known } = this.takers.get(segment.scanner)!;
    const numbersOf = (kind: number) => taker.numbersOf(kind, known[kind]!);
    const tally = this.tallyOf(file);
    const twice = this.twice.get(file) ?? new SecondRecords();
    table.startRun(file, segment.start);
    if (twice.isOnce(requests)) {
      takeRows(table, requests, null, taker, tally);
      twice.putBy(requests, numbersOf, table.length);
    } else {
      const { left, earlier } = this.findSeconds(segment, twice.records(), numbersOf, tally);
      takeRows(table, requests, left, taker, tally);
      for (const row of earlier) {
        this.remove(tally, row);
        onRemoved(row);
      }
    }
    if (last) this.twice.delete(file);
    else this.twice.set(file, twice);
    return [from, table.length];
  }

  /**
   * Which requests are there already: `left` marks those that are not to be taken, `earlier` are rows that are to be
   * taken out, among them rows that the segment's own requests will have.
   */
  private findSeconds(
    { requests, file }: Segment,
    twice: LoggedTwice,
    numbersOf: NumbersOf,
    tally: RequestTally,
  ): { left: Uint8Array; earlier: RequestIndex[] } {
    const { flags, status, length } = requests;
    const repositories = numbersOf(WORD_REPOSITORY);
    const references = numbersOf(WORD_REFERENCE);
    const agents = numbersOf(WORD_AGENT);
    const clients = numbersOf(WORD_CLIENT);
    let row = this.table.length;
    const left = new Uint8Array(length);
    const earlier: RequestIndex[] = [];
    for (let i = 0; i < length; i++) {
      const isDropped = (flags[i]! & FLAG_DROPPED) !== 0;
      if (flags[i]! & FLAG_EVENT) {
        if (!this.events.isNew(requests.written[i]!, requests.startSecond[i]!, file)) left[i] = 1;
      } else {
        const repository = repositories[requests.repository[i]!]!;
        const reference = references[requests.reference[i]!]!;
        const agent = agents[requests.agent[i]!]!;
        const client = clients[requests.client[i]!]!;
        const known = isDropped ? -status[i]! : row;
        const match = twice.add(requests, i, repository, reference, agent, client, known);
        // The logger line tells more; if it came first, the access line is not taken at all.
        if (match >= 0 && twice.isLoggerAt(match)) left[i] = 1;
        else if (match >= 0) {
          tally.loggedTwice++;
          const other = twice.rowAt(match);
          if (other < 0) addTo(tally.droppedByStatus, -other, -1);
          else earlier.push(other);
        }
      }
      if (left[i]) tally.loggedTwice++;
      else if (!isDropped) row++;
    }
    return { left, earlier };
  }

  tallyOf(file: number): RequestTally {
    const tally = this.tallies.get(file) ?? {
      kept: 0,
      droppedByStatus: new Map<number, number>(),
      loggedTwice: 0,
      signatures: 0,
      withoutAddress: 0,
      withoutStatus: 0,
    };
    this.tallies.set(file, tally);
    return tally;
  }

  /** How many requests are kept, and whether they are for files of hubs. */
  kept(): { requests: number; fileRequests?: 'some' | 'all' } {
    const requests = this.table.length;
    return this.hasFiles ? { requests, fileRequests: this.hasManifests ? 'some' : 'all' } : { requests };
  }

  /** Forgets files from this number on; their rows, from `length` on, too. Words stay: they do no harm. */
  forgetFiles(first: number, length: number): void {
    for (const file of [...this.tallies.keys()]) if (file >= first) this.tallies.delete(file);
    this.twice.clear();
    this.events.forgetFiles(first);
    this.table.truncate(length);
  }

  /** Forgets the scanners: the next ones begin with empty dictionaries. */
  forgetScanners(): void {
    this.takers.clear();
  }

  /** Takes an access line back out, for the logger line that has just come. */
  private remove(tally: RequestTally, row: number): void {
    const page = this.table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    count(tally, page.flags[at]!, -1);
    page.flags[at]! |= FLAG_REMOVED;
  }

  /** The common numbers of words, to `numbers` from `known` on. */
  internAll(kind: number, { bytes, ends }: WordsDelta, numbers: Uint32Array, known: number): void {
    if (kind === WORD_AGENT) this.internAgents(bytes, ends, numbers, known);
    else if (kind === WORD_REPOSITORY) this.internRepositories(bytes, ends, numbers, known);
    else this.tableOf(kind).internAll(bytes, ends, numbers, known);
    if (kind === WORD_CLIENT) this.keptClients.settleAll(numbers, known, known + ends.length);
  }

  private tableOf(kind: number): WordTable {
    if (kind === WORD_CLIENT) return this.clients;
    return kind === WORD_REFERENCE ? this.references : this.upstreams;
  }

  private internAgents(bytes: Uint8Array, ends: Uint32Array, numbers: Uint32Array, known: number): void {
    for (let i = 0; i < ends.length; i++) {
      const agent = unescapeAgent(bytes.subarray(i === 0 ? 0 : ends[i - 1]!, ends[i]!));
      numbers[known + i] = this.agents.intern(agent, 0, agent.length);
    }
  }

  private internRepositories(
    bytes: Uint8Array,
    ends: Uint32Array,
    numbers: Uint32Array,
    known: number,
  ): void {
    this.repositories.internAll(bytes, ends, numbers, known);
    if (this.repositories.size > this.nameOf.length) {
      const grown = new Uint32Array(this.repositories.size * 2);
      grown.set(this.nameOf);
      this.nameOf = grown;
      const types = new Uint8Array(grown.length);
      types.set(this.hubTypes);
      this.hubTypes = types;
    }
    for (let i = 0, start = 0; i < ends.length; i++) {
      const end = ends[i]!;
      const repository = numbers[known + i]!;
      const name = bytes.indexOf(0, start) + 1;
      this.nameOf[repository] = this.names.intern(bytes, name, end);
      this.hubTypes[repository] = name < end ? hubTypeOf(bytes[name]!) : 0;
      if (this.hubTypes[repository] === 0) this.hasManifests = true;
      else this.hasFiles = true;
      start = end;
    }
  }
}

function count(tally: RequestTally, flags: number, amount: number): void {
  tally.kept += amount;
  if (flags & FLAG_SIGNATURE) tally.signatures += amount;
  if (flags & FLAG_NO_CLIENT) tally.withoutAddress += amount;
}
