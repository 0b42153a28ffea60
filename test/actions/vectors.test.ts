import { describe, expect, test } from 'vitest';
import type { CountingRules } from '../../src/model/counting-rules.ts';
import { DEFAULT_RULES } from '../../src/model/counting-rules.ts';
import { classifyRows, type ClassifiedAction, type Row } from '../helpers/classify-rows.ts';
import type { SlowRequest } from '../helpers/slow-lines.ts';
import { classifySlowly } from '../helpers/slow-reference.ts';
import { countsOf, readTimeline, rowsOf } from '../helpers/timeline.ts';

/** The same by the slow reference, in the order of first requests. */
function slowly(rows: Row[], rules: Partial<CountingRules> = {}): ClassifiedAction[] {
  const requests = rows.map((row, place): SlowRequest | null => {
    const status = row.status ?? 200;
    const counted = (status >= 200 && status < 300) || [302, 303, 304, 307].includes(status);
    if (row.method === 'PUT' || !counted) return null;
    return {
      file: '',
      offset: place,
      time: row.t,
      client: row.client!,
      prefix: '',
      name: row.repository!,
      method: row.method,
      reference: row.reference,
      ...(row.digest ? { digest: row.digest } : {}),
      agent: row.agent!,
      status,
      isLogger: false,
      written: 0,
      start: 0,
    };
  });
  const kept = requests.filter((request) => request !== null);
  return classifySlowly(kept, { ...DEFAULT_RULES, ...rules })
    .map((chain) => {
      const hasGet = chain.requests.some(({ method }) => method === 'GET');
      return {
        action: !chain.isTag
          ? ('pull_by_digest' as const)
          : hasGet
            ? ('pull_by_tag' as const)
            : ('version_check' as const),
        requests: chain.requests.map(({ offset }) => offset),
      };
    })
    .sort((a, b) => a.requests[0]! - b.requests[0]!);
}

/** version_check / by tag / by digest, as in the specification. */
const VECTORS: [timeline: string, counts: string, rules?: Partial<CountingRules>][] = [
  ['HEAD T', '1/0/0'],
  ['GET T', '0/1/0'],
  ['HEAD T, +1 GET T', '0/1/0'],
  ['HEAD T1, +1 GET T2', '1/1/0'],
  ['GET T, +1 GET D1', '0/1/0'],
  ['GET T (D1 logged), +1 GET D1', '0/1/1'],
  ['HEAD T (D1 logged), +1 GET D1', '0/1/0'],
  ['HEAD T (D1 logged), +1 GET D1, +1 GET D2', '0/1/0'],
  ['HEAD T, +5 GET D1, +5 GET D2', '0/1/0'],
  ['HEAD T, +5.001 GET D1', '1/0/1'],
  ['HEAD T (D1 logged), +1 GET D2', '1/0/1'],
  ['HEAD T, +1 GET T, +1 GET D1', '0/1/0'],
  ['GET T, +1 GET D1, +1 GET D2', '0/1/1'],
  ['GET T, +1 GET D1, +1 GET D2', '0/1/0', { foldFurther: true }],
  ['HEAD T, GET D1, GET D2, GET D3', '0/1/1'],
  ['HEAD T, GET D1, GET D2, GET D3', '0/1/0', { foldFurther: true }],
  ['GET D1', '0/0/1'],
  ['HEAD D1', '0/0/1'],
  ['GET D1, +1 GET D2', '0/0/1'],
  ['GET D1, +1 GET D1', '0/0/2'],
  ['HEAD D1, +1 GET D1, +1 GET D2', '0/0/1'],
  ['HEAD D1, +1 GET D2', '0/0/2'],
  ['HEAD T, HEAD T, GET D1', '1/1/0'],
  ['HEAD T, HEAD T, GET D1, GET D1', '0/2/0'],
  ['HEAD T, HEAD T, GET D1, GET D1, GET D2, GET D2', '0/2/0'],
  ['HEAD T 401, HEAD T 200, GET D1 401, GET D1 200', '0/1/0'],
  ['HEAD T1, HEAD T2, GET D1', '1/1/0'],
  ['HEAD T of A, HEAD T of B, GET D1 of A', '1/1/0'],
  ['HEAD T @192.0.2.1, GET D1 @192.0.2.2', '1/0/1'],
  ['GET T 301, GET T 200', '0/1/0'],
  ['GET T 307', '0/1/0'],
  ['GET T 304', '0/1/0'],
  ['GET T 404', '0/0/0'],
  ['GET T 429', '0/0/0'],
  ['PUT T 201', '0/0/0'],
  // The window, the switches, and what never chains.
  ['HEAD T, +5 GET D1', '0/1/0'],
  ['HEAD T, +9 GET D1', '0/1/0', { window: 9000 }],
  ['HEAD T, +1 GET D1', '1/0/1', { window: 999 }],
  ['GET T 302, +6 GET T 303', '0/2/0'],
  ['GET T 308, GET T 403, GET T 500', '0/0/0'],
  ['HEAD T by docker, +1 GET D1 by podman', '0/1/0'],
  ['HEAD T by docker, +1 GET D1 by podman', '1/0/1', { separateByAgent: true }],
  ['HEAD T @unknown, GET D1 @unknown', '1/0/1'],
  ['HEAD S, GET S.sig, GET S.att, GET S.sbom', '0/0/0'],
  ['HEAD S, +6 GET S.sig, +6 GET S.att, +6 GET S.sbom', '1/3/0', { countSignatures: true }],
  ['GET D1, +1 GET D2, +1 GET D1', '0/0/2'],
  ['GET D1, +1 GET D2, +1 GET D1', '0/0/2', { foldFurther: true }],
  ['GET D1, +1 GET D2, +1 GET D3, +5 GET D4', '0/0/1', { foldFurther: true }],
];

