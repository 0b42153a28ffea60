import { expect, test } from 'vitest';
import { bucketDays } from '../../../src/views/charts/buckets.ts';
import { markerLabels } from '../../../src/views/charts/markers.ts';
import { actionsCells, togetherCells } from '../../../src/views/charts/table-cells.ts';
import { noteMarkers } from '../../../src/views/notes/note-markers.ts';

const first = Date.UTC(2026, 8, 7) / 86_400_000;
const span = { first, last: first + 13 };
const notes = [
  { day: first - 1, text: 'before' },
  { day: first, text: 'moved' },
  { day: first + 8, text: 'out' },
  { day: first + 9, text: 'fixed' },
];
const column = () => new Uint32Array(14);
const series = {
  ...{ firstDay: first, covered: new Uint8Array(14).fill(2) },
  ...{ pullsByTag: column(), pullsByDigest: column(), versionChecks: column(), downloads: column() },
};

test('a note is in the bucket of its day, by the clock of the days', () => {
  const marks = noteMarkers(notes, { ...span, zone: 'America/New_York' });
  expect(marks.map(({ time }) => new Date(time).toISOString())).toEqual([
    '2026-09-07T04:00:00.000Z',
    '2026-09-15T04:00:00.000Z',
    '2026-09-16T04:00:00.000Z',
  ]);
  const weeks = bucketDays(series, 'week', { zone: 'America/New_York' });
  expect(weeks.map((week) => markerLabels({ markers: [], notes: marks }, week))).toEqual([
    ['Note: moved'],
    ['Note: out', 'Note: fixed'],
  ]);
});

test('tables have a column of notes where there are any', () => {
  const weeks = bucketDays(series, 'week');
  const marks = noteMarkers(notes, span);
  expect(actionsCells(weeks, null, marks).map((cells) => cells.at(-1))).toEqual([
    'note',
    'moved',
    'out; fixed',
  ]);
  expect(togetherCells(weeks, [{ name: 'a', pulls: [1, 2] }], marks)[2]!.slice(-2)).toEqual([
    2,
    'out; fixed',
  ]);
  expect(actionsCells(weeks, null, [])[0]).not.toContain('note');
});
