import { describe, expect, test } from 'vitest';
import type { CountingRules } from '../../src/model/counting-rules.ts';
import { logLine } from '../helpers/log-lines.ts';
import { readLogs } from '../helpers/read-logs.ts';
import { countsOf, digestOf, readTimeline } from '../helpers/timeline.ts';

/** spec/classification.md, section 4, clause by clause: timelines are written as a log and read from its bytes. */
type Case = [clause: string, timeline: string, counts: string, rules?: Partial<CountingRules>];

function check(cases: Case[]): void {
  test.each(cases.map(([clause, timeline, counts, rules]) => ({ clause, timeline, counts, rules })))(
    '$clause: $timeline → $counts',
    async ({ timeline, counts, rules }) => {
      expect((await readTimeline(timeline, rules)).counts).toBe(counts);
    },
  );
}

describe('4 chains live inside one client address, prefix and name', () => {
  check([
    ['one of each', 'HEAD T, GET D1', '0/1/0'],
    ['another address', 'HEAD T @192.0.2.1, GET D1 @192.0.2.2', '1/0/1'],
    ['another address of IPv6', 'HEAD T @192.0.2.1, GET D1 @192.0.2.11', '1/0/1'],
    ['another name', 'HEAD T of A, GET D1 of B', '1/0/1'],
    ['others in between', 'HEAD T of A, GET T of B, GET D1 of A, GET D1 of B', '0/2/0'],
    ['another user agent is no border', 'HEAD T by docker, GET D1 by podman', '0/1/0'],
  ]);

  test('another prefix: HEAD T under /x, GET D1 under /y → 1/0/1', async () => {
    const time = Date.UTC(2026, 8, 1);
    const count = async (first: string, second: string) => {
      const lines = [
        logLine(time, '192.0.2.1', 'HEAD', `${first}/v2/a/manifests/T`, 200, 1, 'x'),
        logLine(time, '192.0.2.1', 'GET', `${second}/v2/a/manifests/${digestOf('D1')}`, 200, 1, 'x'),
      ];
      const bytes = new TextEncoder().encode(lines.join('\n'));
      return countsOf((await readLogs([{ name: 'log', bytes }])).actions);
    };
    expect(await count('/x', '/y')).toBe('1/0/1');
    expect(await count('', '/y')).toBe('1/0/1');
    expect(await count('/x', '/x')).toBe('0/1/0');
  });
});

describe('4 at most 5 000 ms since that chain’s last request', () => {
  check([
    ['inclusive', 'HEAD T, +5 GET D1', '0/1/0'],
    ['a millisecond more', 'HEAD T, +5.001 GET D1', '1/0/1'],
    ['a chain of three may span 10 s', 'HEAD T, +5 GET D1, +5 GET D2', '0/1/0'],
    ['not since its first, and not longer', 'HEAD T, +5 GET D1, +5.001 GET D2', '0/1/1'],
    ['another chain’s request does not count', 'HEAD T, +3 HEAD T1 of B, +2.001 GET D1', '2/0/1'],
    ['configurable, shorter', 'HEAD T, +1.001 GET D1', '1/0/1', { window: 1000 }],
    ['configurable, longer', 'HEAD T, +30 GET D1', '0/1/0', { window: 30_000 }],
    ['configurable, none', 'HEAD T, GET D1, +0.001 GET D2', '0/1/1', { window: 0 }],
  ]);
});

describe('4 HEAD tag T', () => {
  check([
    ['opens a tag chain', 'HEAD T', '1/0/0'],
    ['never continues a HEAD', 'HEAD T, HEAD T', '2/0/0'],
    ['never continues a GET', 'GET T, HEAD T', '1/1/0'],
    ['never continues a digest', 'GET D1, HEAD T', '1/0/1'],
    ['its digest is unknown, so any GET continues it', 'HEAD T, GET D2', '0/1/0'],
    ['its digest is the one on its own line', 'HEAD T (D1 logged), GET D2', '1/0/1'],
  ]);
});

