import { describe, expect, test } from 'vitest';
import type { ExportRequest } from '../../src/model/view.ts';
import { analyse, exported, manifestLine as line, otherLine, spanOf } from '../helpers/exported.ts';

/**
 * spec/outputs.md, "Spans": <namespace or all>_<kind>_<all|week|month|span>[_<start>[_<end>]][_partial].csv. The data
 * goes from 30 August 2026, 12:00 to the end of 30 September, except for 21 to 23 September.
 */
const LOGS = [
  [otherLine('2026-08-30 12:00:00'), otherLine('2026-09-20 23:55:00')],
  [
    otherLine('2026-09-24 00:05:00'),
    line('2026-09-25 10:00:00', '192.0.2.1', 'GET', 'a/b', '1'),
    otherLine('2026-09-30 23:59:59'),
  ],
];
const analysis = analyse(LOGS);

const CASES: [spanKind: ExportRequest['spanKind'], first: string, last: string, name: string][] = [
  ['all', '2026-08-30', '2026-09-30', 'all'],
  // Monday to Sunday, covered whole; cut off at its beginning; cut off by the hole; in the hole entirely.
  ['week', '2026-09-07', '2026-09-13', 'week_2026-09-07'],
  ['week', '2026-08-24', '2026-08-30', 'week_2026-08-24_partial'],
  ['week', '2026-09-21', '2026-09-27', 'week_2026-09-21_partial'],
  ['month', '2026-09-01', '2026-09-30', 'month_2026-09_partial'],
  ['month', '2026-08-01', '2026-08-31', 'month_2026-08_partial'],
  ['span', '2026-08-31', '2026-09-20', 'span_2026-08-31_2026-09-20'],
  ['span', '2026-08-30', '2026-09-20', 'span_2026-08-30_2026-09-20_partial'],
  ['span', '2026-08-31', '2026-09-21', 'span_2026-08-31_2026-09-21_partial'],
  ['span', '2026-09-24', '2026-09-24', 'span_2026-09-24_2026-09-24'],
  ['span', '2026-09-30', '2026-10-01', 'span_2026-09-30_2026-10-01_partial'],
  ['last-month', '2026-09-24', '2026-09-30', 'span_2026-09-24_2026-09-30'],
];

describe('the file name of an export', () => {
  test.each(CASES)('%s from %s to %s → %s', async (spanKind, first, last, name) => {
    for (const kind of ['raw', 'summary', 'daily'] as const) {
      const file = await exported(await analysis, kind, { spanKind, span: spanOf(first, last) });
      expect(file.name).toBe(`all_${kind}_${name}.csv`);
    }
  });

  test('of a month that the data covers whole is not marked', async () => {
    const whole = await analyse([[otherLine('2026-02-01 00:00:00'), otherLine('2026-02-28 23:59:59')]]);
    const file = await exported(whole, 'raw', {
      spanKind: 'month',
      span: spanOf('2026-02-01', '2026-02-28'),
    });
    expect(file.name).toBe('all_raw_month_2026-02.csv');
  });

  test('the summary is named alike at every level', async () => {
    for (const level of ['reference', 'repository', 'namespace'] as const) {
      expect((await exported(await analysis, 'summary', { level })).name).toBe('all_summary_all.csv');
    }
  });

  test('begins with the namespace, when the filter leaves one', async () => {
    const nameFor = async (...names: string[]) => {
      const filter = { repository: { included: names, excluded: [] } };
      return (await exported(await analysis, 'daily', { filter })).name;
    };
    expect(await nameFor('acme/*')).toBe('acme_daily_all.csv');
    expect(await nameFor('acme/web', 'acme/api')).toBe('acme_daily_all.csv');
    for (const names of [['acme/web', 'b/c'], ['a*/web'], ['busybox'], ['*'], ['../x']])
      expect(await nameFor(...names)).toBe('all_daily_all.csv');
  });
});
