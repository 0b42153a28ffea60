import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Filter, NO_FILTER, withValue } from '../../src/model/filter.ts';
import { type CountingRules, DEFAULT_RULES } from '../../src/model/counting-rules.ts';
import type { WhyFigure, WhyScope } from '../../src/model/why.ts';
import { analyse, manifestLine as line } from '../helpers/exported.ts';
import { digestOf, readTimeline } from '../helpers/timeline.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 8, 1);

function scopeOf(figure: WhyFigure, changes: Partial<WhyScope> = {}): WhyScope {
  return {
    figure,
    from: START,
    to: START + DAY,
    filter: NO_FILTER,
    repository: null,
    reference: null,
    source: null,
    ...changes,
  };
}

/** A timeline's rules of one figure: "2 get-tag (2)" are two actions from two requests. */
async function rulesOf(timeline: string, figure: WhyFigure, rules: Partial<CountingRules> = {}) {
  const { analysis } = await readTimeline(timeline, rules);
  return analysis
    .why(scopeOf(figure))
    .rules.map(({ rule, actions, requests }) => `${actions} ${rule} (${requests})`);
}

describe('the rule behind an action', () => {
  test.each([
    ['HEAD T', 'versionChecks', '1 head-tag (1)'],
    ['GET T', 'pullsByTag', '1 get-tag (1)'],
    ['HEAD T, +1 GET T', 'pullsByTag', '1 head-tag+get-tag (2)'],
    ['GET T, +1 GET D1', 'pullsByTag', '1 get-tag+further (2)'],
    ['HEAD T, +5 GET D1', 'pullsByTag', '1 head-tag+get-digest (2)'],
    ['HEAD T, +5 GET D1, +5 GET D2', 'pullsByTag', '1 head-tag+get-digest+further (3)'],
    ['HEAD T, +1 GET T, +1 GET D1', 'pullsByTag', '1 head-tag+get-tag+further (3)'],
    ['GET D1', 'pullsByDigest', '1 get-digest (1)'],
    ['HEAD D1', 'pullsByDigest', '1 head-digest (1)'],
    ['GET D1, +1 GET D2', 'pullsByDigest', '1 get-digest+further (2)'],
    ['HEAD D1, +1 GET D1', 'pullsByDigest', '1 head-digest+get-digest (2)'],
    ['HEAD D1, +1 GET D1, +1 GET D2', 'pullsByDigest', '1 head-digest+get-digest+further (3)'],
  ] as const)('%s', async (timeline, figure, rule) => {
    expect(await rulesOf(timeline, figure)).toEqual([rule]);
  });

  test('is told when further manifests are folded, too', async () => {
    const timeline = 'GET T, +1 GET D1, +1 GET D2, +1 GET D3';
    expect(await rulesOf(timeline, 'pullsByTag', { foldFurther: true })).toEqual(['1 get-tag+further (4)']);
  });
});

test('a number is broken down by rule, and counted by other rules', async () => {
  // One folded from three, one by tag alone, and a check.
  const { analysis } = await readTimeline(
    'GET T, +1 GET D1, +1 GET D2, +60 GET T @192.0.2.2, +60 GET D3 @192.0.2.2, +400 HEAD T @192.0.2.3',
  );
  const scope = scopeOf('pulls');
  const { rules, examples, ...answer } = analysis.why(scope);
  expect(answer).toEqual({
    actions: 4,
    requests: 5,
    gets: 5,
    uniqueAddresses: 2,
    withoutAddress: 0,
    hidden: 0,
    hiddenByAlone: [],
    signatures: 0,
    innerHops: 0,
  });
  expect(rules).toEqual([
    { rule: 'get-digest', actions: 2, requests: 2 },
    { rule: 'get-tag', actions: 1, requests: 1 },
    { rule: 'get-tag+further', actions: 1, requests: 2 },
  ]);
  // D2 joins the pull before it; within five minutes D3 does, too.
  expect(analysis.otherCounts(scope)).toEqual({ foldFurther: 3, wideWindow: 3 });
  expect(analysis.why(scope).rules).toEqual(rules);
  expect(examples.map(({ rule, requests }) => [rule, requests.map(({ method }) => method)])).toEqual([
    ['get-digest', ['GET']],
    ['get-digest', ['GET']],
    ['get-tag', ['GET']],
    ['get-tag+further', ['GET', 'GET']],
  ]);
  expect(
    examples[3]!.requests.map(({ reference, isDigest, offset }) => [reference, isDigest, offset]),
  ).toEqual([
    ['T', false, 0],
    [digestOf('D1'), true, expect.any(Number)],
  ]);
});

test('what a filter and switches hide is told', async () => {
  const { analysis } = await readTimeline(
    'GET T, GET S.sig, +60 GET T2, +60 GET T by podman, +60 GET T2 by podman',
  );
  const noTag = withValue(NO_FILTER, 'tag', 'T2', 'exclude');
  const filter = withValue(noTag, 'client', 'podman', 'exclude');
  const answer = analysis.why(scopeOf('pullsByTag', { filter }));
  expect([answer.actions, answer.hidden, answer.signatures]).toEqual([1, 3, 1]);
  expect(answer.hiddenByAlone).toEqual([
    ['tag', 1],
    ['client', 1],
  ]);
});