describe('4 HEAD digest D', () => {
  check([
    ['opens a digest chain', 'HEAD D1', '0/0/1'],
    ['never continues a HEAD of a tag', 'HEAD T, HEAD D1', '1/0/1'],
    ['never continues a HEAD of the same digest', 'HEAD D1, HEAD D1', '0/0/2'],
    ['never continues a GET', 'GET T, HEAD D1', '0/1/1'],
  ]);
});

describe('4 GET tag T', () => {
  check([
    ['continues a HEAD of the same tag', 'HEAD T, GET T', '0/1/0'],
    ['not of another', 'HEAD T1, GET T2', '1/1/0'],
    ['not of a digest', 'HEAD D1, GET T', '0/1/1'],
    ['not a chain at stage GET1', 'HEAD T, GET T, GET T', '0/2/0'],
    ['else opens a chain at stage GET1', 'GET T, GET D1', '0/1/0'],
    ['its digest is the one on its own line', 'GET T (D1 logged), GET D1', '0/1/1'],
    ['and any other digest is a child', 'GET T (D1 logged), GET D2', '0/1/0'],
  ]);
});

describe('4 GET digest D', () => {
  check([
    ['(a) continues a HEAD of D', 'HEAD D1, GET D1', '0/0/1'],
    ['(a) not of another digest', 'HEAD D1, GET D2', '0/0/2'],
    ['(a) continues a HEAD of a tag with unknown digest', 'HEAD T, GET D1', '0/1/0'],
    ['(a) makes the digest known: D again is another action', 'HEAD T, GET D1, GET D1', '0/1/1'],
    ['(b) continues a GET of a tag with unknown digest', 'GET T, GET D1', '0/1/0'],
    ['(b) continues a GET of another digest', 'GET D1, GET D2', '0/0/1'],
    ['(b) not of the same digest', 'GET D1, GET D1', '0/0/2'],
    ['(b) then the chain is closed', 'GET D1, GET D2, GET D3', '0/0/2'],
    ['(b) and what comes then opens a chain at stage GET1', 'GET D1, GET D2, GET D3, GET D1', '0/0/2'],
    ['(b) closes a chain of HEAD, GET, GET', 'HEAD T, GET D1, GET D2, GET D3', '0/1/1'],
    ['(b) closes a chain of two tags’ GETs', 'HEAD T, GET T, GET D1, GET D2', '0/1/1'],
    ['else opens a digest chain', 'GET D1', '0/0/1'],
  ]);
});

describe('4 several chains fit:', () => {
  test.each([
    ['(a) before (b)', 'HEAD T1, +1 GET T2, +1 GET D1', [[0, 2], [1]]],
    ['known equal digest before unknown', 'HEAD D1, +1 HEAD T, +1 GET D1', [[0, 2], [1]]],
    ['also of a tag', 'HEAD T1 (D1 logged), +1 HEAD T2, +1 GET D1', [[0, 2], [1]]],
    ['also for a GET of the tag', 'HEAD T (D1 logged), +1 HEAD T, +1 GET T (D1 logged)', [[0, 2], [1]]],
    [
      'known equal digest before the same user agent',
      'HEAD D1 by a, +1 HEAD T by b, +1 GET D1 by b',
      [[0, 2], [1]],
    ],
    ['then the same user agent', 'HEAD T1 by a, +1 HEAD T2 by b, +1 GET D1 by a', [[0, 2], [1]]],
    ['also among digests', 'HEAD D1 by a, +1 HEAD D1 by b, +1 GET D1 by a', [[0, 2], [1]]],
    ['also of one tag', 'HEAD T by a, +1 HEAD T by b, +1 GET T by a', [[0, 2], [1]]],
    ['also at stage GET1', 'GET T1 by a, +1 GET T2 by b, +1 GET D1 by a', [[0, 2], [1]]],
    [
      'the user agent is that of the first request',
      'HEAD T1 by a, GET T1 by b, +1 GET T2 by a, GET D1 by b',
      [
        [0, 1],
        [2, 3],
      ],
    ],
    ['then the latest last request', 'HEAD T1, +1 HEAD T2, +1 GET D1', [[0], [1, 2]]],
    [
      'which need not be of the chain opened last',
      'HEAD T1, +1 GET T2, +1 GET T1, +1 GET D1',
      [[0, 2, 3], [1]],
    ],
    ['then the one opened last', 'HEAD T1, HEAD T2, GET D1', [[0], [1, 2]]],
    [
      'opened last, among those joined at the same moment',
      'HEAD T1, +1 HEAD T2, +1 GET T2, GET T1, GET D1',
      [
        [0, 3],
        [1, 2, 4],
      ],
    ],
    ['a chain that is too old does not fit', 'HEAD D1, +3 HEAD T, +3 GET D1', [[0], [1, 2]]],
  ])('%s: %s', async (_, timeline, chains) => {
    expect((await readTimeline(timeline)).chains).toEqual(chains);
  });
});

