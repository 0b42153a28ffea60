/**
 * What each repository was asked for, whatever is filtered. In: Traffic and its index of actions. Out: repositories and
 * their tags in the order of their texts, digests, and which tags were seen to stand for which digest. It is made when
 * first asked for, and good as long as the index.
 */
import { TripleNumbers } from '../lib/triple-numbers.ts';
import { ACTION_NONE } from '../model/request-table.ts';
import type { Traffic } from '../model/traffic.ts';
import type { ActionIndex } from './action-index.ts';
import { digestsOf } from './entry-filter.ts';
import { DIGEST_BIT, KIND_MASK } from './packed-kinds.ts';

export interface KnownReferences {
  /** Names that have an action, in the order of their texts. */
  names: Uint32Array;
  /** By name: its references are [startsOf[name], startsOf[name + 1]), tags in the order of their texts, then digests. */
  startsOf: Uint32Array;
  /** Numbers in Traffic.references. */
  references: Uint32Array;
  /** By number in Traffic.references: 1 for a digest. */
  isDigest: Uint8Array;
  /** By name: pairs of a tag and a digest that it stood for are [pairsOf[name], pairsOf[name + 1]). */
  pairsOf: Uint32Array;
  tag: Uint32Array;
  digest: Uint32Array;
}

export function knownReferences(traffic: Traffic, index: ActionIndex): KnownReferences {
  const { names, references } = traffic;
  const isDigest = new Uint8Array(references.size);
  const startsOf = new Uint32Array(names.size + 1);
  const all = new Uint32Array(index.kinds.length);
  const seen = new Uint32Array(references.size);
  for (let name = 0; name < names.size; name++) {
    startsOf[name + 1] = takeDistinct(index, name, seen, isDigest, all, startsOf[name]!);
  }
  const distinct = all.slice(0, startsOf[names.size]);
  sortByText(traffic, startsOf, distinct, isDigest);
  const used = Array.from({ length: names.size }, (_, name) => name).filter(
    (name) => startsOf[name + 1]! > startsOf[name]!,
  );
  const sorted = { names: sortedByText(used, names), startsOf, references: distinct };
  return { ...sorted, isDigest, ...pairsOfTags(traffic, index) };
}

/** Writes what a name was asked for to all[at] and so on; answers the end. seen: by reference, one more than a name. */
function takeDistinct(
  { entriesOf, kinds, references }: ActionIndex,
  name: number,
  seen: Uint32Array,
  isDigest: Uint8Array,
  all: Uint32Array,
  at: number,
): number {
  for (let i = entriesOf[name]!; i < entriesOf[name + 1]!; i++) {
    const reference = references[i]!;
    if (seen[reference] === name + 1 || (kinds[i]! & KIND_MASK) === ACTION_NONE) continue;
    seen[reference] = name + 1;
    if (kinds[i]! & DIGEST_BIT) isDigest[reference] = 1;
    all[at++] = reference;
  }
  return at;
}

/** Each text is compared once for all names; in each, numbers are sorted. */
function sortByText(
  { references }: Traffic,
  startsOf: Uint32Array,
  all: Uint32Array,
  isDigest: Uint8Array,
): void {
  const isUsed = new Uint8Array(references.size);
  for (let i = 0; i < all.length; i++) isUsed[all[i]!] = 1;
  const [tags, digests]: [number[], number[]] = [[], []];
  for (let word = 0; word < isUsed.length; word++)
    if (isUsed[word] !== 0) (isDigest[word] === 0 ? tags : digests).push(word);
  const inOrder = Uint32Array.from([...sortedByText(tags, references), ...digests]);
  const rank = new Uint32Array(references.size);
  for (let i = 0; i < inOrder.length; i++) rank[inOrder[i]!] = i;
  for (let i = 0; i < all.length; i++) all[i] = rank[all[i]!]!;
  for (let name = 0; name + 1 < startsOf.length; name++)
    all.subarray(startsOf[name], startsOf[name + 1]).sort();
  for (let i = 0; i < all.length; i++) all[i] = inOrder[all[i]!]!;
}

function sortedByText(words: number[], table: { textOf(word: number): string }): Uint32Array {
  const texts = words.map((word) => ({ word, text: table.textOf(word) }));
  texts.sort((a, b) => (a.text < b.text ? -1 : 1));
  return Uint32Array.from(texts, ({ word }) => word);
}

/** A tag stands for the digest that an action by it came to. */
function pairsOfTags(
  traffic: Traffic,
  index: ActionIndex,
): Pick<KnownReferences, 'pairsOf' | 'tag' | 'digest'> {
  const { entriesOf, kinds, references } = index;
  const digests = digestsOf(index, traffic);
  const pairsOf = new Uint32Array(entriesOf.length);
  const known = new TripleNumbers();
  /** By tag: one more than the name, and the digest, that it was met with last: they most often come again. */
  const metIn = new Uint32Array(traffic.references.size);
  const met = new Uint32Array(traffic.references.size);
  for (let name = 0; name + 1 < entriesOf.length; name++) {
    for (let i = entriesOf[name]!; i < entriesOf[name + 1]!; i++) {
      // One more than the digest; 0: none is known.
      const digest = digests[i]!;
      const tag = references[i]!;
      if (digest === 0 || (met[tag] === digest && metIn[tag] === name + 1)) continue;
      if ((kinds[i]! & DIGEST_BIT) !== 0 || (kinds[i]! & KIND_MASK) === ACTION_NONE) continue;
      metIn[tag] = name + 1;
      met[tag] = digest;
      known.numberOf(name, tag, digest - 1);
    }
    pairsOf[name + 1] = known.size;
  }
  const [, tag, digest] = known.columns();
  return { pairsOf, tag, digest };
}
