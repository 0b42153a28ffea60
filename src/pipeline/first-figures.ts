/**
 * What is shown first of kept files, as it is kept beside them. In: the analysis that shows them, and what it counts by;
 * or what was kept. Out: KeptFigures; the figures again, where they are of exactly these files and counted by the same.
 * Limits: none where tables are held, whose figures are resolved against each other, or files that are not kept. What
 * classifying made of the files, behind these figures, is kept apart (actions-keeping.ts).
 */
import { DEFAULT_USE_RULES } from '../clients/default-use-rules.ts';
import { DamagedData, pack, unpack } from '../lib/packed.ts';
import type { CountingRules } from '../model/counting-rules.ts';
import type { FirstFigures, FirstQuestion, KeptFigures } from '../model/first-figures.ts';
import { KEPT_VERSION, type KeptWords } from '../model/kept-file.ts';
import type { ReadReport } from '../model/view.ts';
import type { Analysis } from './analysis.ts';
import { READ_BY } from './read-by.ts';

interface Packed extends FirstFigures {
  /** In the order of their numbers, which the view tells. */
  repositories: KeptWords;
}

/** By what figures are counted, as a text to compare. null: the rules of use that the page begins with. */
export function countedBy(rules: CountingRules, useRules: string | null): string {
  return JSON.stringify([KEPT_VERSION, READ_BY, Object.entries(rules).sort(), useRules ?? DEFAULT_USE_RULES]);
}

/** keys: of all files that are kept. */
export function keepFigures(
  analysis: Analysis,
  keys: ReadonlySet<string>,
  asked: FirstQuestion,
  by: string,
): KeptFigures | null {
  const { span, step } = asked;
  const report = analysis.report();
  const places = analysis.keeping.keepable();
  const own = places.map((file) => analysis.keeping.keyOf(file));
  const isWhole = places.length === report.files.length && own.every((key) => keys.has(key));
  if (!isWhole || own.length === 0 || analysis.sources(span, true)) return null;
  const figures: Packed = {
    asked,
    report: withoutLines(report, own),
    calendar: calendarOf(span.zone ? analysis.calendar(span.zone) : report),
    view: analysis.view(span, undefined, step),
    breakdowns: analysis.breakdowns(span),
    repositories: analysis.keeping.repositoryWords(),
  };
  return { countedBy: by, keys: own.sort(), bytes: pack(figures) };
}

/** null: they are of other files, or counted by something else. The analysis, still empty, gets their repositories' numbers. */
export function openFigures(
  kept: KeptFigures | null,
  keys: readonly string[],
  by: string,
  analysis: Analysis,
): FirstFigures | null {
  if (!kept || kept.countedBy !== by || String(kept.keys) !== String([...keys].sort())) return null;
  try {
    const { repositories, ...figures } = unpack(kept.bytes) as Packed;
    return analysis.keeping.numberRepositories(repositories) ? figures : null;
  } catch (error) {
    if (error instanceof DamagedData) return null;
    throw error;
  }
}

/** In the order of the files' keys, as they are opened. */
function withoutLines(report: ReadReport, keys: readonly string[]): ReadReport {
  const files = report.files.map(({ unreadable, ...file }, place) => ({
    key: keys[place]!,
    file: { ...file, unreadable: unreadable.map((line) => ({ ...line, text: '' })) },
  }));
  files.sort((a, b) => (a.key < b.key ? -1 : 1));
  return { ...report, files: files.map(({ file }) => file) };
}

function calendarOf({ days, lastMonth, months, weeks }: FirstFigures['calendar']): FirstFigures['calendar'] {
  return { days, lastMonth, months, weeks };
}