test('a cell is of one repository, tag, digest, family or client', async () => {
  const analysis = await analyse([
    [
      line('2026-09-01 10:00:00', '192.0.2.1', 'GET', 'acme/web', '1.27.1'),
      line('2026-09-01 10:01:00', '192.0.2.1', 'GET', 'acme/web', '1.27.2'),
      line('2026-09-01 10:02:00', '192.0.2.2', 'GET', 'acme/web', '1.28.0'),
      line('2026-09-01 10:03:00', '192.0.2.2', 'GET', 'acme/web', digestOf('D1')),
      line('2026-09-01 10:04:00', '192.0.2.2', 'GET', 'other', '1.27.1'),
      line('2026-09-02 10:04:00', '192.0.2.2', 'GET', 'other', '1.27.1'),
    ],
  ]);
  const count = (changes: Partial<WhyScope>) => analysis.why(scopeOf('pulls', changes)).actions;
  const repository = { index: analysis.traffic().names.find('acme/web'), name: 'acme/web' };
  expect(count({})).toBe(5);
  expect(count({ to: START + 2 * DAY })).toBe(6);
  expect(count({ from: Date.UTC(2026, 8, 1, 10, 1), to: Date.UTC(2026, 8, 1, 10, 3) })).toBe(2);
  expect(count({ repository })).toBe(4);
  expect(count({ repository: { index: 99, name: 'none' } })).toBe(0);
  expect(count({ repository, reference: { text: '1.27.*', isDigest: false } })).toBe(2);
  expect(count({ repository, reference: { text: '1.28.0', isDigest: false } })).toBe(1);
  expect(count({ repository, reference: { text: digestOf('D1'), isDigest: true } })).toBe(1);
  const { storms } = analysis.repositoryPage(0, { first: START / DAY, last: START / DAY });
  expect(storms).toEqual([]);
  const source = { client: analysis.traffic().clients.find('192.0.2.2'), agent: 0 };
  expect(count({ source })).toBe(3);
  expect(analysis.sourceOf(source)).toEqual({ address: '192.0.2.2', agent: 'docker/27.3.1' });
});

const request = fc.record({
  wait: fc.constantFrom(0, 1, 1, 5, 6, 400, 90_000),
  method: fc.constantFrom('HEAD', 'GET'),
  what: fc.constantFrom('T1', 'T2', 'D1', 'D2', 'S.sig'),
  repository: fc.constantFrom('A', 'B'),
  client: fc.constantFrom('192.0.2.1', '192.0.2.2', 'unknown'),
  agent: fc.constantFrom('docker', 'podman'),
});
const rules = fc.record({
  window: fc.constantFrom(1000, 5000, 60_000),
  foldFurther: fc.boolean(),
  separateByAgent: fc.boolean(),
  countSignatures: fc.boolean(),
});
const filter = fc.constantFrom<Filter>(
  NO_FILTER,
  withValue(NO_FILTER, 'tag', 'T1', 'include'),
  withValue(NO_FILTER, 'digest', digestOf('D1'), 'exclude'),
  withValue(NO_FILTER, 'client', 'podman', 'exclude'),
  withValue(NO_FILTER, 'action', 'pull_by_tag', 'include'),
  withValue(NO_FILTER, 'repository', 'B', 'include'),
);

test('for any log, rules and filter the actions by rule add up to the figure', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(request, { minLength: 1, maxLength: 30 }),
      rules,
      filter,
      async (requests, counting, by) => {
        const timeline = requests
          .map(
            (each) =>
              `+${each.wait} ${each.method} ${each.what} of ${each.repository} @${each.client} by ${each.agent}`,
          )
          .join(', ');
        const { analysis } = await readTimeline(timeline, counting);
        const { days } = analysis.report();
        const view = analysis.view(days!, by);
        const all = { from: days!.first * DAY, to: (days!.last + 1) * DAY, filter: by };
        for (const figure of ['pulls', 'pullsByTag', 'pullsByDigest', 'versionChecks'] as const) {
          const why = analysis.why(scopeOf(figure, all));
          expect(why.actions).toBe(view.figures[figure]);
          expect(why.rules.reduce((sum, { actions }) => sum + actions, 0)).toBe(why.actions);
          expect(why.rules.reduce((sum, { requests }) => sum + requests, 0)).toBe(why.requests);
        }
        expect(analysis.why(scopeOf('uniqueAddresses', all)).uniqueAddresses).toBe(
          view.figures.uniqueAddresses,
        );
        // By other rules: the same as if the log had been counted so from the beginning.
        const other = analysis.otherCounts(scopeOf('pulls', all));
        const shown = [analysis.view(days!, by), analysis.why(scopeOf('pulls', all))];
        analysis.setRules({ ...DEFAULT_RULES, ...counting, foldFurther: !counting.foldFurther });
        expect(other.foldFurther).toBe(analysis.view(days!, by).figures.pulls);
        analysis.setRules({ ...DEFAULT_RULES, ...counting, window: 300_000 });
        expect(other.wideWindow).toBe(analysis.view(days!, by).figures.pulls);
        analysis.setRules({ ...DEFAULT_RULES, ...counting });
        expect([analysis.view(days!, by), analysis.why(scopeOf('pulls', all))]).toEqual(shown);
      },
    ),
    { numRuns: 40 },
  );
}, 60_000);
