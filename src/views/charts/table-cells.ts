/** Charts over time as cells, to copy or save: days and moments (UTC) as data; of time that no file covers, no numbers. */
import { isoDay } from '../../lib/calendar.ts';
import type { Cell } from '../../lib/delimited.ts';
import { COVERED_NOT, COVERED_PARTLY } from '../../model/view.ts';
import { type Bucket, kindsOf, totalOf } from './buckets.ts';

const COLUMNS = {
  pullsByTag: 'pulls_by_tag',
  pullsByDigest: 'pulls_by_digest',
  versionChecks: 'version_checks',
  downloads: 'downloads',
};

export function actionsCells(
  buckets: readonly Bucket[],
  before: readonly (Bucket | null)[] | null,
): Cell[][] {
  const kinds = kindsOf(buckets);
  return [
    [
      ...timeHeads(buckets),
      ...kinds.map((kind) => COLUMNS[kind]),
      ...(before ? ['earlier_first_day', 'earlier_actions'] : []),
    ],
    ...buckets.map((bucket, i): Cell[] => {
      const other = before?.[i];
      return [
        ...timeCells(bucket),
        ...kinds.map((kind) => (bucket.covered === COVERED_NOT ? '' : bucket[kind])),
        ...(before ? (other ? [isoDay(other.first), totalOf(other)] : ['', '']) : []),
      ];
    }),
  ];
}

export function togetherCells(
  buckets: readonly Bucket[],
  repositories: readonly { name: string; pulls: readonly number[] }[],
): Cell[][] {
  return [
    [...timeHeads(buckets), ...repositories.map(({ name }) => name)],
    ...buckets.map((bucket, i): Cell[] => [
      ...timeCells(bucket),
      ...repositories.map(({ pulls }) => (bucket.covered === COVERED_NOT ? '' : pulls[i]!)),
    ]),
  ];
}

function timeHeads([bucket]: readonly Bucket[]): string[] {
  return [...(bucket?.hour ? ['from', 'to'] : ['first_day', 'last_day']), 'covered'];
}

function timeCells({ first, last, from, to, hour, covered }: Bucket): Cell[] {
  const iso = (time: number) => new Date(time).toISOString();
  return [
    ...(hour ? [iso(from), iso(to)] : [isoDay(first), isoDay(last)]),
    covered === COVERED_NOT ? 'no' : covered === COVERED_PARTLY ? 'partly' : 'yes',
  ];
}
