/** What figures mean. Only figures of one meaning are ever added. */
import type { RepoType } from './action-rows.ts';

export const MEANINGS: ReadonlyMap<string, string> = new Map([
  ['registry-actions', 'pulls and version checks by the documented rules'],
  ['docker-publisher', "downloads as Docker's Verified Publisher reports count them"],
  ['docker-companies', 'downloads by companies that Docker could tell: a part of the publisher reports'],
  ['docker-usage', "pulls as Docker's usage report counts them: one for each platform of an image"],
  ['docker-api', "pulls as Docker's DVP Data API counts them"],
  ['docker-pull-count', "Docker Hub's public pull count, which counts every request for a manifest"],
  ['hub-downloads', 'downloads as Hugging Face counts them'],
  ['package-downloads', 'downloads of packages'],
]);

/** What a meaning says; a table whose columns were chosen means something of its own. */
export function sayMeaning(meaning: string): string {
  return MEANINGS.get(meaning) ?? 'counts of a table of its own';
}

/** The meaning of a row: its repository type says by whose rules daily downloads, and actions, were counted. */
export function meaningOf(format: string, repoType: RepoType): string {
  if (format !== 'by-type' && format !== 'registry-actions') return format;
  return repoType === 'image' ? 'registry-actions' : 'hub-downloads';
}
