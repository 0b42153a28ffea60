import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_RULES } from '../../src/model/counting-rules.ts';
import { classifyRows, type Row } from '../helpers/classify-rows.ts';
import type { SlowRequest } from '../helpers/slow-lines.ts';
import { classifySlowly } from '../helpers/slow-reference.ts';

/** Very many requests of one address for one repository inside the window: what a shared proxy looks like. */
const DIGESTS = [1, 2, 3].map((n) => `sha256:${String(n).repeat(64)}`);
const START = Date.UTC(2026, 8, 1, 10);

const request = fc.record({
  wait: fc.constantFrom(0, 0, 0, 0, 0, 0, 1000, 2500, 5000, 5001),
  method: fc.constantFrom('HEAD' as const, 'GET' as const),
  reference: fc.oneof(
    fc.constantFrom('1.0', 'latest', ...DIGESTS),
    fc.integer({ min: 1, max: 20 }).map((n) => `tag-${n}`),
  ),
  digest: fc.constantFrom(undefined, undefined, ...DIGESTS),
  agent: fc.constantFrom('docker', 'docker', 'containerd', 'skopeo'),
});

test.each([
  { foldFurther: false, separateByAgent: false },
  { foldFurther: true, separateByAgent: false },
  { foldFurther: false, separateByAgent: true },
])('a storm is folded as the slow reference folds it: %o', (switches) => {
  const rules = { ...DEFAULT_RULES, ...switches };
  const storm = fc.array(request, { minLength: 20, maxLength: 120, size: 'max' });
  fc.assert(
    fc.property(storm, (requests) => {
      let t = START;
      const rows = requests.map(({ wait, digest, ...rest }): Row => {
        t += wait;
        return { t, ...rest, ...(digest && { digest }) };
      });
      const slow = rows.map((row, i): SlowRequest => ({
        file: 'log',
        offset: i,
        time: row.t,
        client: '192.0.2.1',
        prefix: '',
        name: 'acme/web',
        method: row.method as 'HEAD' | 'GET',
        reference: row.reference,
        ...(row.digest && { digest: row.digest }),
        agent: row.agent!,
        status: 200,
        isLogger: false,
        written: 0,
        start: 0,
      }));
      const expected = classifySlowly(slow, rules).map((chain) => chain.requests.map(({ offset }) => offset));
      expect(classifyRows(rows, rules).map(({ requests }) => requests)).toEqual(expected);
    }),
    { numRuns: 400 },
  );
});

test('a storm of one second behind one address is counted without comparing all with all', () => {
  // As many rows as the helper's one page holds.
  const rows = Array.from({ length: 1 << 13 }, (): Row[] => [
    { t: START, method: 'HEAD', reference: '1.0' },
    { t: START, method: 'GET', reference: DIGESTS[0]! },
    { t: START, method: 'GET', reference: DIGESTS[0]! },
    { t: START, method: 'GET', reference: DIGESTS[0]! },
    { t: START, method: 'HEAD', reference: DIGESTS[1]! },
    { t: START, method: 'GET', reference: DIGESTS[1]! },
    { t: START, method: 'HEAD', reference: 'latest' },
    { t: START, method: 'GET', reference: 'latest', digest: DIGESTS[1]! },
  ]).flat();
  const actions = classifyRows(rows);
  const count = (kind: string) => actions.filter(({ action }) => action === kind).length;
  const sample = classifyRows(rows.slice(0, 80)).filter(({ action }) => action === 'pull_by_tag').length;
  expect(sample).toBe(20);
  expect([count('version_check'), count('pull_by_tag')]).toEqual([0, 2 << 13]);
});
