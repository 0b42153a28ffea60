/**
 * From segments of many scanners to one RequestTable. In: segments, each file's in order. Out: rows with common
 * numbers, in file order; what became of every line. Requests whose status does not count are tallied, not kept;
 * the second record of a request that is logged twice is taken out again (logged-twice.ts).
 */
import { WordTable } from '../lib/word-table.ts';
import { hubTypeOf } from '../model/repository-name.ts';
import { FLAG_REMOVED, PAGE_MASK, PAGE_SHIFT, RequestTable } from '../model/request-table.ts';
import {
  FLAG_DROPPED,
  FLAG_EVENT,
  FLAG_NO_CLIENT,
  FLAG_SIGNATURE,
  NO_WORD,
  type Segment,
  WORD_AGENT,
  WORD_CLIENT,
  WORD_KINDS,
  WORD_REFERENCE,
  WORD_REPOSITORY,
  WORD_UPSTREAM,
  type WordsDelta,
} from '../model/segment.ts';
import type { RequestIndex } from '../model/units.ts';
import { DeliveredEvents } from './delivered-events.ts';
import { LoggedTwice, NEIGHBOURS } from './logged-twice.ts';
import { unescapeAgent } from './user-agent.ts';

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

export class RequestCollector {
  readonly table = new RequestTable();
  readonly clients = new WordTable();
  /** Prefix, NUL, name. */
  readonly repositories = new WordTable();
  /** Number of a repository's full name, by number of the repository. */
  nameOf = new Uint32Array(256);
  /** By number of a repository: 0 image, 1 model, 2 dataset, 3 space. */
  hubTypes = new Uint8Array(256);
  readonly names = new WordTable();
  readonly references = new WordTable();
  /** Unescaped. */
  readonly agents = new WordTable();
  readonly upstreams = new WordTable();
  private readonly tallies = new Map<number, RequestTally>();
  private readonly events = new DeliveredEvents();
  /** For the files that are being read. */
  private readonly twice = new Map<number, LoggedTwice>();
  /** Common numbers of each scanner's words, by kind. */
  private readonly numbers = new Map<number, Uint32Array[]>();
  private readonly known = new Map<number, number[]>();

