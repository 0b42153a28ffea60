/** Charts over time as cells, to copy or save: days and moments (UTC) as data; of time that no file covers, no numbers. */
import { isoDay, isoMoment } from '../../lib/calendar.ts';
import type { Cell } from '../../lib/delimited.ts';
import { COVERED_NOT, COVERED_PARTLY } from '../../model/view.ts';
import { type Bucket, kindsOf, totalOf } from './buckets.ts';
import { type Marker, markersOf } from './markers.ts';

const COLUMNS = {
  pullsByTag: 'pulls_by_tag',
  pullsByDigest: 'pulls_by_digest',
  versionChecks: 'version_checks',
  downloads: 'downloads',
};

export function actionsCells(
  buckets: readonly Bucket[],
  before: readonly (Bucket | null)[] | null,
  notes: readonly Marker[] = [],
): Cell[][] {
  const kinds = kindsOf(buckets);
  return [
    [
      ...timeHeads(buckets),
      ...kinds.map((kind) => COLUMNS[kind]),
      ...(before ? ['earlier_first_day', 'earlier_actions'] : []),
      ...noteCells(notes, 'note'),
    ],
    ...buckets.map((bucket, i): Cell[] => {
      const other = before?.[i];
      return [
        ...timeCells(bucket),
        ...kinds.map((kind) => (bucket.covered === COVERED_NOT ? '' : bucket[kind])),
        ...(before ? (other ? [isoDay(other.first), totalOf(other)] : ['', '']) : []),
        ...noteCells(notes, noteOf(notes, bucket)),
      ];
    }),
  ];
}

export function togetherCells(
  buckets: readonly Bucket[],
  repositories: readonly { name: string; pulls: readonly number[] }[],
  notes: readonly Marker[] = [],
): Cell[][] {
  return [
    [...timeHeads(buckets), ...repositories.map(({ name }) => name), ...noteCells(notes, 'note')],
    ...buckets.map((bucket, i): Cell[] => [
      ...timeCells(bucket),
      ...repositories.map(({ pulls }) => (bucket.covered === COVERED_NOT ? '' : pulls[i]!)),
      ...noteCells(notes, noteOf(notes, bucket)),
    ]),
  ];
}

/** What the person wrote to the bucket's days. */
export function noteOf(notes: readonly Marker[], bucket: Bucket): string {
  return markersOf(notes, bucket)
    .map(({ label }) => label)
    .join('; ');
}

/** A column only where there is a note. */
function noteCells(notes: readonly Marker[], cell: string): string[] {
  return notes.length > 0 ? [cell] : [];
}

function timeHeads([bucket]: readonly Bucket[]): string[] {
  return [...(bucket?.hour ? ['from', 'to'] : ['first_day', 'last_day']), 'covered'];
}

function timeCells({ first, last, from, to, hour, covered }: Bucket): Cell[] {
  return [
    ...(hour ? [isoMoment(from), isoMoment(to)] : [isoDay(first), isoDay(last)]),
    covered === COVERED_NOT ? 'no' : covered === COVERED_PARTLY ? 'partly' : 'yes',
  ];
}
