/** Tags and digests of one repository as cells, to copy or save: numbers and moments (UTC) as data. */
import { isoMoment } from '../../lib/calendar.ts';
import type { Cell } from '../../lib/delimited.ts';
import type { ReferenceRow } from '../../model/view.ts';

export function referenceCells(rows: readonly ReferenceRow[], isHub: boolean): Cell[][] {
  const counted = isHub
    ? (['downloads'] as const)
    : (['pullsByTag', 'pullsByDigest', 'versionChecks'] as const);
  return [
    ['reference', ...counted.map((key) => HEADS[key]), 'unique_ip_addresses', 'first_seen', 'last_seen'],
    ...rows.map((row): Cell[] => [
      row.reference,
      ...counted.map((key) => row[key]),
      row.uniqueAddresses,
      ...[row.firstSeen, row.lastSeen].map(isoMoment),
    ]),
  ];
}

const HEADS = {
  downloads: 'downloads',
  pullsByTag: 'pulls_by_tag',
  pullsByDigest: 'pulls_by_digest',
  versionChecks: 'version_checks',
};
