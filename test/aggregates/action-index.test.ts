import { expect, test } from 'vitest';
import { indexActions } from '../../src/aggregates/action-index.ts';
import { NO_FILTER } from '../../src/model/filter.ts';
import { manifestLine } from '../helpers/exported.ts';
import { randomNumbers } from '../helpers/log-lines.ts';
import { readLogs } from '../helpers/read-logs.ts';

/** Two days of requests by a few clients for a few repositories, signatures among them. */
function lines(): string {
  const random = randomNumbers(3);
  const pick = (values: readonly string[]) => values[Math.floor(random() * values.length)]!;
  return Array.from({ length: 400 }, (_, i) =>
    manifestLine(
      new Date(Date.UTC(2026, 8, 1) + i * 400_000).toISOString().slice(0, 19).replace('T', ' '),
      pick(['192.0.2.1', '192.0.2.2', '192.0.2.3', 'unix:']),
      pick(['HEAD', 'GET']),
      pick(['a', 'b', 'c/d', 'e']),
      pick(['1.0', 'latest', `sha256-${'ab'.repeat(32)}.sig`]),
      pick(['docker/27.3.1', 'containerd/1.7']),
    ),
  ).join('\n');
}

const { analysis } = await readLogs([{ name: 'log', bytes: new TextEncoder().encode(`${lines()}\n`) }]);
const traffic = analysis.traffic();

test('groups are the actions of one repository, address and agent, in the order of time', () => {
  const { groups, starts, name, client, agent, places } = indexActions(traffic);
  const keys = Array.from({ length: groups }, (_, i) => [name[i], client[i], agent[i]].join());
  expect(new Set(keys).size).toBe(groups);
  expect([...name]).toEqual([...name].sort((a, b) => a - b));
  expect([...places].sort((a, b) => a - b)).toEqual(Array.from(places, (_, i) => i));
  for (let group = 0; group < groups; group++) {
    const own = [...places.subarray(starts[group], starts[group + 1])];
    expect(own).toEqual([...own].sort((a, b) => a - b));
  }
});

test('batches of any size give the same', () => {
  for (const batch of [1, 70, 250]) expect(indexActions(traffic, batch)).toEqual(indexActions(traffic));
});

test('breakdowns of the first look are those of the index', () => {
  const { first, last } = analysis.report().days!;
  for (const span of [
    { first, last },
    { first: last, last },
    { first, last: first, zone: 'Asia/Tokyo' },
  ]) {
    analysis.setRules({ ...analysis.origin().rules });
    const view = analysis.view(span);
    const breakdowns = analysis.breakdowns(span, NO_FILTER);
    analysis.prepare();
    expect(analysis.breakdowns(span, NO_FILTER)).toEqual(breakdowns);
    expect(analysis.view(span)).toEqual(view);
    expect(breakdowns.pulls).toBe(view.figures.pulls);
  }
});
