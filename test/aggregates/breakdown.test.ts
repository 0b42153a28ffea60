import { expect, test } from 'vitest';
import { NO_FILTER, withValue } from '../../src/model/filter.ts';
import { factsFor } from '../helpers/address-facts.ts';
import { analyse, manifestLine as line, spanOf } from '../helpers/exported.ts';

const LOG = [
  line('2026-09-01 10:00:00', '192.0.2.1', 'GET', 'acme/web', '1.0', 'docker/27.3.1'),
  line('2026-09-01 11:00:00', '192.0.2.1', 'GET', 'acme/web', '1.0', 'docker/26.1.4'),
  line('2026-09-01 12:00:00', '10.0.0.7', 'HEAD', 'acme/web', '1.0', 'Watchtower/1.7.1'),
  line('2026-09-02 10:00:00', 'unix:', 'GET', 'acme/api', '2.0', '(odd)'),
];
const DAYS = spanOf('2026-09-01', '2026-09-02');
const counts = (value: string, pulls: number, versionChecks: number) => ({
  value,
  pulls,
  downloads: 0,
  versionChecks,
});

test('counts pulls and version checks by value, the unknown one last', async () => {
  const analysis = await analyse([LOG]);
  analysis.setAddressFacts(
    factsFor({ '192.0.2.1': { country: 'DE', host: 'AWS' }, '10.0.0.7': { kind: 'private' } }),
  );
  const found = analysis.breakdowns(DAYS);
  expect([found.pulls, found.versionChecks, found.hidden]).toEqual([3, 1, 0]);
  expect(found.by.client.values).toEqual([
    counts('docker', 2, 0),
    counts('watchtower', 0, 1),
    counts('', 1, 0),
  ]);
  expect(found.versions.get('docker')!.values).toEqual([
    counts('docker 26.1.4', 1, 0),
    counts('docker 27.3.1', 1, 0),
    counts('docker ', 0, 0),
  ]);
  expect(found.unknownAgents.values).toEqual([counts('(odd)', 1, 0), counts('', 0, 0)]);
  expect(found.by.country.values).toEqual([counts('DE', 2, 0), counts('(private)', 0, 1), counts('', 1, 0)]);
  expect(found.by.cloud.values).toEqual([counts('AWS', 2, 0), counts('(private)', 0, 1), counts('', 1, 0)]);
  expect(found.by.ownNetwork.values).toEqual([counts('', 3, 1)]);
});

test('has as many actions of a use as the switch against it tells, whatever noise is hidden', async () => {
  const analysis = await analyse([
    [
      line('2026-09-01 10:00:00', '192.0.2.1', 'GET', 'acme/web', '1.0', 'tekton/0.50'),
      line('2026-09-01 11:00:00', '192.0.2.1', 'HEAD', 'acme/web', '1.0', 'tekton/0.50'),
      line('2026-09-01 12:00:00', '192.0.2.2', 'GET', 'acme/web', '1.0', 'trivy/0.50.0'),
    ],
  ]);
  const quiet = withValue(NO_FILTER, 'use', 'scanner', 'exclude');
  for (const filter of [NO_FILTER, quiet]) {
    expect(analysis.breakdowns(DAYS, filter).by.use.values).toContainEqual(counts('ci', 1, 1));
    expect(analysis.noise(DAYS, filter)).toMatchObject({ actions: 3, ci: 2, scanners: 1 });
  }
});

test('knows nothing of addresses without facts', async () => {
  const found = (await analyse([LOG])).breakdowns(DAYS);
  for (const facet of ['country', 'cloud', 'networkType', 'ownNetwork'] as const)
    expect(found.by[facet]).toEqual({ values: [counts('', 3, 1)], valueCount: 1 });
});

test('says what the filters hide, and what one hides alone', async () => {
  const analysis = await analyse([LOG]);
  const filter = withValue(
    withValue(NO_FILTER, 'client', 'docker', 'include'),
    'action',
    'version_check',
    'exclude',
  );
  const found = analysis.breakdowns(DAYS, filter);
  // Watchtower's check is hidden by both.
  expect(found).toMatchObject({
    pulls: 2,
    versionChecks: 0,
    hidden: 2,
    hiddenByAlone: { client: 1, action: 0 },
  });
});

test('lists a thousand values and says how many there are', async () => {
  const lines = Array.from({ length: 1100 }, (_, i) =>
    line('2026-09-01 10:00:00', '192.0.2.1', 'GET', `a/${i}`, '1', `tool${i}/1.0`),
  );
  const { client } = (await analyse([lines])).breakdowns(spanOf('2026-09-01', '2026-09-01')).by;
  expect([client.values.length, client.valueCount, client.values.at(-1)]).toEqual([
    1001,
    1101,
    counts('', 0, 0),
  ]);
});

test('counts days that are decades apart, and anew when more is read or rules change', async () => {
  const far = [line('1998-01-01 10:00:00', '192.0.2.1', 'GET', 'acme/web', '1.0', 'docker/27.3.1'), ...LOG];
  const analysis = await analyse([far]);
  expect(analysis.view(spanOf('1998-01-01', '2026-09-02')).figures.pulls).toBe(4);
  expect(analysis.view(spanOf('1998-01-01', '1998-01-02')).figures.pulls).toBe(1);
  expect(analysis.view(DAYS).figures.pulls).toBe(3);
  analysis.discard();
  expect(analysis.view(DAYS).figures.pulls).toBe(0);
});
