/** Rows of a breakdown: what is measured, and the whole as a table. In: Breakdowns. Out: numbers, heads and rows. */
import type { Cell } from '../../lib/delimited.ts';
import { splitClient } from '../../model/filter.ts';
import type { Breakdown, BreakdownFacet, Breakdowns, ValueCounts } from '../../model/view.ts';

export const MEASURES = ['pulls', 'versionChecks', 'actions'] as const;
export type Measure = (typeof MEASURES)[number];

type Counts = Pick<ValueCounts, 'pulls' | 'versionChecks'>;

export function measureOf({ pulls, versionChecks }: Counts, measure: Measure): number {
  return measure === 'pulls' ? pulls : measure === 'versionChecks' ? versionChecks : pulls + versionChecks;
}

/** Values by what is measured, the unknown one where it stands in that order; values of nothing are left out. */
export function rankedValues({ values }: Breakdown, measure: Measure, unknown = ''): ValueCounts[] {
  return values
    .filter((each) => each.value === unknown || measureOf(each, measure) > 0)
    .sort((a, b) => measureOf(b, measure) - measureOf(a, measure));
}

/** Whether anything but the unknown value has a count. */
export function isKnown({ values }: Breakdown): boolean {
  return values.some(({ value, pulls, versionChecks }) => value !== '' && pulls + versionChecks > 0);
}

/** All values with their counts, under the names that files have; versions of clients each in a row of their own. */
export function tableOf(breakdowns: Breakdowns, facet: BreakdownFacet): { heads: string[]; rows: Cell[][] } {
  const { values } = breakdowns.by[facet];
  const some = ({ pulls, versionChecks }: Counts) => pulls + versionChecks > 0;
  if (facet !== 'client')
    return {
      heads: [HEADS[facet], 'pulls', 'version_checks'],
      rows: values.filter(some).map(({ value, pulls, versionChecks }) => [value, pulls, versionChecks]),
    };
  return {
    heads: [HEADS.client, 'version', 'pulls', 'version_checks'],
    rows: values.filter(some).flatMap((client) =>
      (breakdowns.versions.get(client.value)?.values ?? [client])
        .filter(some)
        .map(({ value, pulls, versionChecks }): Cell[] => {
          const { tool, version = '' } = splitClient(value);
          return [tool, version, pulls, versionChecks];
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
};
