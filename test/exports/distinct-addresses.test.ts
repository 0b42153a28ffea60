/** Addresses of groups, some groups at a time, against a set of pairs. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countAddresses } from '../../src/exports/distinct-addresses.ts';
import { NO_WORD } from '../../src/model/segment.ts';
import type { Traffic } from '../../src/model/traffic.ts';

test('each address counts once in each group, however few pairs are made at a time', () => {
  const action = fc.record({
    group: fc.integer({ min: -1, max: 6 }),
    client: fc.integer({ min: 0, max: 9 }),
  });
  fc.assert(
    fc.property(
      fc.array(action, { maxLength: 60 }),
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: 1, max: 20 }),
      (actions, from, most) => {
        // Rows in another order than that of time; the first few are of no interest.
        const row = (i: number) => 70 - from - i;
        const client = new Uint32Array(71);
        const order = new Uint32Array(from + actions.length);
        actions.forEach((each, i) => {
          order[from + i] = row(i);
          client[row(i)] = each.client;
        });
        const traffic = {
          table: { pages: [{ client }] },
          order,
          clients: { size: 10 },
        } as unknown as Traffic;
        const groupOf = Uint32Array.from(actions, ({ group }) => (group < 0 ? NO_WORD : group));
        const expected = Array.from(
          { length: 7 },
          (_, group) =>
            new Set(actions.filter((each) => each.group === group).map((each) => each.client)).size,
        );
        expect([...countAddresses(traffic, from, groupOf, 7, most)]).toEqual(expected);
        expect([...countAddresses(traffic, from, groupOf, 7)]).toEqual(expected);
      },
    ),
  );
});
