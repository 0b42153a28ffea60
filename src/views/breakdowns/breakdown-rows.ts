/**
 * Rows of a breakdown: what is measured, how it changed, and the whole as a table. In: Breakdowns, of two periods where
 * they are compared. Out: numbers, heads and rows.
 */
import type { Cell } from '../../lib/delimited.ts';
import { type Facet, type Filter, NO_CHOICE, splitClient, wishFor } from '../../model/filter.ts';
import type { BreakdownPair } from '../../session/compare.ts';
import type { Breakdown, BreakdownFacet, Breakdowns, ValueCounts } from '../../model/view.ts';

const MEASURES = ['pulls', 'downloads', 'versionChecks', 'actions'] as const;
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

/** Values by what is measured; those of nothing are left out, the unknown one too, unless they are to stay. */
export function rankedValues(
  { values }: Breakdown,
  measure: Measure,
  stays: (value: string) => boolean = () => false,
): ValueCounts[] {
  return values
    .filter((each) => measureOf(each, measure) > 0 || stays(each.value))
    .sort((a, b) => measureOf(b, measure) - measureOf(a, measure));
}

/** Which values stay on a list that counts nothing of them: chosen ones, and those that the earlier period had. */
export function staying(filter: Filter, facet: Facet, measure: Measure, changeOf: ChangeOf | null) {
  return (value: string): boolean =>
    wishFor(filter, facet, value) !== 'neither' ||
    measureOf(changeOf?.(value)?.before ?? NOTHING, measure) > 0;
}

/** Values that a list does not hold: of long ones only the first are there. */
export function unlistedOf({ values, valueCount }: Breakdown): number {
  return Math.max(0, valueCount - values.length);
}

/** Whether anything but the unknown value has a count. */
export function isKnown({ values }: Breakdown): boolean {
  return values.some((each) => each.value !== '' && actionsOf(each) > 0);
}

/** What a value had in two periods; null: a list was cut off, so it is not known. */
export type ChangeOf = (value: string) => { now: Counts; before: Counts } | null;

const NOTHING: Counts = { pulls: 0, downloads: 0, versionChecks: 0 };

/** Values of a facet, versions of clients among them, beside an earlier period. */
export function changesBetween({ now, before }: BreakdownPair, facet: BreakdownFacet): ChangeOf {
  const countsIn = (breakdowns: Breakdowns) => {
    const lists = [breakdowns.by[facet], ...(facet === 'client' ? breakdowns.versions.values() : [])];
    const isCut = lists.some(({ values, valueCount }) => valueCount > values.length);
    const counts = new Map(lists.flatMap(({ values }) => values.map((each) => [each.value, each])));
    return (value: string) => counts.get(value) ?? (isCut ? null : NOTHING);
  };
  const [ofNow, ofBefore] = [countsIn(now), countsIn(before)];
  return (value) => {
    const pair = { now: ofNow(value), before: ofBefore(value) };
    return pair.now && pair.before ? { now: pair.now, before: pair.before } : null;
  };
}

/** The filter under which a value is counted alone: of a client, only versions that the filter shows. */
export function filterOfValue(filter: Filter, facet: Facet, value: string): Filter {
  const { included, excluded } = filter[facet] ?? NO_CHOICE;
  const { tool, version } = splitClient(value);
  const versions = included.filter((each) => splitClient(each).tool === tool && each !== tool);
  const isWhole =
    facet !== 'client' || version !== undefined || included.includes(tool) || versions.length === 0;
  return { ...filter, [facet]: { included: isWhole ? [value] : versions, excluded } };
}

/**
 * All values that have or had a count, under the names that files have; versions of clients each in a row of their own.
 */
export function tableOf(
  breakdowns: Breakdowns,
  facet: BreakdownFacet,
  changeOf: ChangeOf | null = null,
): { heads: string[]; rows: Cell[][] } {
  const { values } = breakdowns.by[facet];
  const some = (each: ValueCounts) =>
    actionsOf(each) > 0 || actionsOf(changeOf?.(each.value)?.before ?? NOTHING) > 0;
  const hasDownloads = breakdowns.downloads > 0;
  const numbers = ({ pulls, downloads, versionChecks }: Counts) =>
    hasDownloads ? [pulls, downloads, versionChecks] : [pulls, versionChecks];
  const names = ['pulls', ...(hasDownloads ? ['downloads'] : []), 'version_checks'];
  const heads = changeOf
    ? [...names, ...names.flatMap((name) => [`${name}_before`, `${name}_change`])]
    : names;
  const cells = (each: ValueCounts): Cell[] => {
    const change = changeOf?.(each.value);
    if (!change) return [...numbers(each), ...heads.slice(names.length).map(() => '')];
    const [now, before] = [numbers(change.now), numbers(change.before)];
    return [...numbers(each), ...before.flatMap((count, i) => [count, now[i]! - count])];
  };
  if (facet !== 'client')
    return {
      heads: [HEADS[facet], ...heads],
      rows: values.filter(some).map((each) => [each.value, ...cells(each)]),
    };
  return {
    heads: [HEADS.client, 'version', ...heads],
    rows: values.filter(some).flatMap((client) =>
      (breakdowns.versions.get(client.value)?.values ?? [client]).filter(some).map((each): Cell[] => {
        const { tool, version = '' } = splitClient(each.value);
        return [tool, version, ...cells(each)];
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
