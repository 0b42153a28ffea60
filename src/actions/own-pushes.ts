/**
 * Which actions a push made: before a client puts a manifest, it asks by HEAD whether the registry has it. In: segments,
 * in any order, and Traffic. Out: rows of actions that are one HEAD by a client (address and user agent) that pushed to
 * the same repository at most BEFORE later, whatever the order of lines, files and pieces. A pull is never among them: an
 * action with a GET was more than a look. Words of pushes stay apart, so those of Traffic are as they would be without.
 * Limits: a push without a usable address is not noted (formats/rows.ts).
 */
import { RowSet } from '../lib/row-set.ts';
import { TripleNumbers } from '../lib/triple-numbers.ts';
import { WordTable } from '../lib/word-table.ts';
import {
  ACTION_DOWNLOAD,
  ACTION_NONE,
  FLAG_CHAIN_HAS_GET,
  PAGE_MASK,
  PAGE_SHIFT,
} from '../model/request-table.ts';
import type { Salt } from '../model/kept-address.ts';
import type { KeptPushes } from '../model/kept-file.ts';
import { FLAG_NO_CLIENT, type Segment } from '../model/segment.ts';
import type { Traffic } from '../model/traffic.ts';
import type { Milliseconds } from '../model/units.ts';
import type { KeptClients } from './kept-clients.ts';
import { keepPushes, type Push, type PushWords, takePushes } from './kept-pushes.ts';
import { unescapeAgent } from './user-agent.ts';

/** containerd and BuildKit ask right before they push; a log may write the push when it ended. */
const BEFORE: Milliseconds = 5000;
/** Logs that know whole seconds only may show the HEAD after the push that it came before. */
const AFTER: Milliseconds = 999;

type Rows = Pick<Traffic, 'table' | 'order' | 'length' | 'clients' | 'repositories' | 'agents'>;

export class OwnPushes {
  /** Also as they are kept. */
  private readonly clients = new WordTable();
  /** Prefix, NUL, name. */
  private readonly repositories = new WordTable();
  /** Unescaped. */
  private readonly agents = new WordTable();
  private readonly words: PushWords;
  /** In no order, but for those that nobody has asked for yet. */
  private held: Push[] = [];
  /** As segments brought them: making a list of them can wait until somebody asks. */
  private given: Pick<Segment, 'file' | 'pushes'>[] = [];
  /** null: not looked for yet. */
  private found: RowSet | null = null;

  constructor(private readonly keptClients: Pick<KeptClients, 'find'>) {
    const { clients, repositories, agents } = this;
    this.words = { clients, repositories, agents };
  }

  take({ file, pushes }: Pick<Segment, 'file' | 'pushes'>): void {
    this.found = null;
    this.given.push({ file, pushes });
  }

  /** All of them; from now on their words are in the tables. */
  private holdAll(): Push[] {
    for (const each of this.given) this.hold(each);
    this.given = [];
    return this.held;
  }

  private hold({ file, pushes: { length, seconds, millis, words } }: Pick<Segment, 'file' | 'pushes'>): void {
    const { bytes, ends } = words;
    for (let push = 0; push < length; push++) {
      const start = push === 0 ? 0 : ends[push * 3 - 1]!;
      const [clientEnd, repositoryEnd, agentEnd] = [
        ends[push * 3]!,
        ends[push * 3 + 1]!,
        ends[push * 3 + 2]!,
      ];
      const agent = unescapeAgent(bytes.subarray(repositoryEnd, agentEnd));
      this.held.push({
        file,
        time: seconds[push]! * 1000 + millis[push]!,
        client: this.clients.intern(bytes, start, clientEnd),
        repository: this.repositories.intern(bytes, clientEnd, repositoryEnd),
        agent: this.agents.intern(agent, 0, agent.length),
      });
    }
  }

  keep(file: number, salt: Salt): KeptPushes {
    return keepPushes(
      this.holdAll().filter((push) => push.file === file),
      this.words,
      salt,
    );
  }

  /** Takes what checkedPushes() has let pass. */
  restore(file: number, kept: KeptPushes): void {
    this.found = null;
    this.held.push(...takePushes(kept, file, this.words));
  }

  /** Forgets files from this number on. Words stay: they do no harm. */
  forgetFiles(first: number): void {
    this.held = this.held.filter(({ file }) => file < first);
    this.given = this.given.filter(({ file }) => file < first);
  }

  /** Rows or what they became have changed. */
  changed(): void {
    this.found = null;
  }

  /** Rows of actions that are one HEAD of a client that pushed. */
  rows(traffic: Rows): RowSet {
    return (this.found ??= this.find(traffic));
  }

  private find(rows: Rows): RowSet {
    const { table, order, length } = rows;
    const found = new RowSet(table.length);
    const times = this.timesByPusher(rows);
    if (times.byNumber.length === 0) return found;
    for (let place = 0; place < length; place++) {
      const row = order[place]!;
      const page = table.pages[row >>> PAGE_SHIFT]!;
      const at = row & PAGE_MASK;
      const action = page.action[at]!;
      if (action === ACTION_NONE || action === ACTION_DOWNLOAD) continue;
      if (page.flags[at]! & (FLAG_CHAIN_HAS_GET | FLAG_NO_CLIENT)) continue;
      if (times.isPusher[page.client[at]!] === 0) continue;
      const pusher = times.pushers.find(page.client[at]!, page.repository[at]!, page.agent[at]!);
      if (pusher < 0) continue;
      const time = page.seconds[at]! * 1000 + page.millis[at]!;
      if (hasBetween(times.byNumber[pusher]!, time - AFTER, time + BEFORE)) found.add(row);
    }
    return found;
  }

  /** When each address pushed to each repository with each agent, by their numbers in Traffic; ascending. */
  private timesByPusher(rows: Rows) {
    const pushes = this.holdAll();
    const clientOf = numbersOf(this.clients, (word) => this.keptClients.find(word));
    const repositoryOf = numbersOf(this.repositories, (word) => rows.repositories.findBytes(word));
    const agentOf = numbersOf(this.agents, (word) => rows.agents.findBytes(word));
    const isPusher = new Uint8Array(rows.clients.size);
    const pushers = new TripleNumbers();
    const byNumber: Milliseconds[][] = [];
    const add = ({ client, repository, agent, time }: Push) => {
      const [ofClient, ofRepository, ofAgent] = [
        clientOf[client]!,
        repositoryOf[repository]!,
        agentOf[agent]!,
      ];
      // Who pushed and asked for nothing that counts made no action.
      if (ofClient < 0 || ofRepository < 0 || ofAgent < 0) return;
      isPusher[ofClient] = 1;
      (byNumber[pushers.numberOf(ofClient, ofRepository, ofAgent)] ??= []).push(time);
    };
    pushes.forEach(add);
    for (const times of byNumber) times.sort((a, b) => a - b);
    return { pushers, byNumber, isPusher };
  }
}

/** Of each word, its number in another table; −1: it is not there. */
function numbersOf(words: WordTable, find: (word: Uint8Array) => number): Int32Array {
  return Int32Array.from({ length: words.size }, (_, word) => find(words.bytesOf(word)));
}

/** Whether any of the ascending times is from `first` to `last`. */
function hasBetween(times: readonly Milliseconds[], first: Milliseconds, last: Milliseconds): boolean {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! < first) low = middle + 1;
    else high = middle;
  }
  return low < times.length && times[low]! <= last;
}
