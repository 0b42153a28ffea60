/**
 * The same requests by other rules. In: Traffic, rules, and a repository that is enough. Out: Traffic whose requests are
 * folded by them, in columns of its own, so that what is shown stays as it is. Limits: 6 bytes a request while it lasts.
 */
import { Classifier } from '../actions/classify.ts';
import type { HubWords } from '../actions/count-hub-files.ts';
import type { CountingRules } from '../model/counting-rules.ts';
import { PAGE_MASK, PAGE_SHIFT } from '../model/request-table.ts';
import type { Traffic } from '../model/traffic.ts';
import type { RepositoryIndex, RequestIndex } from '../model/units.ts';

/** repository: its number in `names`; null: all. Chains never go from one to another, so its own requests tell all of it. */
export function replay(
  traffic: Traffic,
  words: HubWords,
  rules: CountingRules,
  repository: RepositoryIndex | null,
): { traffic: Traffic; counts: Float64Array } {
  const { order, length, nameOf } = traffic;
  const table = traffic.table.unclassified();
  const classifier = new Classifier(table, rules, words);
  const isChosen = (row: RequestIndex) =>
    nameOf[table.pages[row >>> PAGE_SHIFT]!.repository[row & PAGE_MASK]!] === repository;
  const rows = order.subarray(0, length);
  const chosen = repository === null ? rows : rows.filter(isChosen);
  classifier.pushAll(chosen, 0, chosen.length);
  return { traffic: { ...traffic, table }, counts: classifier.counts };
}
