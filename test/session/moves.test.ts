import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_FILTER } from '../../src/model/filter.ts';
import { differenceOf, MOVE_FACETS, movesBetween } from '../../src/session/moves.ts';
import { movesText } from '../../src/views/text/moves.ts';
import { analyse, manifestLine as line, spanOf } from '../helpers/exported.ts';

const BEFORE = spanOf('2026-09-01', '2026-09-02');
const NOW = spanOf('2026-09-03', '2026-09-04');

async function movesOf(log: string[]) {
  const analysis = await analyse([log]);
  const [before, now] = [BEFORE, NOW].map((span) => ({
    view: analysis.view(span),
    breakdowns: analysis.breakdowns(span, NO_FILTER),
  }));
  return movesBetween(before!, now!);
}

const pull = (day: number, name: string, second: number) =>
  line(`2026-09-0${day} 10:${String(second).padStart(2, '0')}:00`, '192.0.2.1', 'GET', name, '1.0');

describe('what moved', () => {
  it('is ranked by difference, whatever its direction', async () => {
    const { measure, whole, by } = await movesOf([
      ...[1, 2, 3, 4, 5].map((i) => pull(1, 'acme/gone', i)),
      ...[6, 7].map((i) => pull(2, 'acme/same', i)),
      ...[1, 2].map((i) => pull(3, 'acme/same', i)),
      ...[3, 4, 5, 6, 7, 8].map((i) => pull(4, 'acme/new', i)),
    ]);
    expect(measure).toBe('pulls');
    expect(whole).toEqual({ value: '', before: 7, now: 8 });
    expect(by.repository).toEqual([
      { value: 'acme/new', before: 0, now: 6 },
      { value: 'acme/gone', before: 5, now: 0 },
    ]);
  });

  it('can be said in a paragraph', async () => {
    const moves = await movesOf([
      ...[1, 2].map((i) => pull(1, 'acme/web', i)),
      ...[1, 2, 3].map((i) => pull(3, 'acme/web', i)),
      pull(3, 'acme/b', 9),
    ]);
    const said = movesText.paragraph(moves, NOW, BEFORE);
    expect(said).toContain('Pulls rose from 2 to 4, ');
    expect(said).toContain('Repositories: acme/web +1, acme/b +1.');
  });

  it('adds up to the whole, in every list', async () => {
    const requests = fc.array(
      fc.record({
        day: fc.integer({ min: 1, max: 4 }),
        name: fc.constantFrom('a', 'b/c', '__proto__'),
        second: fc.integer({ min: 0, max: 59 }),
      }),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(requests, async (all) => {
        const log = all
          .sort((a, b) => a.day - b.day || a.second - b.second)
          .map(({ day, name, second }) => pull(day, name, second));
        if (log.length === 0) return;
        const { whole, by } = await movesOf(log);
        for (const facet of MOVE_FACETS) {
          const sum = by[facet].reduce((total, move) => total + differenceOf(move), 0);
          expect(sum).toBe(differenceOf(whole));
        }
      }),
      { numRuns: 20 },
    );
  });
});
