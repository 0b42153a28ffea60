/** The list of storms and loops. In: what was found, what is looked for, an order. Out: rows, and cells of a file. */
import { isoMoment } from '../../lib/calendar.ts';
import type { Cell } from '../../lib/delimited.ts';
import type { BusyAddress, FoundBurst } from '../../model/hammering.ts';
import { searchFor } from '../repositories/search.ts';

export type ShownKind = 'all' | FoundBurst['kind'];
export type BurstOrder = 'actions' | 'from';

/** Largest or latest first. */
export function burstRows(
  bursts: readonly FoundBurst[],
  kind: ShownKind,
  query: string,
  order: BurstOrder,
): FoundBurst[] {
  const search = searchFor(query);
  const rows = bursts.filter(
    (burst) =>
      (kind === 'all' || burst.kind === kind) &&
      [burst.name, burst.reference, burst.who.client].some((text) => search.matches(text)),
  );
  return rows.sort((a, b) => b[order] - a[order] || b.actions - a.actions);
}

export function keyOf({ kind, repository, source, reference, from }: FoundBurst): string {
  return [kind, repository, source.client, source.agent, from, reference].join(' ');
}

/** Without any address: files go to others. */
export function burstCells(rows: readonly FoundBurst[]): Cell[][] {
  const heads = [
    ...['kind', 'repository', 'repository_type', 'tag', 'digest', 'first', 'last', 'actions'],
    ...['most_within_an_hour', 'seconds_between', 'client', 'use', 'country', 'host'],
  ];
  return [
    heads,
    ...rows.map((burst): Cell[] => [
      burst.kind === 'storm' ? 'pull_storm' : 'check_loop',
      burst.name,
      burst.type,
      burst.isDigest ? '' : burst.reference,
      burst.isDigest ? burst.reference : '',
      isoMoment(burst.from),
      isoMoment(burst.to),
      burst.actions,
      burst.kind === 'storm' ? burst.peak : '',
      burst.kind === 'loop' ? Math.round(burst.interval / 1000) : '',
      burst.who.client,
      burst.who.use,
      burst.who.country,
      burst.who.cloud,
    ]),
  ];
}

export function addressCells(addresses: readonly BusyAddress[]): Cell[][] {
  return [
    ['rank', 'client', 'user_agents', 'use', 'country', 'host', 'repositories', 'pulls', 'version_checks'],
    ...addresses.map(({ who, agents, repositories, pulls, versionChecks }, i): Cell[] => [
      ...[i + 1, who.client, agents, who.use, who.country, who.cloud],
      ...[repositories, pulls, versionChecks],
    ]),
  ];
}
