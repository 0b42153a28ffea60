/** Figures by meaning, as they are shown. In: figures of a view. Out: groups; figures that say the same twice are left out. */
import type { RepoType } from '../../model/action-rows.ts';
import type { Figure } from '../../model/resolved-counts.ts';

export interface FigureGroup {
  meaning: string;
  /** Figures that stand below each other: of one type of repository where there are several, else one each. */
  columns: Figure[][];
}

const TYPES = ['model', 'dataset', 'space', 'image', 'package', ''];
const MEASURES = ['running_total', 'downloads', 'pulls', 'pulls_by_tag', 'pulls_by_digest', 'version_checks'];

export function groupFigures(figures: readonly Figure[]): FigureGroup[] {
  const groups = new Map<string, Figure[]>();
  for (const figure of figures) {
    if (isRepeated(figure, figures)) continue;
    const group = groups.get(figure.meaning);
    if (group) group.push(figure);
    else groups.set(figure.meaning, [figure]);
  }
  return [...groups].map(([meaning, group]) => {
    const sorted = group.sort((a, b) => typeOf(a) - typeOf(b) || measureOf(a) - measureOf(b));
    const types = [...new Set(sorted.map(({ repoType }) => repoType))];
    const ofType = (type: RepoType) => sorted.filter(({ repoType }) => repoType === type);
    return { meaning, columns: types.length > 1 ? types.map(ofType) : sorted.map((each) => [each]) };
  });
}

/** A stated total that is what the days come to. */
function isRepeated({ meaning, measure, repoType, total }: Figure, figures: readonly Figure[]): boolean {
  return (
    measure === 'running_total' &&
    figures.some(
      (other) =>
        other.meaning === meaning &&
        other.repoType === repoType &&
        other.total === total &&
        (other.measure === 'downloads' || other.measure === 'pulls'),
    )
  );
}

const typeOf = ({ repoType }: Figure) => TYPES.indexOf(repoType);

function measureOf({ measure }: Figure): number {
  const place = MEASURES.indexOf(measure);
  return place < 0 ? MEASURES.length : place;
}
