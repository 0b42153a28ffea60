/** What a filter shows and a breakdown counts, slow and obvious: over a list of actions, with strings and sets. */
import { DEFAULT_USE_RULES } from '../../src/clients/default-use-rules.ts';
import { describeClient } from '../../src/clients/describe-client.ts';
import { parseUseRules } from '../../src/clients/use-rules.ts';
import { type Facet, FACETS, type Filter } from '../../src/model/filter.ts';
import type { Facts } from './address-facts.ts';
import { guessUse } from './guess-use.ts';
import type { ReadAction } from './read-logs.ts';

const { rules } = parseUseRules(DEFAULT_USE_RULES);

/** All values of an action by which it can be chosen, the most exact one last. */
export function valuesOf(action: ReadAction, facet: Facet, factsOf: Record<string, Facts>): string[] {
  const facts = action.client === 'unknown' ? {} : (factsOf[action.client] ?? {});
  const client = describeClient(action.agent);
  const kind = facts.kind ? `(${facts.kind})` : '';
  switch (facet) {
    case 'repository':
      return [action.name];
    case 'repositoryType':
      return [action.repoType];
    case 'tag':
      return [action.tag];
    case 'digest':
      return [action.digest];
    case 'action':
      return [action.action];
    case 'client':
      return [client.tool, `${client.tool} ${client.version}`];
    case 'use':
      return [guessUse(rules, client, action.agent)];
    case 'country':
      return [facts.country || kind];
    case 'cloud':
      return [facts.host || kind];
    case 'networkType':
      return [facts.type || kind];
    case 'ownNetwork':
      return [facts.network ?? ''];
    case 'push':
      // The logs of these tests hold no pushes (own-pushes.test.ts has them).
      return [''];
  }
}

const fits = (pattern: string, value: string) =>
  pattern === value ||
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'su',
  ).test(value);

/** Facets that hide an action. */
export function hiddenBy(action: ReadAction, filter: Filter, factsOf: Record<string, Facts>): Facet[] {
  return FACETS.filter((facet) => {
    const values = valuesOf(action, facet, factsOf);
    const isAmong = (chosen: readonly string[]) =>
      chosen.some((each) =>
        values.some((value) =>
          ['repository', 'tag', 'digest'].includes(facet) ? fits(each, value) : each === value,
        ),
      );
    const { included = [], excluded = [] } = filter[facet] ?? {};
    return (included.length > 0 && !isAmong(included)) || isAmong(excluded);
  });
}

/** Pulls and version checks by value, of actions. */
export function countValues(
  actions: ReadAction[],
  valueOf: (action: ReadAction) => string,
): Record<string, [pulls: number, versionChecks: number]> {
  const counts = new Map<string, [number, number]>([['', [0, 0]]]);
  for (const action of actions) {
    const value = valueOf(action);
    const held = counts.get(value) ?? [0, 0];
    held[action.action === 'version_check' ? 1 : 0]++;
    counts.set(value, held);
  }
  return Object.fromEntries(counts);
}
