/**
 * All that a repository's own page shows. In: the repository, days, the page's filter, how time is shown. Out: what is
 * shown of it alone, the earlier days to compare with among it.
 */
import type { Filter } from '../model/filter.ts';
import type { NoiseCounts } from '../model/noise.ts';
import { type NameType, typedName } from '../model/repository-name.ts';
import type { RepositoryPage } from '../model/repository-page.ts';
import type { RepositoryIndex } from '../model/units.ts';
import type { Breakdowns, DashboardView, DaySpan } from '../model/view.ts';
import type { Client } from '../pipeline/client.ts';
import type { Compared } from './compare.ts';
import type { Timeline } from './timeline.svelte.ts';

export interface OwnRepository {
  index: RepositoryIndex;
  name: string;
  type: NameType;
}

export interface RepositoryAnswer {
  /** The page's, for this repository alone. */
  filter: Filter;
  view: DashboardView;
  breakdowns: Breakdowns;
  page: RepositoryPage;
  noise: NoiseCounts;
  /** null: nothing is to be compared. */
  compared: Compared | null;
}

export async function askRepository(
  client: Pick<Client, 'view' | 'breakdowns' | 'repositoryPage' | 'noise'>,
  timeline: Timeline,
  dataEnd: number,
  { index, name, type }: OwnRepository,
  span: DaySpan,
  filter: Filter,
): Promise<RepositoryAnswer> {
  const excluded = filter.repository?.excluded ?? [];
  const own = { ...filter, repository: { included: [typedName(type, name)], excluded } };
  const [view, breakdowns, page, noise] = await Promise.all([
    client.view(span, own, timeline.stepFor(span)),
    client.breakdowns(span, own),
    client.repositoryPage(index, span, filter),
    client.noise(span, own),
  ]);
  return { filter: own, view, breakdowns, page, noise, compared: await timeline.compare(view, own, dataEnd) };
}
