import { expect, test } from 'vitest';
import { csvOf } from '../../src/lib/delimited.ts';
import type { BusyAddress, FoundBurst } from '../../src/model/hammering.ts';
import { addressCells, burstCells, burstRows } from '../../src/views/storms/burst-rows.ts';

const who = { client: 'kaniko 1.9.1', use: 'ci', country: 'DE', cloud: 'Hetzner', ownNetwork: '' };
const START = Date.UTC(2026, 8, 7, 10);
const asked = { who, repository: 3, type: 'image', source: { client: 77, agent: 5 } } as const;
const STORM: FoundBurst = {
  ...{ ...asked, kind: 'storm', name: 'acme/web', reference: '=1.0', isDigest: false },
  ...{ from: START, to: START + 3_600_500, actions: 40, peak: 31 },
};
const LOOP: FoundBurst = {
  ...{ ...asked, kind: 'loop', name: 'acme/api', reference: 'sha256:1a', isDigest: true },
  ...{ from: START + 1000, to: START + 900_000, actions: 12, interval: 30_400 },
  who: { ...who, client: '', use: '', country: '', cloud: '' },
};

test('the list is by size or latest first, of one kind, searched by name, tag and client', () => {
  const all = [LOOP, STORM];
  expect(burstRows(all, 'all', '', 'actions')).toEqual([STORM, LOOP]);
  expect(burstRows(all, 'all', '', 'from')).toEqual([LOOP, STORM]);
  expect(burstRows(all, 'loop', '', 'actions')).toEqual([LOOP]);
  expect(burstRows(all, 'all', 'KANIKO', 'actions')).toEqual([STORM]);
  expect(burstRows(all, 'all', 'acme/*', 'actions')).toEqual([STORM, LOOP]);
  expect(burstRows(all, 'storm', 'api', 'actions')).toEqual([]);
});

test('files hold times, sizes and what is known of the client, no numbers of addresses', () => {
  expect(csvOf(burstCells([STORM, LOOP]))).toBe(
    [
      'kind,repository,repository_type,tag,digest,first,last,actions,most_within_an_hour,seconds_between,client,use,country,host',
      "pull_storm,acme/web,image,'=1.0,,2026-09-07T10:00:00Z,2026-09-07T11:00:00Z,40,31,,kaniko 1.9.1,ci,DE,Hetzner",
      'check_loop,acme/api,image,,sha256:1a,2026-09-07T10:00:01Z,2026-09-07T10:15:00Z,12,,30,,,,',
      '',
    ].join('\r\n'),
  );
  const busy: BusyAddress = {
    ...{ source: asked.source, who, agents: 2, repositories: 3, pulls: 40, versionChecks: 5 },
  };
  expect(csvOf(addressCells([busy]))).toBe(
    'rank,client,user_agents,use,country,host,repositories,pulls,version_checks\r\n1,kaniko 1.9.1,2,ci,DE,Hetzner,3,40,5\r\n',
  );
});