describe('vectors of the specification', () => {
  test.each(VECTORS.map(([timeline, counts, rules]) => ({ timeline, counts, rules })))(
    '$timeline → $counts $rules',
    async ({ timeline, counts, rules }) => {
      const rows = rowsOf(timeline);
      expect(countsOf(slowly(rows, rules))).toBe(counts);
      expect(countsOf(classifyRows(rows, rules))).toBe(counts);
      expect(classifyRows(rows, rules)).toEqual(slowly(rows, rules));
      const read = await readTimeline(timeline, rules);
      expect(read.counts).toBe(counts);
      expect(read.chains).toEqual(slowly(rows, rules).map(({ requests }) => requests));
    },
  );
});

/** Which chain a request joins when several fit: by the numbers of the requests in each action. */
const PREFERENCES: [timeline: string, chains: number[][]][] = [
  // The digest that is known to be equal goes before one that is unknown, though that was opened later.
  ['HEAD T1 (D1 logged), +1 HEAD T2, +1 GET D1', [[0, 2], [1]]],
  // The same user agent goes before a later request.
  ['HEAD T1 by podman, +1 HEAD T2 by docker, +1 GET D1 by podman', [[0, 2], [1]]],
  // The latest last request.
  ['HEAD T1, +1 HEAD T2, +1 GET D1', [[0], [1, 2]]],
  ['GET T1, +1 GET T2, +1 GET D1', [[0], [1, 2]]],
  // Of two at the same moment the one opened last.
  ['HEAD T1, HEAD T2, GET D1', [[0], [1, 2]]],
  // A chain at stage HEAD goes before one at stage GET1.
  ['HEAD T1, +1 GET T2, +1 GET D1', [[0, 2], [1]]],
  // Joined last, opened first: the last request decides before the opening.
  ['HEAD T1, +1 GET T2, +1 GET T1, +1 GET D1', [[0, 2, 3], [1]]],
];

describe('when several chains fit', () => {
  test.each(PREFERENCES)('%s', (timeline, chains) => {
    const rows = rowsOf(timeline);
    expect(slowly(rows).map(({ requests }) => requests)).toEqual(chains);
    expect(classifyRows(rows).map(({ requests }) => requests)).toEqual(chains);
  });
});
