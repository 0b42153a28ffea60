/**
 * Tags that were first asked for in the days shown. In: the page of a repository, days, what was read. Out: markers.
 * A tag of the first day that is held is none: it may be older than the files.
 */
import { clockAt } from '../../lib/local-time.ts';
import { momentsOf } from '../../model/moments.ts';
import type { RepositoryPage } from '../../model/repository-page.ts';
import type { Milliseconds } from '../../model/units.ts';
import type { DaySpan, ReadReport } from '../../model/view.ts';
import type { Marker } from '../charts/markers.ts';

export function newTags(
  { references }: RepositoryPage,
  span: DaySpan,
  { firstTime }: Pick<ReadReport, 'firstTime'>,
): Marker[] {
  const { from, to } = momentsOf(span);
  const dayOf = (time: Milliseconds) => clockAt(time / 1000, span.zone).day;
  return references
    .filter(({ isDigest, firstEver }) => !isDigest && firstEver >= from && firstEver < to)
    .filter(({ firstEver }) => dayOf(firstEver) > dayOf(firstTime))
    .map(({ firstEver, reference }) => ({ time: firstEver, label: reference }))
    .sort((a, b) => a.time - b.time);
}
