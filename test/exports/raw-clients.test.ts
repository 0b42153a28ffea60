import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exported } from '../helpers/exported.ts';
import { readLogs } from '../helpers/read-logs.ts';
import { SMALL_LOG } from '../helpers/small-log.ts';

async function rawOf(log: string): Promise<string> {
  const { analysis } = await readLogs([{ name: 'access.log', bytes: new TextEncoder().encode(log) }]);
  return (await exported(analysis, 'raw')).text;
}

test('gives the small log as it was counted by hand', async () => {
  expect(await rawOf(SMALL_LOG)).toBe(readFileSync('test/fixtures/exports/small-raw.csv', 'utf8'));
});

test('has the tool and the version of each agent', async () => {
  const agents = [
    String.raw`docker/29.1.3 go/go1.25.5 UpstreamClient(Docker-Client/29.1.3 \x5C(linux\x5C))`,
    String.raw`docker/29.1.3 go/go1.25.5 UpstreamClient(Docker-Client/29.1.3 \(linux\))`,
    'regclient/regctl (v0.9.0)',
    'containerd/1.6.21+unknown',
    'unknown/None; hf_hub/0.29.1; python/3.10.16',
    '-',
  ];
  const log = agents.map(
    (agent, i) =>
      `192.0.2.${i} - - [01/Sep/2026:00:00:0${i} +0000] "HEAD /v2/acme/web/manifests/1 HTTP/1.1" 200 1 "-" "${agent}"\n`,
  );
  const rows = (await rawOf(log.join(''))).trimEnd().split('\r\n').slice(1);
  expect(rows.map((row) => row.split(',').slice(-2).join(' '))).toEqual([
    'docker 29.1.3',
    'docker 29.1.3',
    'regctl 0.9.0',
    'containerd 1.6.21+unknown',
    'hf_hub 0.29.1',
    ' ',
  ]);
});
