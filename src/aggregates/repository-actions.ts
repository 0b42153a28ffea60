/**
 * The actions of one repository. In: Traffic, its index, the repository, a span and a filter. Out: entries of the index
 * in the order of time; and numbers of its own for what was asked for and for who asked, small enough to count by.
 */
import { firstPlace } from '../lib/first-place.ts';
import { actionFilter } from '../model/action-filter.ts';
import type { Filter } from '../model/filter.ts';
import { NO_WORD } from '../model/segment.ts';
import { rangeOfSpan } from '../model/time-range.ts';
import type { Traffic } from '../model/traffic.ts';
import type { RepositoryIndex } from '../model/units.ts';
import type { DaySpan } from '../model/view.ts';
import type { ActionIndex } from './action-index.ts';
import { EntryFilter } from './entry-filter.ts';
import { ShownEntries } from './shown-entries.ts';
import { DIGEST_BIT } from './packed-kinds.ts';

export interface RepositoryActions {
  /** Without a filter, of all time. */
  all: Uint32Array;
  /** With the filter, of all time. */
  ofAllDays: Uint32Array;
  /** Those of the span. */
  shown: Uint32Array;
  /** Of `all`, in the order in which they came. */
  references: RepositoryReferences;
  sources: RepositorySources;
}

export interface RepositoryReferences {
  count: number;
  /** By number in Traffic.references: the own number; nothing for others. */
  own: Uint32Array;
  /** By own number: the number in Traffic.references, the first entry, and 1 for a digest. */
  word: Uint32Array;
  first: Uint32Array;
  isDigest: Uint8Array;
}

export interface RepositorySources {
  groups: number;
  /** By group of the repository: numbers in Traffic.clients (NO_WORD: no usable address) and agents. */
  client: Uint32Array;
  agent: Uint32Array;
  /** By group: the own number of its address; those without one have the last, which is `addresses`. */
  address: Uint32Array;
  addresses: number;
}

export function actionsOfRepository(
  traffic: Traffic,
  index: ActionIndex,
  repository: RepositoryIndex,
  span: DaySpan,
  filter: Filter,
): RepositoryActions {
  const chosen = actionFilter(traffic, filter);
  const hiding = chosen && new EntryFilter(index, traffic, chosen);
  const all = new ShownEntries(index, null).of(repository, 0, traffic.length);
  const ofAllDays = hiding ? new ShownEntries(index, hiding).of(repository, 0, traffic.length) : all;
  const [from, to] = rangeOfSpan(traffic, span);
  const entriesBefore = (place: number) =>
    firstPlace(ofAllDays.length, (i) => index.places[ofAllDays[i]!]! >= place);
  const shown = ofAllDays.subarray(entriesBefore(from), entriesBefore(to));
  return {
    ...{ all, ofAllDays, shown },
    references: referencesOf(index, all, new Uint32Array(traffic.references.size)),
    sources: sourcesOf(index, repository),
  };
}

/** own: by number in Traffic.references, nothing but 0. */
export function referencesOf(
  index: ActionIndex,
  entries: Uint32Array,
  own: Uint32Array,
): RepositoryReferences {
  const { references, kinds } = index;
  const most = Math.min(own.length, entries.length);
  const [word, first] = [new Uint32Array(most), new Uint32Array(most)];
  const isDigest = new Uint8Array(most);
  let count = 0;
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i]!;
    const reference = references[entry]!;
    // One more than the number, while 0 is none.
    if (own[reference] !== 0) continue;
    word[count] = reference;
    first[count] = entry;
    isDigest[count] = kinds[entry]! & DIGEST_BIT ? 1 : 0;
    own[reference] = ++count;
  }
  for (let i = 0; i < count; i++) own[word[i]!]!--;
  return { count, own, word, first, isDigest };
}

export function sourcesOf(index: ActionIndex, repository: RepositoryIndex): RepositorySources {
  const [from, to] = [index.groupsOf[repository]!, index.groupsOf[repository + 1]!];
  const clients = index.source.subarray(from, to).map((source) => index.client[source]!);
  const agent = index.source.subarray(from, to).map((source) => index.agent[source]!);
  const address = new Uint32Array(to - from);
  let addresses = 0;
  // Groups of one address stand together, those without one last.
  for (let group = 0; group < address.length; group++) {
    if (clients[group] === NO_WORD) address[group] = addresses;
    else address[group] = clients[group] === clients[group - 1] ? addresses - 1 : addresses++;
  }
  return { groups: to - from, client: clients, agent, address, addresses };
}
