import { expect, test } from 'vitest';
import { dayOfIso, isoDay } from '../../src/lib/calendar.ts';
import { LEVEL_REPOSITORY, type Measure } from '../../src/model/count-rows.ts';
import type { CountSource, ReconcileRow } from '../../src/model/resolved-counts.ts';
import { COVERED_NOT, COVERED_PARTLY, COVERED_WHOLE } from '../../src/model/view.ts';
import { sourceOfLogs } from '../../src/tables/resolve/count-source.ts';
import { type LogFacts, reconcile } from '../../src/tables/resolve/reconcile.ts';
import { CountSink } from '../../src/tables/table-reader.ts';

type Row = [repository: string, first: string, last: string, measure: Measure, count: number];

function source(meaning: string, rows: Row[]): CountSource {
  const sink = new CountSink();
  for (const [repository, first, last, measure, count] of rows) {
    sink.push(repository, 'image', LEVEL_REPOSITORY, [dayOfIso(first), dayOfIso(last)], measure, count);
  }
  const counts = sink.rows.finish();
  if (meaning === 'registry-actions') return sourceOfLogs('', counts, []);
  return { name: 'hub.csv', format: 'other', meaning, counts, covered: [] };
}

const day = (repository: string, date: string, measure: Measure, count: number): Row =>
  [repository, ...[date, date], measure, count] as unknown as Row;
const WHOLE: LogFacts = { coverage: () => COVERED_WHOLE, setAside: () => 0, droppedByStatus: 0 };

const show = (rows: ReconcileRow[]) =>
  rows.map(
    ({ repository, first, last, measure, a, b, difference, reasons }) =>
      `${repository} ${isoDay(first)}${last > first ? `..${isoDay(last)}` : ''} ${measure} ${a} ${b} ${difference} ${reasons.join()}`,
  );

test('days side by side, with what the logs tell of the difference', () => {
  const logs = source('registry-actions', [
    day('acme/web', '2026-09-01', 'pulls_by_tag', 10),
    day('acme/web', '2026-09-02', 'pulls_by_tag', 10),
    day('acme/web', '2026-09-03', 'pulls_by_tag', 10),
    day('acme/web', '2026-09-04', 'pulls_by_tag', 9),
  ]);
  const hub = source('docker-usage', [
    day('acme/web', '2026-09-01', 'pulls', 10),
    day('acme/web', '2026-09-02', 'pulls', 12),
    day('acme/web', '2026-09-03', 'pulls', 14),
    day('acme/web', '2026-09-04', 'pulls', 8),
    day('acme/other', '2026-09-04', 'pulls', 8),
  ]);
  const facts: LogFacts = {
    coverage: (at) =>
      at === dayOfIso('2026-09-03')
        ? COVERED_PARTLY
        : at === dayOfIso('2026-09-05')
          ? COVERED_NOT
          : COVERED_WHOLE,
    setAside: (repository, at) => (repository === 'acme/web' && at === dayOfIso('2026-09-02') ? 3 : 0),
    droppedByStatus: 0,
  };
  expect(show(reconcile(logs, hub, facts))).toEqual([
    'acme/web 2026-09-01 pulls 10 10 0 ',
    'acme/web 2026-09-02 pulls 10 12 2 meaning,set-aside,shared-address-or-cache',
    'acme/web 2026-09-03 pulls 10 14 4 meaning,missing-hours,shared-address-or-cache',
    'acme/web 2026-09-04 pulls 9 8 -1 meaning',
  ]);
});

test('days are added up to weeks', () => {
  const logs = source('registry-actions', [
    day('acme/web', '2026-08-31', 'pulls_by_tag', 1),
    day('acme/web', '2026-09-06', 'pulls_by_digest', 2),
    day('acme/web', '2026-09-07', 'pulls_by_tag', 4),
  ]);
  const hub = source('docker-publisher', [
    ['acme/web', '2026-08-31', '2026-09-06', 'downloads', 5],
    ['acme/web', '2026-08-31', '2026-09-06', 'pulls_including_checks', 50],
  ]);
  const [row, ...others] = reconcile(logs, hub, { ...WHOLE, droppedByStatus: 7 });
  expect(others).toEqual([]);
  expect(show([row!])).toEqual([
    'acme/web 2026-08-31..2026-09-06 pulls 3 5 2 meaning,statuses,shared-address-or-cache',
  ]);
});

test('a moved border between days, and checks that the other counts as pulls', () => {
  const a = source('registry-actions', [
    day('acme/web', '2026-09-01', 'pulls_by_tag', 10),
    day('acme/web', '2026-09-02', 'pulls_by_tag', 10),
    day('acme/web', '2026-09-03', 'pulls_by_tag', 10),
  ]);
  const moved = source('registry-actions', [
    day('acme/web', '2026-09-01', 'pulls_by_tag', 14),
    day('acme/web', '2026-09-02', 'pulls_by_tag', 6),
    day('acme/web', '2026-09-03', 'pulls_by_tag', 10),
  ]);
  expect(show(reconcile(a, moved)).filter((row) => row.includes('by_tag'))).toEqual([
    'acme/web 2026-09-01 pulls_by_tag 10 14 4 day-border,shared-address-or-cache',
    'acme/web 2026-09-02 pulls_by_tag 10 6 -4 day-border',
    'acme/web 2026-09-03 pulls_by_tag 10 10 0 ',
  ]);
  const folded = source('registry-actions', [
    day('acme/web', '2026-09-01', 'pulls_by_tag', 12),
    day('acme/web', '2026-09-01', 'version_checks', 3),
  ]);
  const checks = source('registry-actions', [
    day('acme/web', '2026-09-01', 'pulls_by_tag', 10),
    day('acme/web', '2026-09-01', 'version_checks', 5),
  ]);
  expect(show(reconcile(checks, folded))).toContain(
    'acme/web 2026-09-01 pulls 10 12 2 folding,shared-address-or-cache',
  );
});

test('a day that one source lacks', () => {
  const a = source('registry-actions', [
    day('acme/web', '2026-09-01', 'pulls_by_tag', 1),
    day('acme/web', '2026-09-03', 'pulls_by_tag', 1),
  ]);
  const b = source('registry-actions', [
    day('acme/web', '2026-09-01', 'pulls_by_tag', 1),
    day('acme/web', '2026-09-02', 'pulls_by_tag', 6),
    day('acme/web', '2026-09-03', 'pulls_by_tag', 1),
  ]);
  expect(show(reconcile(a, b))).toContain(
    'acme/web 2026-09-02 pulls_by_tag 0 6 6 missing-days,shared-address-or-cache',
  );
  // The days are known whole: then there was none.
  expect(show(reconcile(a, b, WHOLE))).toContain(
    'acme/web 2026-09-02 pulls_by_tag 0 6 6 shared-address-or-cache',
  );
});
