/**
 * A filter made ready for many rows. In: Traffic and a Filter. Out: for each word of the dictionaries the facets that
 * hide it, one bit a facet, so that a row costs a few look-ups and one can tell which facet hid it.
 */
import type { WordTable } from '../lib/word-table.ts';
import { matchesGlob } from '../lib/glob.ts';
import type { RowSet } from '../lib/row-set.ts';
import { digestOfAction } from './action-digest.ts';
import type { AddressColumns } from './address-columns.ts';
import { USES } from './agent-columns.ts';
import {
  ACTION_NAMES,
  type Choice,
  chosenFacets,
  type Facet,
  FACETS,
  type Filter,
  kindValue,
  NO_CHOICE,
  OWN_PUSH,
  splitClient,
} from './filter.ts';
import { readTypedName, repoNameOf, repoTypeOf, TYPE_MARKS } from './repository-name.ts';
import type { RequestPage } from './request-table.ts';
import { FLAG_DIGEST, FLAG_NO_CLIENT, NO_WORD } from './segment.ts';
import type { Traffic } from './traffic.ts';
import type { RequestIndex } from './units.ts';

/** Facets that hide something, one bit each: 1 << place in FACETS. */
export type HiddenBy = number;

export const bitOf = (facet: Facet): HiddenBy => 1 << FACETS.indexOf(facet);

/** Facets by word, and of a row that has none. */
export interface Masks {
  byWord: Uint16Array;
  none: HiddenBy;
}

export class ActionFilter {
  /** By ACTION_*; a request that is no action has none to be chosen by. */
  readonly byKind: Uint16Array;
  /** By number in Traffic.names, clients, agents and references; null when nothing of it is chosen. */
  readonly names: Masks | null;
  readonly clients: Masks | null;
  readonly agents: Masks | null;
  readonly tags: Masks | null;
  readonly digests: Masks | null;
  /** What hides HEADs that a push made, and what all other actions; null when nothing of it is chosen. */
  readonly pushes: { own: HiddenBy; others: HiddenBy; rows: RowSet } | null;

  constructor(
    private readonly traffic: Traffic,
    filter: Filter,
  ) {
    const chosen = new Set(chosenFacets(filter));
    const choice = (facet: Facet) => (chosen.has(facet) ? filter[facet]! : null);
    const ofText = (facet: Facet, words: WordTable) => {
      const wish = choice(facet);
      return wish && masksOf(facet, passingPatterns(words, wish), wish);
    };
    const kinds = choice('action') ?? NO_CHOICE;
    this.byKind = Uint16Array.from(ACTION_NAMES, (name) =>
      name === '' || passes(kinds, name) ? 0 : bitOf('action'),
    );
    this.names = merged(nameMasks(traffic.names, choice));
    this.tags = ofText('tag', traffic.references);
    this.digests = ofText('digest', traffic.references);
    this.agents = merged(agentMasks(traffic, choice));
    this.clients = merged(addressMasks(traffic, choice));
    const push = choice('push');
    const ifHidden = (value: string) => (passes(push!, value) ? 0 : bitOf('push'));
    this.pushes = push && { own: ifHidden(OWN_PUSH), others: ifHidden(''), rows: traffic.ownPushes() };
  }

  /** Facets that hide the action that began with this row; 0: it is shown. */
  hides(page: RequestPage, at: number, row: RequestIndex): HiddenBy {
    const { names, clients, agents, tags, digests, pushes } = this;
    let hidden = this.byKind[page.action[at]!]!;
    if (names) hidden |= names.byWord[this.traffic.nameOf[page.repository[at]!]!]!;
    if (agents) hidden |= agents.byWord[page.agent[at]!]!;
    if (clients)
      hidden |= page.flags[at]! & FLAG_NO_CLIENT ? clients.none : clients.byWord[page.client[at]!]!;
    if (tags) hidden |= page.flags[at]! & FLAG_DIGEST ? tags.none : tags.byWord[page.reference[at]!]!;
    if (digests) {
      const digest = digestOfAction(this.traffic.table, row);
      hidden |= digest === NO_WORD ? digests.none : digests.byWord[digest]!;
    }
    if (pushes) hidden |= pushes.rows.has(row) ? pushes.own : pushes.others;
    return hidden;
  }
}

/** null when every action passes. */
export function actionFilter(traffic: Traffic, filter: Filter): ActionFilter | null {
  return chosenFacets(filter).length > 0 ? new ActionFilter(traffic, filter) : null;
}

function passes({ included, excluded }: Choice, value: string): boolean {
  return (included.length === 0 || included.includes(value)) && !excluded.includes(value);
}

/** What of a dictionary's words values are looked for in. */
interface Wanted {
  /** The words that a value may be. */
  words(value: string): string[];
  /** Whether a word may be what a pattern stands for. */
  fits(pattern: string, word: string): boolean;
}

const TEXTS: Wanted = { words: (value) => [value], fits: matchesGlob };

/** A name may be of any type, unless the value says which. */
const NAMES: Wanted = {
  words: (value) => {
    const { type, name } = readTypedName(value);
    return TYPE_MARKS.map((mark) => mark + name).filter((word) => type === null || repoTypeOf(word) === type);
  },
  fits: (pattern, word) => {
    const { type, name } = readTypedName(pattern);
    return (type === null || repoTypeOf(word) === type) && matchesGlob(name, repoNameOf(word));
  },
};

