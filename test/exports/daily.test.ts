import { describe, expect, test } from 'vitest';
import { analyse, csvText, exported, manifestLine as line, otherLine, spanOf } from '../helpers/exported.ts';

/** spec/outputs.md, "Daily: Hugging Face's shape, exactly". */
const HEADER = 'repoType,repoName,total,timestamp,downloads';
const D1 = `sha256:${'1'.repeat(64)}`;
const row = (name: string, total: number, day: string, downloads: number) =>
  `image,${name},${total},${day}T00:00:00.000Z,${downloads}`;

describe('daily', () => {
  test('counts pulls by tag and by digest; a version check is no download', async () => {
    const analysis = await analyse([
      [
        line('2026-09-01 00:00:00', '192.0.2.1', 'GET', 'zoo/b', '1'),
        line('2026-09-01 00:00:06', '192.0.2.1', 'GET', 'zoo/b', D1),
        line('2026-09-01 10:00:00', '192.0.2.1', 'HEAD', 'zoo/b', '1'),
        line('2026-09-01 23:59:59', '192.0.2.1', 'HEAD', 'busybox', D1),
        // Only version checks: no row at all.
        line('2026-09-01 12:00:00', '192.0.2.1', 'HEAD', 'acme/checked', '1'),
        line('2026-09-02 00:00:00', '192.0.2.1', 'GET', 'acme/team/app', '1'),
      ],
    ]);
    const { text, rows, name } = await exported(analysis, 'daily');
    expect(text).toBe(
      csvText(
        HEADER,
        row('acme/team/app', 1, '2026-09-02', 1),
        row('busybox', 1, '2026-09-01', 1),
        row('zoo/b', 2, '2026-09-01', 2),
      ),
    );
    expect({ rows, name }).toEqual({ rows: 3, name: 'all_daily_all.csv' });
  });

  test('has a row for every day from first to last download, zero days only where the data covers them', async () => {
    const analysis = await analyse([
      [
        // A version check before the first download opens no row.
        line('2026-08-30 10:00:00', '192.0.2.1', 'HEAD', 'a/b', '1'),
        line('2026-08-31 10:00:00', '192.0.2.1', 'GET', 'a/b', '1'),
        // 1 September: nothing, but the log goes on. 2 September: a moment is covered.
        otherLine('2026-09-02 00:00:00'),
      ],
      // 3 and 4 September are in no file.
      [
        otherLine('2026-09-05 23:00:00'),
        line('2026-09-06 10:00:00', '192.0.2.1', 'GET', 'a/b', '1'),
        line('2026-09-06 11:00:00', '192.0.2.1', 'GET', 'a/b', '1'),
        // Nothing behind the last download.
        otherLine('2026-09-08 10:00:00'),
      ],
    ]);
    const { text } = await exported(analysis, 'daily');
    expect(text).toBe(
      csvText(
        HEADER,
        row('a/b', 3, '2026-08-31', 1),
        row('a/b', 3, '2026-09-01', 0),
        row('a/b', 3, '2026-09-02', 0),
        row('a/b', 3, '2026-09-05', 0),
        row('a/b', 3, '2026-09-06', 2),
      ),
    );
  });

  test('of a span holds the rows of the whole file whose days lie in it, with the same totals', async () => {
    const days = ['2026-09-01', '2026-09-02', '2026-09-04', '2026-09-05'];
    const analysis = await analyse([
      days.map((day) => line(`${day} 10:00:00`, '192.0.2.1', 'GET', 'a/b', '1')),
    ]);
    const whole = (await exported(analysis, 'daily')).text.split('\r\n');
    const span = spanOf('2026-09-02', '2026-09-04');
    const { text, name } = await exported(analysis, 'daily', { span, spanKind: 'span' });
    expect(text.split('\r\n')).toEqual([whole[0], ...whole.slice(2, 5), '']);
    expect(text).toBe(
      csvText(
        HEADER,
        row('a/b', 4, '2026-09-02', 1),
        row('a/b', 4, '2026-09-03', 0),
        row('a/b', 4, '2026-09-04', 1),
      ),
    );
    expect(name).toBe('all_daily_span_2026-09-02_2026-09-04.csv');
  });

  test('counts an action on the day of its first request', async () => {
    const analysis = await analyse([
      [
        line('2026-09-01 23:59:58', '192.0.2.1', 'HEAD', 'a/b', '1'),
        line('2026-09-02 00:00:01', '192.0.2.1', 'GET', 'a/b', D1),
      ],
    ]);
    expect((await exported(analysis, 'daily')).text).toBe(csvText(HEADER, row('a/b', 1, '2026-09-01', 1)));
  });

  test('is in code point order of the full names, prefixes put together', async () => {
    const names = ['\u{1f40b}', '\uff5e', 'a/b', 'a-b', 'a', 'B'];
    const lines = names.map((name) => line('2026-09-01 10:00:00', '192.0.2.1', 'GET', encodeURI(name), '1'));
    const again = lines.map((text) => text.replace('/v2/', '/repository/key/v2/'));
    const { text } = await exported(await analyse([[...lines, ...again]]), 'daily');
    expect(text).toBe(
      csvText(
        HEADER,
        ...['B', 'a', 'a-b', 'a/b', '\uff5e', '\u{1f40b}'].map((name) => row(name, 2, '2026-09-01', 2)),
      ),
    );
  });
});
