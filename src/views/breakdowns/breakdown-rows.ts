/** Rows of a breakdown: what is measured, and the whole as a table. In: Breakdowns. Out: numbers, heads and rows. */
import type { Cell } from '../../lib/delimited.ts';
import { splitClient } from '../../model/filter.ts';
import type { Breakdown, BreakdownFacet, Breakdowns, ValueCounts } from '../../model/view.ts';

export const MEASURES = ['pulls', 'downloads', 'versionChecks', 'actions'] as const;
export type Measure = (typeof MEASURES)[number];

type Counts = Pick<ValueCounts, 'pulls' | 'downloads' | 'versionChecks'>;

export function measureOf(counts: Counts, measure: Measure): number {
  return measure === 'actions' ? actionsOf(counts) : counts[measure];
}

/** Of all kinds together, which only tells how often something was seen. */
function actionsOf({ pulls, downloads, versionChecks }: Counts): number {
  return pulls + downloads + versionChecks;
}

/** What can be chosen: downloads only where there are any, pulls and checks unless there are none. */
export function measuresOf({ pulls, downloads, versionChecks }: Counts): Measure[] {
  if (downloads === 0) return ['pulls', 'versionChecks', 'actions'];
  return pulls + versionChecks === 0 ? ['downloads'] : [...MEASURES];
}

/** Values by what is measured, the unknown one where it stands in that order; values of nothing are left out. */
export function rankedValues({ values }: Breakdown, measure: Measure, unknown = ''): ValueCounts[] {
  return values
    .filter((each) => each.value === unknown || measureOf(each, measure) > 0)
    .sort((a, b) => measureOf(b, measure) - measureOf(a, measure));
}

/** Whether anything but the unknown value has a count. */
export function isKnown({ values }: Breakdown): boolean {
  return values.some((each) => each.value !== '' && actionsOf(each) > 0);
}

/** All values with their counts, under the names that files have; versions of clients each in a row of their own. */
export function tableOf(breakdowns: Breakdowns, facet: BreakdownFacet): { heads: string[]; rows: Cell[][] } {
  const { values } = breakdowns.by[facet];
  const some = (counts: Counts) => actionsOf(counts) > 0;
  const hasDownloads = breakdowns.downloads > 0;
  const numbers = ({ pulls, downloads, versionChecks }: Counts) =>
    hasDownloads ? [pulls, downloads, versionChecks] : [pulls, versionChecks];
  const heads = ['pulls', ...(hasDownloads ? ['downloads'] : []), 'version_checks'];
  if (facet !== 'client')
    return {
      heads: [HEADS[facet], ...heads],
      rows: values.filter(some).map((each) => [each.value, ...numbers(each)]),
    };
  return {
    heads: [HEADS.client, 'version', ...heads],
    rows: values.filter(some).flatMap((client) =>
      (breakdowns.versions.get(client.value)?.values ?? [client]).filter(some).map((each): Cell[] => {
        const { tool, version = '' } = splitClient(each.value);
        return [tool, version, ...numbers(each)];
      }),
    ),
  };
}

const HEADS: Record<BreakdownFacet, string> = {
  action: 'action',
  client: 'client',
  use: 'use',
  country: 'country',
  cloud: 'host',
  networkType: 'type',
  ownNetwork: 'own_network',
  repositoryType: 'repository_type',
};
