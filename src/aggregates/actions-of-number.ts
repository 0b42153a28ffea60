/**
 * Whether an action is among those that a number is of, whatever the page's filter hides. In: Traffic, and what the
 * number is of: a repository, a reference or a pattern of one, an address with its agent. Out: yes or no, by request.
 */
import { ActionFilter } from '../model/action-filter.ts';
import type { RepoType } from '../model/action-rows.ts';
import type { Filter } from '../model/filter.ts';
import { repoTypeOf } from '../model/repository-name.ts';
import type { RequestPage } from '../model/request-table.ts';
import { FLAG_DIGEST } from '../model/segment.ts';
import type { Traffic } from '../model/traffic.ts';
import type { WhyFigure, WhyScope } from '../model/why.ts';

const TYPES: { readonly [F in WhyFigure]?: RepoType } = {
  models: 'model',
  datasets: 'dataset',
  spaces: 'space',
};

export class ActionsOfNumber {
  private readonly name: number;
  /** The only one, of downloads; null: any. */
  private readonly type: RepoType | null;
  /** The one reference; -1: `patterns` tell. */
  private readonly reference: number;
  private readonly patterns: ActionFilter | null;

  constructor(
    private readonly traffic: Traffic,
    private readonly scope: WhyScope,
  ) {
    this.name = scope.repository?.index ?? -1;
    this.type = TYPES[scope.figure] ?? null;
    const { reference } = scope;
    this.reference = reference ? traffic.references.find(reference.text) : -1;
    this.patterns = reference && this.reference < 0 ? new ActionFilter(traffic, filterOf(reference)) : null;
  }

  holds(page: RequestPage, at: number): boolean {
    if (!this.isOfRepository(page, at) || !this.isOfSource(page, at) || !this.isOfType(page, at))
      return false;
    const { reference } = this.scope;
    if (!reference) return true;
    if (((page.flags[at]! & FLAG_DIGEST) !== 0) !== reference.isDigest) return false;
    if (!this.patterns) return page.reference[at] === this.reference;
    return (this.patterns.tags ?? this.patterns.digests!).byWord[page.reference[at]!] === 0;
  }

  isOfRepository(page: RequestPage, at: number): boolean {
    return this.scope.repository === null || this.traffic.nameOf[page.repository[at]!] === this.name;
  }

  private isOfType(page: RequestPage, at: number): boolean {
    const { names, nameOf } = this.traffic;
    return this.type === null || repoTypeOf(names.textOf(nameOf[page.repository[at]!]!)) === this.type;
  }

  isOfSource(page: RequestPage, at: number): boolean {
    const { source } = this.scope;
    return source === null || (page.client[at] === source.client && page.agent[at] === source.agent);
  }
}

function filterOf({ text, isDigest }: NonNullable<WhyScope['reference']>): Filter {
  const choice = { included: [text], excluded: [] };
  return isDigest ? { digest: choice } : { tag: choice };
}
