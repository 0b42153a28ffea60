/** Tables of a repository's page as cells, to copy or save: numbers and moments (UTC) as data. No address is in them. */
import { isoMoment } from '../../lib/calendar.ts';
import type { Cell } from '../../lib/delimited.ts';
import type { RepositoryPage, TagRow } from '../../model/repository-page.ts';
import { pullsOf } from './tag-order.ts';

export function tagCells(rows: readonly TagRow[]): Cell[][] {
  return [
    [
      'reference',
      'kind',
      'tags',
      'pulls',
      'version_checks',
      'unique_ip_addresses',
      'first_seen',
      'last_seen',
    ],
    ...rows.map((row) => [
      row.reference,
      row.kind,
      row.isDigest ? 0 : row.members,
      pullsOf(row),
      row.versionChecks,
      row.uniqueAddresses,
      isoMoment(row.firstEver),
      isoMoment(row.lastSeen),
    ]),
  ];
}

/** A row for each digest and tag that pointed to it. */
export function digestCells({ digests }: RepositoryPage): Cell[][] {
  return [
    ['digest', 'tag', 'first_seen', 'last_seen', 'by_tag', 'pulls_by_digest'],
    ...digests.flatMap(({ digest, tags, byTag, pullsByDigest }) =>
      tags.length === 0
        ? [[digest, '', '', '', byTag, pullsByDigest]]
        : tags.map(({ tag, first, last }) => [
            digest,
            tag,
            isoMoment(first),
            isoMoment(last),
            byTag,
            pullsByDigest,
          ]),
    ),
  ];
}
