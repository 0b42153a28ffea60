/**
 * From requests for files of a hub to downloads: spec/classification.md, section 7, quoted below.
 * In: rows of a RequestTable in time order, one at a time. Out: the `action` and `next` columns.
 *
 *  model: each GET or HEAD of a counted file is one download.
 *  dataset and space: all requests of one client for one repository within a fixed window of 300 s from the first are
 *  one download.
 */
import { TripleNumbers } from '../lib/triple-numbers.ts';
import type { WordTable } from '../lib/word-table.ts';
import type { CountingRules } from '../model/counting-rules.ts';
import { countedFiles, DEFAULT_QUERY, type FileQuery } from '../model/file-query.ts';
import { repoNameOf, repoTypeOf } from '../model/repository-name.ts';
import {
  ACTION_DOWNLOAD,
  FLAG_CHAIN_HAS_GET,
  PAGE_MASK,
  PAGE_SHIFT,
  type RequestPage,
  type RequestTable,
} from '../model/request-table.ts';
import { FLAG_GET, FLAG_NO_CLIENT } from '../model/segment.ts';
import type { Milliseconds, RequestIndex } from '../model/units.ts';

const HUB_WINDOW: Milliseconds = 300_000;

/** What tells rows of hubs from those of registries, and what they ask for. */
export interface HubWords {
  /** Whether any row is one of a hub. */
  readonly hasFiles: boolean;
  /** By number of a repository: 0 image, 1 model, 2 dataset, 3 space. */
  readonly hubTypes: Uint8Array;
  /** By number of a repository, its number in `names`. */
  readonly nameOf: Uint32Array;
  readonly names: WordTable;
  /** Of hubs `<rev>:<path>`. */
  readonly references: WordTable;
}

const MODEL = 1;
/** Whether a reference counts: not asked yet, yes, no. */
const COUNTS = 1;
const COUNTS_NOT = 2;

interface CountedFiles {
  query: FileQuery;
  /** By reference. */
  known: Uint8Array;
}

export class HubFileCounter {
  /** Requests that are no part of a download, by file. */
  readonly uncounted = new Map<number, number>();
  private readonly byDefault: CountedFiles = newFiles(DEFAULT_QUERY);
  /** By full name. */
  private readonly own: Map<string, CountedFiles>;
  /** By number in `names`. */
  private readonly filesOf: CountedFiles[] = [];
  private readonly groups = new TripleNumbers();
  /** By group: when its window began, that window's first row and its last one. */
  private begun = new Float64Array(1024).fill(-Infinity);
  private first = new Uint32Array(1024);
  private last = new Uint32Array(1024);

  constructor(
    private readonly table: RequestTable,
    private readonly words: HubWords,
    private readonly rules: CountingRules,
  ) {
    this.own = new Map(rules.countedFiles.map(([name, query]) => [name, newFiles(query)]));
  }

  /** Takes the next request in time order; answers whether a download begins with it. */
  push(row: RequestIndex, page: RequestPage, at: number): boolean {
    const flags = page.flags[at]!;
    const repository = page.repository[at]!;
    const isModel = this.words.hubTypes[repository] === MODEL;
    const isGet = (flags & FLAG_GET) !== 0;
    if (
      (!isGet && !this.rules.countHubHeads) ||
      (isModel && !this.countsFile(repository, page.reference[at]!))
    ) {
      const file = this.table.fileOf(row);
      this.uncounted.set(file, (this.uncounted.get(file) ?? 0) + 1);
      return false;
    }
    const isOnItsOwn = isModel || (flags & FLAG_NO_CLIENT) !== 0;
    if (!isOnItsOwn && this.joins(row, page, at, isGet)) return false;
    page.action[at] = ACTION_DOWNLOAD;
    return true;
  }

  /** Whether the request belongs to a window that has begun; else one begins with it. */
  private joins(row: RequestIndex, page: RequestPage, at: number, isGet: boolean): boolean {
    const agent = this.rules.separateByAgent ? page.agent[at]! : 0;
    const group = this.groups.numberOf(page.client[at]!, page.repository[at]!, agent);
    if (group >= this.begun.length) this.grow();
    const time = page.seconds[at]! * 1000 + page.millis[at]!;
    if (!(time - this.begun[group]! < HUB_WINDOW)) {
      this.begun[group] = time;
      this.first[group] = this.last[group] = row;
      return false;
    }
    const last = this.last[group]!;
    this.table.pages[last >>> PAGE_SHIFT]!.next[last & PAGE_MASK] = row;
    this.last[group] = row;
    const first = this.first[group]!;
    if (isGet) this.table.pages[first >>> PAGE_SHIFT]!.flags[first & PAGE_MASK]! |= FLAG_CHAIN_HAS_GET;
    return true;
  }

  private countsFile(repository: number, reference: number): boolean {
    const name = this.words.nameOf[repository]!;
    const files = (this.filesOf[name] ??= this.filesFor(name));
    if (reference >= files.known.length) {
      const grown = new Uint8Array(Math.max(reference + 1, files.known.length * 2));
      grown.set(files.known);
      files.known = grown;
    }
    if (files.known[reference] === 0) {
      const text = this.words.references.textOf(reference);
      const path = text.slice(text.indexOf(':') + 1);
      // A query that cannot be read counts nothing more than what always counts: the page does not let one in.
      const counts = 'matches' in files.query && files.query.matches(path);
      files.known[reference] = counts ? COUNTS : COUNTS_NOT;
    }
    return files.known[reference] === COUNTS;
  }

  private filesFor(name: number): CountedFiles {
    const word = this.words.names.textOf(name);
    return (repoTypeOf(word) === 'model' && this.own.get(repoNameOf(word))) || this.byDefault;
  }

  private grow(): void {
    const [begun, first, last] = [this.begun, this.first, this.last];
    this.begun = new Float64Array(begun.length * 2).fill(-Infinity);
    this.first = new Uint32Array(begun.length * 2);
    this.last = new Uint32Array(begun.length * 2);
    this.begun.set(begun);
    this.first.set(first);
    this.last.set(last);
  }
}

function newFiles(query: string): CountedFiles {
  return { query: countedFiles(query), known: new Uint8Array(256) };
}
