import { expect } from 'vitest';
import { Classifier } from '../../src/actions/classify.ts';
import { openFolding, openInJavaScript, type OpenFolding } from '../../src/actions/compiled/open-folding.ts';
import { WordTable } from '../../src/lib/word-table.ts';
import { type CountingRules, DEFAULT_RULES } from '../../src/model/counting-rules.ts';
import { NO_REQUEST, RequestTable } from '../../src/model/request-table.ts';
import { FLAG_DIGEST, FLAG_GET, FLAG_NO_CLIENT, FLAG_SIGNATURE, NO_WORD } from '../../src/model/segment.ts';

/** A manifest request, spelled out. */
export interface Row {
  /** Milliseconds since 1970. */
  t: number;
  method: 'HEAD' | 'GET' | 'PUT';
  reference: string;
  /** Logged on the request's own line. */
  digest?: string;
  client?: string;
  repository?: string;
  agent?: string;
  status?: number;
}

export interface ClassifiedAction {
  action: 'version_check' | 'pull_by_tag' | 'pull_by_digest';
  /** Places of the chain's requests among the rows. */
  requests: number[];
}

const SIGNATURE = /^sha256-[0-9a-f]{64}(\.sig|\.att|\.sbom)?$/i;

/** Classifies rows that are in time order, in the order of their first requests, with both builds of the folding. */
export function classifyRows(rows: Row[], rules: Partial<CountingRules> = {}): ClassifiedAction[] {
  const actions = classifyBy(openFolding, rows, rules);
  expect(classifyBy(openInJavaScript, rows, rules)).toEqual(actions);
  return actions;
}

function classifyBy(open: OpenFolding, rows: Row[], rules: Partial<CountingRules>): ClassifiedAction[] {
  const table = new RequestTable();
  const words = new WordTable();
  const places: number[] = [];
  rows.forEach((row, place) => {
    const status = row.status ?? 200;
    const counts = (status >= 200 && status < 300) || [302, 303, 304, 307].includes(status);
    if (row.method === 'PUT' || !counts) return;
    places.push(place);
    const page = table.pageFor(table.length);
    const at = table.length++ & 0xffff;
    page.seconds[at] = Math.floor(row.t / 1000);
    page.millis[at] = row.t % 1000;
    page.client[at] = words.internText(row.client ?? '192.0.2.1');
    page.repository[at] = words.internText(row.repository ?? 'acme/web');
    page.reference[at] = words.internText(row.reference);
    page.agent[at] = words.internText(row.agent ?? 'docker');
    page.digest ??= new Uint32Array(page.seconds.length).fill(NO_WORD);
    if (row.digest !== undefined) page.digest[at] = words.internText(row.digest);
    page.flags[at] =
      (row.method === 'GET' ? FLAG_GET : 0) |
      (row.reference.includes(':') ? FLAG_DIGEST : 0) |
      (SIGNATURE.test(row.reference) ? FLAG_SIGNATURE : 0) |
      (row.client === 'unknown' ? FLAG_NO_CLIENT : 0);
  });
  const classifier = new Classifier(
    table,
    { ...DEFAULT_RULES, ...rules },
    {
      hasFiles: false,
      hubTypes: new Uint8Array(words.size),
      nameOf: new Uint32Array(words.size),
      names: words,
      references: words,
    },
    open,
  );
  classifier.pushAll(
    Uint32Array.from({ length: table.length }, (_, row) => row),
    0,
    table.length,
  );
  const kinds = ['', 'version_check', 'pull_by_tag', 'pull_by_digest'] as const;
  const actions: ClassifiedAction[] = [];
  const page = table.pages[0];
  for (let row = 0; page && row < table.length; row++) {
    const kind = kinds[page.action[row]!]!;
    if (kind === '') continue;
    const requests: number[] = [];
    for (let each = row; each !== NO_REQUEST; each = page.next[each]!) requests.push(places[each]!);
    actions.push({ action: kind, requests });
  }
  return actions;
}
