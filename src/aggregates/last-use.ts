/**
 * When each repository and tag was pulled last, in all of the data. In: Traffic and a filter. Out: LastUse, rows sorted
 * by name, a repository before its tags. A pull by digest counts for every tag that was seen to stand for the digest:
 * whoever deletes by this list must not take away what somebody has pinned.
 */
import { TripleNumbers } from '../lib/triple-numbers.ts';
import { actionFilter } from '../model/action-filter.ts';
import { digestOfAction } from '../model/action-digest.ts';
import { clientValue, type Filter } from '../model/filter.ts';
import type { LastUse } from '../model/last-use.ts';
import { ACTION_NONE, ACTION_VERSION_CHECK, PAGE_MASK, PAGE_SHIFT } from '../model/request-table.ts';
import { FLAG_DIGEST, NO_WORD } from '../model/segment.ts';
import { repoNameOf, repoTypeOf } from '../model/repository-name.ts';
import type { Traffic } from '../model/traffic.ts';

/** What is known of a repository or tag while rows go by in the order of time. */
class Uses {
  readonly pulls: number[] = [];
  readonly versionChecks: number[] = [];
  readonly lastPull: number[] = [];
  readonly lastAction: number[] = [];
  /** Agent behind the last pull; while there is none, behind the last action. */
  readonly agent: number[] = [];

  note(number: number, isPull: boolean, time: number, agent: number): void {
    if (number === this.pulls.length) {
      this.pulls.push(0);
      this.versionChecks.push(0);
      this.lastPull.push(NaN);
      this.lastAction.push(NaN);
      this.agent.push(agent);
    }
    if (isPull) {
      this.pulls[number]!++;
      this.lastPull[number] = time;
    } else this.versionChecks[number]!++;
    this.lastAction[number] = time;
    if (isPull || Number.isNaN(this.lastPull[number]!)) this.agent[number] = agent;
  }
}

export function lastUse(traffic: Traffic, filter: Filter): LastUse {
  const { table, order, length, nameOf } = traffic;
  const hiding = actionFilter(traffic, filter);
  /** A repository is numbered with NO_WORD in place of a tag. */
  const numbers = new TripleNumbers();
  const uses = new Uses();
  const tagsOfDigest = tagsByDigest(traffic);
  for (let place = 0; place < length; place++) {
    const row = order[place]!;
    const page = table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    const action = page.action[at]!;
    if (action === ACTION_NONE || (hiding && hiding.hides(page, at, row) !== 0)) continue;
    const name = nameOf[page.repository[at]!]!;
    const isPull = action !== ACTION_VERSION_CHECK;
    const time = page.seconds[at]! * 1000 + page.millis[at]!;
    const agent = page.agent[at]!;
    uses.note(numbers.numberOf(name, NO_WORD, 0), isPull, time, agent);
    const reference = page.reference[at]!;
    const tags = page.flags[at]! & FLAG_DIGEST ? (tagsOfDigest.get(name)?.get(reference) ?? []) : [reference];
    for (const tag of tags) uses.note(numbers.numberOf(name, tag, 0), isPull, time, agent);
  }
  return asColumns(traffic, numbers, uses);
}

/** By repository and digest: the tags that requests showed to stand for it, whatever is filtered. */
function tagsByDigest(traffic: Traffic): Map<number, Map<number, number[]>> {
  const { table, order, length, nameOf } = traffic;
  const found = new Map<number, Map<number, number[]>>();
  for (let place = 0; place < length; place++) {
    const row = order[place]!;
    const page = table.pages[row >>> PAGE_SHIFT]!;
    const at = row & PAGE_MASK;
    if (page.action[at] === ACTION_NONE || page.flags[at]! & FLAG_DIGEST) continue;
    const digest = digestOfAction(table, row);
    if (digest === NO_WORD) continue;
    const name = nameOf[page.repository[at]!]!;
    let digests = found.get(name);
    if (!digests) found.set(name, (digests = new Map()));
    const tag = page.reference[at]!;
    const tags = digests.get(digest);
    if (!tags) digests.set(digest, [tag]);
    else if (!tags.includes(tag)) tags.push(tag);
  }
  return found;
}

function asColumns(traffic: Traffic, numbers: TripleNumbers, uses: Uses): LastUse {
  const [nameOf, tagOf] = numbers.columns();
  const { tools, versions, toolOf, versionOf } = traffic.describeAgents();
  const nameTexts = new Map<number, string>();
  const nameAt = (number: number) => {
    const word = nameOf[number]!;
    let text = nameTexts.get(word);
    if (text === undefined) nameTexts.set(word, (text = traffic.names.textOf(word)));
    return text;
  };
  const tagTexts = Array.from(tagOf, (tag) => (tag === NO_WORD ? null : traffic.references.textOf(tag)));
  const clientOf = (agent: number) => {
    const tool = tools.textOf(toolOf[agent]!);
    return tool === ''
      ? traffic.agents.textOf(agent)
      : clientValue(tool, versions.textOf(versionOf[agent]!)).trimEnd();
  };
  const sorted = Array.from(nameOf, (_, number) => number).sort(
    (a, b) =>
      compare(nameAt(a), nameAt(b)) ||
      // A repository stands before its tags.
      Number(tagTexts[a] !== null) - Number(tagTexts[b] !== null) ||
      compare(tagTexts[a] ?? '', tagTexts[b] ?? ''),
  );
  return {
    length: sorted.length,
    names: sorted.map((number) => repoNameOf(nameAt(number))),
    types: sorted.map((number) => repoTypeOf(nameAt(number))),
    tags: sorted.map((number) => tagTexts[number]!),
    pulls: Uint32Array.from(sorted, (number) => uses.pulls[number]!),
    versionChecks: Uint32Array.from(sorted, (number) => uses.versionChecks[number]!),
    lastPull: Float64Array.from(sorted, (number) => uses.lastPull[number]!),
    lastAction: Float64Array.from(sorted, (number) => uses.lastAction[number]!),
    lastClients: sorted.map((number) => clientOf(uses.agent[number]!)),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
