/**
 * When each repository and tag was pulled last, in all of the data. In: Traffic, its index and a filter. Out: LastUse,
 * rows sorted by name, a repository before its tags. A pull by digest counts for every tag that was seen to stand for the
 * digest: whoever deletes by this list must not take away what somebody has pinned.
 */
import { actionFilter } from '../model/action-filter.ts';
import { clientValue, type Filter } from '../model/filter.ts';
import { type LastUse, WHOLE_REPOSITORY } from '../model/last-use.ts';
import { repoNameOf, repoTypeOf } from '../model/repository-name.ts';
import type { Traffic } from '../model/traffic.ts';
import type { ActionIndex } from './action-index.ts';
import { EntryFilter } from './entry-filter.ts';
import { type KnownReferences, knownReferences } from './known-references.ts';
import { UseCounter } from './use-counter.ts';

/** For one index; what does not depend on a filter is kept. */
export class LastUses {
  private known: KnownReferences | null = null;

  constructor(private readonly index: ActionIndex) {}

  of(traffic: Traffic, filter: Filter): LastUse {
    const { index } = this;
    const known = (this.known ??= knownReferences(traffic, index));
    const { names, references, startsOf, isDigest } = known;
    const chosen = actionFilter(traffic, filter);
    const uses = new UseCounter(traffic, index, known, chosen && new EntryFilter(index, traffic, chosen));
    const rows = new Rows(traffic, index);
    for (let i = 0; i < names.length; i++) {
      const name = names[i]!;
      if (!uses.count(name)) continue;
      rows.push(name, WHOLE_REPOSITORY, uses.sum(name));
      uses.addDigests(name);
      for (let at = startsOf[name]!; at < startsOf[name + 1]!; at++) {
        const reference = references[at]!;
        if (isDigest[reference] === 0) rows.push(name, reference, uses.of(reference));
      }
      uses.clear(name);
    }
    return rows.finish();
  }
}

class Rows {
  private readonly nameOf: number[] = [];
  private readonly tagOf: number[] = [];
  private readonly pulls: number[] = [];
  private readonly versionChecks: number[] = [];
  private readonly lastPull: number[] = [];
  private readonly lastAction: number[] = [];
  /** Agents behind the last pull, else behind the last action. */
  private readonly agentOf: number[] = [];

  constructor(
    private readonly traffic: Traffic,
    private readonly index: ActionIndex,
  ) {}

  /** tag: a reference, or WHOLE_REPOSITORY. */
  push(name: number, tag: number, use: Uint32Array): void {
    const [pulls, lastPull, checks, lastCheck] = [use[0]!, use[1]!, use[2]!, use[3]!];
    if (pulls + checks === 0) return;
    const { groupsOf, group, source, agent } = this.index;
    const told = pulls > 0 ? lastPull : lastCheck;
    this.nameOf.push(name);
    this.tagOf.push(tag);
    this.pulls.push(pulls);
    this.versionChecks.push(checks);
    this.lastPull.push(pulls > 0 ? this.timeOf(lastPull) : NaN);
    this.lastAction.push(this.timeOf(Math.max(lastPull, lastCheck)));
    this.agentOf.push(agent[source[groupsOf[name]! + group[told]!]!]!);
  }

  finish(): LastUse {
    const { names, references, agents } = this.traffic;
    const { tools, versions, toolOf, versionOf } = this.traffic.describeAgents();
    const ofName = distinct(this.nameOf, names.size);
    const ofTag = distinct(this.tagOf, references.size);
    const ofClient = distinct(this.agentOf, agents.size);
    return {
      length: this.nameOf.length,
      names: ofName.words.map((name) => repoNameOf(names.textOf(name))),
      types: ofName.words.map((name) => repoTypeOf(names.textOf(name))),
      tags: ofTag.words.map((tag) => references.textOf(tag)),
      clients: ofClient.words.map((agent) => {
        const tool = tools.textOf(toolOf[agent]!);
        if (tool === '') return agents.textOf(agent);
        return clientValue(tool, versions.textOf(versionOf[agent]!)).trimEnd();
      }),
      nameOf: ofName.places,
      tagOf: ofTag.places,
      clientOf: ofClient.places,
      pulls: Uint32Array.from(this.pulls),
      versionChecks: Uint32Array.from(this.versionChecks),
      lastPull: Float64Array.from(this.lastPull),
      lastAction: Float64Array.from(this.lastAction),
    };
  }

  private timeOf(entry: number): number {
    const { table, order } = this.traffic;
    return table.time(order[this.index.places[entry]!]!);
  }
}

/** The words of a column that are below a number, each once, and the column with their places; others stay. */
function distinct(column: number[], below: number): { words: number[]; places: Uint32Array } {
  /** By word: one more than its place. */
  const placeOf = new Uint32Array(below);
  const words: number[] = [];
  const places = Uint32Array.from(column);
  for (let row = 0; row < column.length; row++) {
    const word = column[row]!;
    if (word >= below) continue;
    if (placeOf[word] === 0) placeOf[word] = words.push(word);
    places[row] = placeOf[word]! - 1;
  }
  return { words, places };
}