/** 1 for each word that passes; values are patterns with * and ?. */
function passingPatterns(
  words: WordTable,
  { included, excluded }: Choice,
  wanted: Wanted = TEXTS,
): Uint8Array {
  const passing = new Uint8Array(words.size).fill(included.length === 0 ? 1 : 0);
  mark(words, wanted, included, passing, 1);
  mark(words, wanted, excluded, passing, 0);
  return passing;
}

function mark(
  words: WordTable,
  wanted: Wanted,
  values: readonly string[],
  marks: Uint8Array,
  as: 0 | 1,
): void {
  const patterns = values.filter((value) => /[*?]/.test(value));
  for (const each of values.flatMap((value) => wanted.words(value))) {
    const word = words.find(each);
    if (word >= 0) marks[word] = as;
  }
  if (patterns.length === 0) return;
  // Not WordTable.textOf, which keeps the text: there may be a million references.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for (let word = 0; word < words.size; word++) {
    if (marks[word] === as) continue;
    const text = decoder.decode(words.bytesOf(word));
    if (patterns.some((pattern) => wanted.fits(pattern, text))) marks[word] = as;
  }
}

function nameMasks(names: WordTable, choice: (facet: Facet) => Choice | null): Masks[] {
  const name = choice('repository');
  const type = choice('repositoryType');
  return [
    ...(name ? [masksOf('repository', passingPatterns(names, name, NAMES), name)] : []),
    ...(type ? [masksOf('repositoryType', passingWords(names, type, repoTypeOf), type)] : []),
  ];
}

/** Facts of words that are no patterns. */
function passingWords(words: WordTable, choice: Choice, valueOf = (word: string) => word): Uint8Array {
  return Uint8Array.from({ length: words.size }, (_, word) =>
    passes(choice, valueOf(words.textOf(word))) ? 1 : 0,
  );
}

function masksOf(facet: Facet, passing: Uint8Array, choice: Choice): Masks {
  const bit = bitOf(facet);
  const byWord = new Uint16Array(passing.length);
  // There may be a million: no call for each.
  for (let word = 0; word < byWord.length; word++) if (passing[word] === 0) byWord[word] = bit;
  return {
    byWord,
    none: passes(choice, '') ? 0 : bit,
  };
}

type ChoiceOf = (facet: Facet) => Choice | null;

function agentMasks(traffic: Traffic, choiceOf: ChoiceOf): Masks[] {
  const found: Masks[] = [];
  const { size } = traffic.agents;
  const client = choiceOf('client');
  if (client) found.push(masksOf('client', passingClients(traffic, client), client));
  const use = choiceOf('use');
  if (use) {
    const { useOf } = traffic.describeAgents();
    const passing = USES.map((each) => (passes(use, each) ? 1 : 0));
    found.push(
      masksOf(
        'use',
        Uint8Array.from({ length: size }, (_, agent) => passing[useOf[agent]!]!),
        use,
      ),
    );
  }
  return found;
}

function passingClients(traffic: Traffic, { included, excluded }: Choice): Uint8Array {
  const { tools, versions, toolOf, versionOf } = traffic.describeAgents();
  const passing = new Uint8Array(traffic.agents.size).fill(included.length === 0 ? 1 : 0);
  const fill = (values: readonly string[], as: 0 | 1) => {
    const wholeTools = new Uint8Array(tools.size);
    /** Tool and version in one number. */
    const pairs = new Set<number>();
    for (const { tool, version } of values.map(splitClient)) {
      const [toolWord, versionWord] = [tools.find(tool), version === undefined ? -1 : versions.find(version)];
      if (toolWord < 0) continue;
      if (version === undefined) wholeTools[toolWord] = 1;
      else if (versionWord >= 0) pairs.add(toolWord * versions.size + versionWord);
    }
    for (let agent = 0; agent < passing.length; agent++) {
      const tool = toolOf[agent]!;
      if (wholeTools[tool] || (pairs.size > 0 && pairs.has(tool * versions.size + versionOf[agent]!)))
        passing[agent] = as;
    }
  };
  fill(included, 1);
  fill(excluded, 0);
  return passing;
}

function addressMasks(traffic: Traffic, choiceOf: ChoiceOf): Masks[] {
  const facets: [Facet, (columns: AddressColumns) => [WordTable, Uint32Array]][] = [
    ['country', ({ countries, countryOf }) => [countries, countryOf]],
    ['cloud', ({ hosts, hostOf }) => [hosts, hostOf]],
    ['networkType', ({ types, typeOf }) => [types, typeOf]],
    ['ownNetwork', ({ networks, networkOf }) => [networks, networkOf]],
  ];
  return facets.flatMap(([facet, columnsOf]) => {
    const choice = choiceOf(facet);
    if (!choice) return [];
    const columns = traffic.describeAddresses();
    const [words, wordOf] = columnsOf(columns);
    const passing = passingWords(words, choice);
    // Where no word is known, the sort of address is the value; the user's own names stand for themselves.
    const passingKinds = facet === 'ownNetwork' ? null : passingWords(columns.kinds, choice, kindValue);
    const unknown = words.find('');
    const ofAddress = (_: unknown, client: number) => {
      const word = wordOf[client]!;
      return passingKinds && word === unknown ? passingKinds[columns.kindOf[client]!]! : passing[word]!;
    };
    return [masksOf(facet, Uint8Array.from({ length: traffic.clients.size }, ofAddress), choice)];
  });
}

/** Masks of one dictionary as one. */
function merged(masks: Masks[]): Masks | null {
  const [first, ...rest] = masks;
  for (const { byWord, none } of rest) {
    first!.none |= none;
    for (let word = 0; word < byWord.length; word++) first!.byWord[word]! |= byWord[word]!;
  }
  return first ?? null;
}
