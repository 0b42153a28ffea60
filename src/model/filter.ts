/**
 * Which actions are shown: for each facet the values that are chosen, and those that are left out. Plain data, so that
 * it can go to a worker, into a file or into the page's address. An action takes its facts from its first request.
 */

/** Facts of an action by which it can be chosen. */
export const FACETS = [
  /** Full name, perhaps with its type before it (typedName); * and ? stand for other letters. */
  'repository',
  /** Empty for a pull by digest. The same patterns. */
  'tag',
  /** As the raw export tells it; empty when unknown. The same patterns. */
  'digest',
  /** ACTION_NAMES. */
  'action',
  /** A program, or program and version with a space between them: clientValue. */
  'client',
  /** USES of model/agent-columns.ts. */
  'use',
  /** ISO 3166-1 alpha-2, or what sort of address it is: kindValue. */
  'country',
  /** Cloud provider, or likewise. */
  'cloud',
  /** business, isp, hosting, education, or likewise. */
  'networkType',
  /** The user's own name for the address's range. */
  'ownNetwork',
  /** image, model, dataset, space. */
  'repositoryType',
  /** OWN_PUSH: a HEAD that a push made; empty for all others. */
  'push',
] as const;
export type Facet = (typeof FACETS)[number];

/** The value of facet push that stands for something. */
export const OWN_PUSH = 'own';

/** Names of actions in files and filters, by ACTION_*. */
export const ACTION_NAMES = ['', 'version_check', 'pull_by_tag', 'pull_by_digest', 'download'] as const;

/** A value passes when it is included, or nothing is, and it is not excluded. '' is the unknown value. */
export interface Choice {
  included: readonly string[];
  excluded: readonly string[];
}

/** Facets without a choice are left out. */
export type Filter = { readonly [F in Facet]?: Choice };

export const NO_FILTER: Filter = {};
export const NO_CHOICE: Choice = { included: [], excluded: [] };

/** What becomes of a value: shown with the others that are included, hidden, or no longer chosen at all. */
export type Wish = 'include' | 'exclude' | 'neither';

export function isFiltered(filter: Filter): boolean {
  return chosenFacets(filter).length > 0;
}

/** Facets with a choice, in the order of FACETS. */
export function chosenFacets(filter: Filter): Facet[] {
  return FACETS.filter((facet) => {
    const { included, excluded } = filter[facet] ?? NO_CHOICE;
    return included.length + excluded.length > 0;
  });
}

/** The filter with one value chosen otherwise. */
export function withValue(filter: Filter, facet: Facet, value: string, wish: Wish): Filter {
  const { included, excluded } = filter[facet] ?? NO_CHOICE;
  const others = (values: readonly string[]) => values.filter((each) => each !== value);
  const choice = {
    included: wish === 'include' ? [...others(included), value] : others(included),
    excluded: wish === 'exclude' ? [...others(excluded), value] : others(excluded),
  };
  const { [facet]: _, ...rest } = filter;
  return choice.included.length + choice.excluded.length > 0 ? { ...rest, [facet]: choice } : rest;
}

export function wishFor(filter: Filter, facet: Facet, value: string): Wish {
  const { included, excluded } = filter[facet] ?? NO_CHOICE;
  return included.includes(value) ? 'include' : excluded.includes(value) ? 'exclude' : 'neither';
}

/** The value of an address that no country can have: (private), (loopback), … Brackets tell it from any name. */
export function kindValue(kind: string): string {
  return kind === '' ? '' : `(${kind})`;
}

/** The value of a client: without a version all of them, with '' those that do not tell theirs. */
export function clientValue(tool: string, version?: string): string {
  return version === undefined ? tool : `${tool} ${version}`;
}

/** No program's name holds a space. */
export function splitClient(value: string): { tool: string; version?: string } {
  const space = value.indexOf(' ');
  return space < 0 ? { tool: value } : { tool: value.slice(0, space), version: value.slice(space + 1) };
}