  /** Takes a segment's new words. Segments of one scanner must come in its order. */
  takeWords(segment: Segment): void {
    const numbers =
      this.numbers.get(segment.scanner) ?? Array.from({ length: WORD_KINDS }, () => new Uint32Array(256));
    const known = this.known.get(segment.scanner) ?? new Array<number>(WORD_KINDS).fill(0);
    for (let kind = 0; kind < WORD_KINDS; kind++) {
      const delta = segment.words[kind]!;
      const needed = known[kind]! + delta.ends.length;
      if (needed > numbers[kind]!.length) {
        const grown = new Uint32Array(needed * 2);
        grown.set(numbers[kind]!);
        numbers[kind] = grown;
      }
      this.internAll(kind, delta, numbers[kind]!, known[kind]!);
      known[kind] = needed;
    }
    this.numbers.set(segment.scanner, numbers);
    this.known.set(segment.scanner, known);
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
    const { requests } = segment;
    const numbers = this.numbers.get(segment.scanner)!;
    const tally = this.tallyOf(segment.file);
    const twice = this.twice.get(segment.file) ?? new LoggedTwice();
    const [clients, repositories, references, agents, upstreams] = [
      numbers[WORD_CLIENT]!,
      numbers[WORD_REPOSITORY]!,
      numbers[WORD_REFERENCE]!,
      numbers[WORD_AGENT]!,
      numbers[WORD_UPSTREAM]!,
    ];
    const from = table.length;
    table.startRun(segment.file, segment.start);
    const firstToCompare = twice.isOneKind(requests) ? requests.length - NEIGHBOURS : 0;
    let page = table.pageFor(table.length);
    for (let i = 0; i < requests.length; i++) {
      const repository = repositories[requests.repository[i]!]!;
      const reference = references[requests.reference[i]!]!;
      const agent = agents[requests.agent[i]!]!;
      const flags = requests.flags[i]!;
      const isDropped = (flags & FLAG_DROPPED) !== 0;
      const status = requests.status[i]!;
      if (
        flags & FLAG_EVENT &&
        !this.events.isNew(requests.written[i]!, requests.startSecond[i]!, segment.file)
      ) {
        tally.loggedTwice++;
        continue;
      }
      const match =
        i < firstToCompare || flags & FLAG_EVENT
          ? -1
          : twice.add(requests, i, repository, reference, agent, isDropped ? -status : table.length);
      if (match >= 0) {
        tally.loggedTwice++;
        // The logger line tells more; if it came first, the access line is not taken at all.
        if (twice.isLoggerAt(match)) continue;
        const earlier = twice.rowAt(match);
        if (earlier < 0) add(tally.droppedByStatus, -earlier, -1);
        else {
          this.remove(tally, earlier);
          onRemoved(earlier);
        }
      }
      if (isDropped) {
        add(tally.droppedByStatus, status, 1);
        continue;
      }
      const at = table.length++ & PAGE_MASK;
      if (at === 0) page = table.pageFor(table.length - 1);
      page.seconds[at] = requests.seconds[i]!;
      page.millis[at] = requests.millis[i]!;
      page.client[at] = clients[requests.client[i]!]!;
      page.repository[at] = repository;
      page.reference[at] = reference;
      page.agent[at] = agent;
      page.flags[at] = flags & ~FLAG_EVENT;
      page.offset[at] = requests.offset[i]!;
      if (requests.digest.length > 0 || page.digest) {
        page.digest ??= new Uint32Array(page.seconds.length).fill(NO_WORD);
        const digest = requests.digest[i] ?? NO_WORD;
        page.digest[at] = digest === NO_WORD ? NO_WORD : references[digest]!;
      }
      if (requests.upstream.length > 0 || page.upstream) {
        page.upstream ??= new Uint32Array(page.seconds.length).fill(NO_WORD);
        const upstream = requests.upstream[i] ?? NO_WORD;
        page.upstream[at] = upstream === NO_WORD ? NO_WORD : upstreams[upstream]!;
      }
      count(tally, flags, 1);
      if (status === 0) tally.withoutStatus++;
    }
    if (segment.last) this.twice.delete(segment.file);
    else this.twice.set(segment.file, twice);
    return [from, table.length];
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

  /** Forgets files from this number on; their rows, from `length` on, too. Words stay: they do no harm. */
  forgetFiles(first: number, length: number): void {
    for (const file of [...this.tallies.keys()]) if (file >= first) this.tallies.delete(file);
    this.twice.clear();
    this.events.forgetFiles(first);
    this.table.truncate(length);
  }

  /** Forgets the scanners: the next ones begin with empty dictionaries. */
  forgetScanners(): void {
    this.numbers.clear();
    this.known.clear();
  }

  /** Takes an access line back out, for the logger line that has just come. */
  private remove(tally: RequestTally, row: number): void {
    const page = this.table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    count(tally, page.flags[at]!, -1);
    page.flags[at]! |= FLAG_REMOVED;
  }

  private internAll(kind: number, { bytes, ends }: WordsDelta, numbers: Uint32Array, known: number): void {
    if (kind === WORD_AGENT) this.internAgents(bytes, ends, numbers, known);
    else if (kind === WORD_REPOSITORY) this.internRepositories(bytes, ends, numbers, known);
    else this.tableOf(kind).internAll(bytes, ends, numbers, known);
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
      start = end;
    }
  }
}

function count(tally: RequestTally, flags: number, amount: number): void {
  tally.kept += amount;
  if (flags & FLAG_SIGNATURE) tally.signatures += amount;
  if (flags & FLAG_NO_CLIENT) tally.withoutAddress += amount;
}

function add(counts: Map<number, number>, key: number, amount: number): void {
  const sum = (counts.get(key) ?? 0) + amount;
  if (sum === 0) counts.delete(key);
  else counts.set(key, sum);
}
