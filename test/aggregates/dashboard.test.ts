import { describe, expect, test } from 'vitest';
import { dayOfIso } from '../../src/lib/calendar.ts';
import { COVERED_NOT, COVERED_PARTLY, COVERED_WHOLE } from '../../src/model/view.ts';
import { analyse, manifestLine as line, otherLine, spanOf } from '../helpers/exported.ts';

const D1 = `sha256:${'1'.repeat(64)}`;
const LOG = [
  otherLine('2026-09-01 00:00:00'),
  line('2026-09-01 10:00:00', '192.0.2.1', 'HEAD', 'acme/web', '1.0'),
  line('2026-09-01 10:00:01', '192.0.2.1', 'GET', 'acme/web', D1),
  line('2026-09-01 11:00:00', '192.0.2.2', 'HEAD', 'acme/web', '1.0'),
  line('2026-09-02 10:00:00', '192.0.2.1', 'GET', 'acme/web', D1),
  line('2026-09-02 11:00:00', '192.0.2.2', 'HEAD', '__proto__', '1.0'),
  line('2026-09-02 12:00:00', 'unix:', 'GET', 'busybox', '1.36'),
  line('2026-09-02 13:00:00', '192.0.2.3', 'GET', 'busybox', `${D1.replace(':', '-')}.sig`),
];

describe('the dashboard', () => {
  test('shows figures, days and repositories of a span', async () => {
    const view = (await analyse([LOG])).view(spanOf('2026-08-31', '2026-09-02'));
    expect(view.figures).toEqual({
      pulls: 3,
      pullsByTag: 2,
      pullsByDigest: 1,
      versionChecks: 2,
      models: 0,
      datasets: 0,
      spaces: 0,
      // 192.0.2.3 only looked for a signature; the request without an address is none.
      uniqueAddresses: 2,
    });
    expect(view.series).toEqual({
      firstDay: dayOfIso('2026-08-31'),
      pullsByTag: Uint32Array.of(0, 1, 1),
      pullsByDigest: Uint32Array.of(0, 0, 1),
      versionChecks: Uint32Array.of(0, 1, 1),
      downloads: Uint32Array.of(0, 0, 0),
      covered: Uint8Array.of(COVERED_NOT, COVERED_WHOLE, COVERED_PARTLY),
    });
    const { index: _, ...columns } = view.repositories;
    expect(columns).toEqual({
      length: 3,
      names: ['__proto__', 'acme/web', 'busybox'],
      types: Uint8Array.of(0, 0, 0),
      downloads: Uint32Array.of(0, 0, 0),
      pullsByTag: Uint32Array.of(0, 1, 1),
      pullsByDigest: Uint32Array.of(0, 1, 0),
      versionChecks: Uint32Array.of(1, 1, 0),
      uniqueAddresses: Uint32Array.of(1, 2, 0),
      lastPull: Float64Array.of(NaN, Date.parse('2026-09-02T10:00:00Z'), Date.parse('2026-09-02T12:00:00Z')),
      trend: Uint32Array.of(0, 0, 0, 0, 1, 1, 0, 0, 1),
      trendLength: 3,
      trendDays: 1,
    });
    expect(view.signatureLookUps).toBe(1);
  });

  test('counts addresses anew for a shorter span', async () => {
    const analysis = await analyse([LOG]);
    const unique = (first: string, last: string) =>
      analysis.view(spanOf(first, last)).figures.uniqueAddresses;
    expect([unique('2026-09-01', '2026-09-01'), unique('2026-09-02', '2026-09-02')]).toEqual([2, 2]);
    expect(unique('2026-09-01', '2026-09-02')).toBe(2);
    expect(unique('2026-09-03', '2026-09-03')).toBe(0);
  });

  test('leaves out repositories without an action in the span', async () => {
    const view = (await analyse([LOG])).view(spanOf('2026-09-01', '2026-09-01'));
    expect(view.repositories.names).toEqual(['acme/web']);
  });

  test('draws a trend of at most 60 steps, the last one shorter', async () => {
    const days = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-05-01'];
    const analysis = await analyse([
      days.map((day) => line(`${day} 10:00:00`, '192.0.2.1', 'GET', 'a/b', '1')),
    ]);
    // 121 days: steps of three days, the last of one.
    const { trend, trendDays, trendLength } = analysis.view(spanOf('2026-01-01', '2026-05-01')).repositories;
    expect({ trendDays, trendLength }).toEqual({ trendDays: 3, trendLength: 41 });
    expect([...trend]).toEqual([3, ...new Array<number>(39).fill(0), 1]);
  });

  test('counts by the rules in force, and says how many actions the switch would fold', async () => {
    const lines = [1, 2, 3].map((n) =>
      line(`2026-09-01 10:00:0${n}`, '192.0.2.1', 'GET', 'a/b', `sha256:${String(n).repeat(64)}`),
    );
    const strict = await analyse([lines]);
    const folding = await analyse([lines], { foldFurther: true });
    const span = spanOf('2026-09-01', '2026-09-01');
    expect([strict, folding].map((each) => each.view(span).figures.pullsByDigest)).toEqual([2, 1]);
    expect([strict, folding].map((each) => each.foldable())).toEqual([1, 1]);
    // Asking has changed nothing.
    expect([strict, folding].map((each) => each.view(span).figures.pullsByDigest)).toEqual([2, 1]);
  });
});
