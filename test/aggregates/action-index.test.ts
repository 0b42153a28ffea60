import { expect, test } from 'vitest';
import { indexActions } from '../../src/aggregates/action-index.ts';
import { NO_FILTER } from '../../src/model/filter.ts';
import { ACTION_NONE } from '../../src/model/request-table.ts';
import { FLAG_DIGEST, FLAG_NO_CLIENT, FLAG_SIGNATURE, NO_WORD } from '../../src/model/segment.ts';
import { manifestLine } from '../helpers/exported.ts';
import { randomNumbers } from '../helpers/random-numbers.ts';
import { readLogs } from '../helpers/read-logs.ts';
import { DIGEST_BIT, SIGNATURE_BIT } from '../../src/aggregates/packed-kinds.ts';

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

const index = indexActions(traffic);

test('entries are all actions and signatures, each of its own repository, address and agent, in the order of time', () => {
  const { table, order, nameOf, names } = traffic;
  const { entriesOf, groupsOf, group, kinds, places, references, hasSignatures } = index;
  const client = index.source.map((source) => index.client[source]!);
  const agent = index.source.map((source) => index.agent[source]!);
  const wanted: unknown[] = [];
  for (let place = 0; place < traffic.length; place++) {
    const page = table.pages[0]!;
    const row = order[place]!;
    const flags = page.flags[row]!;
    if (page.action[row] === ACTION_NONE && !(flags & FLAG_SIGNATURE)) continue;
    const kind =
      page.action[row]! |
      (flags & FLAG_SIGNATURE ? SIGNATURE_BIT : 0) |
      (flags & FLAG_DIGEST ? DIGEST_BIT : 0);
    const own = flags & FLAG_NO_CLIENT ? NO_WORD : page.client[row];
    const name = nameOf[page.repository[row]!]!;
    wanted.push({ name, place, kind, client: own, agent: page.agent[row], reference: page.reference[row] });
  }
  const found: { place: number }[] = [];
  for (let name = 0; name < names.size; name++) {
    const [first, end] = [entriesOf[name]!, entriesOf[name + 1]!];
    const ofName = Array.from({ length: end - first }, (_, i) => first + i);
    expect(ofName.map((i) => places[i])).toEqual([...places.subarray(first, end)].sort((a, b) => a - b));
    expect(hasSignatures[name]).toBe(ofName.some((i) => kinds[i]! & SIGNATURE_BIT) ? 1 : 0);
    for (const i of ofName) {
      const at = groupsOf[name]! + group[i]!;
      const facts = { client: client[at], agent: agent[at], reference: references[i] };
      found.push({ name, place: places[i]!, kind: kinds[i], ...facts } as { place: number });
    }
    const clients = [...client.subarray(groupsOf[name], groupsOf[name + 1])];
    expect(clients).toEqual([...clients].sort((a, b) => a - b));
    const keys = clients.map((each, i) => [each, agent[groupsOf[name]! + i]].join());
    expect(new Set(keys).size).toBe(keys.length);
  }
  expect(found.sort((a, b) => a.place - b.place)).toEqual(wanted);
});

test('batches of any size give the same', () => {
  for (const batch of [1, 70, 250]) expect(indexActions(traffic, batch)).toEqual(index);
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