describe('4 a chain becomes', () => {
  test.each([
    ['a version check, if it never got a GET', 'HEAD T', ['version_check']],
    ['a pull by tag', 'GET T', ['pull_by_tag']],
    ['a pull by tag, with HEAD', 'HEAD T, GET T', ['pull_by_tag']],
    ['a pull by digest', 'GET D1', ['pull_by_digest']],
    ['a pull by digest, HEAD alone', 'HEAD D1', ['pull_by_digest']],
    ['a pull by digest, with a child', 'HEAD D1, GET D1, GET D2', ['pull_by_digest']],
  ])('%s: %s', async (_, timeline, kinds) => {
    expect((await readTimeline(timeline)).actions.map(({ action }) => action)).toEqual(kinds);
  });
});

describe('4 the switch “fold further manifests”', () => {
  const foldFurther = true;
  check([
    ['is off by default', 'GET T, GET D1, GET D2, GET D3', '0/1/1'],
    ['lets further digests join', 'GET T, GET D1, GET D2, GET D3', '0/1/0', { foldFurther }],
    ['not one that is in the chain', 'GET T, GET D1, GET D2, GET D1', '0/1/1', { foldFurther }],
    ['not the one that the chain began with', 'GET D1, GET D2, GET D1', '0/0/2', { foldFurther }],
    ['not one that a HEAD began with', 'HEAD D1, GET D1, GET D2, GET D1', '0/0/2', { foldFurther }],
    ['within the window', 'GET T, +5 GET D1, +5 GET D2, +5 GET D3', '0/1/0', { foldFurther }],
    ['and no longer', 'GET T, +5 GET D1, +5 GET D2, +5.001 GET D3', '0/1/1', { foldFurther }],
    ['does not make a tag join', 'GET T, GET D1, GET D2, GET T1', '0/2/0', { foldFurther }],
  ]);

  test.each([
    ['GET T, GET D1', 0],
    ['GET T, GET D1, GET D2', 1],
    ['GET T, GET D1, GET D2, GET D3, GET D4', 2],
    ['GET T, GET D1, GET D2, GET D3, GET D4, GET D5', 2],
  ])('the number that it would fold is known, on or off: %s → %i', async (timeline, folded) => {
    expect((await readTimeline(timeline)).analysis.foldable()).toBe(folded);
    expect((await readTimeline(timeline, { foldFurther })).analysis.foldable()).toBe(folded);
  });
});

describe('4 the switch “separate clients by user agent”', () => {
  const separateByAgent = true;
  check([
    ['is off by default', 'HEAD T by a, GET D1 by b', '0/1/0'],
    ['keeps user agents apart', 'HEAD T by a, GET D1 by b', '1/0/1', { separateByAgent }],
    [
      'still folds those of one',
      'HEAD T by a, HEAD T by b, GET D1 by b, GET D1 by a',
      '0/2/0',
      { separateByAgent },
    ],
    ['and still keeps addresses apart', 'HEAD T by a, GET D1 @192.0.2.2 by a', '1/0/1', { separateByAgent }],
  ]);
});
