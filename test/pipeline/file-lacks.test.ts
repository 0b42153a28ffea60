import { expect, test } from 'vitest';
import { readLogs } from '../helpers/read-logs.ts';

/** What a file says it cannot tell: of its formats, and of what none of its requests shows. */
async function missingOf(...lines: string[]): Promise<string[]> {
  const bytes = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
  const { analysis } = await readLogs([{ name: 'a', bytes }]);
  return analysis.report().files[0]!.missing.map(([title, sentence]) => `${title}: ${sentence}`);
}

const REQUEST = '[21/Nov/2026:03:09:35 +0000] "GET /v2/acme/web/manifests/1.0 HTTP/1.1" 200 506';
const COMBINED =
  'Access log (combined): It does not show the digest of an answer, so a HEAD by tag joins a GET of any digest.';
const NO_AGENT = ': None of its requests shows a user agent.';
const NO_CLIENT =
  ': None of its requests shows the address of its client: each is an action by itself, and clients cannot be counted.';
const NO_DIGEST =
  ': None of its requests shows the digest of an answer, so a HEAD by tag joins a GET of any digest.';

test('an access log without agents says so, one of which a line has one does not', async () => {
  expect(await missingOf(`192.0.2.7 - - ${REQUEST}`)).toEqual([COMBINED, NO_AGENT]);
  expect(await missingOf(`192.0.2.7 - - ${REQUEST} "-" "-"`)).toEqual([COMBINED, NO_AGENT]);
  expect(await missingOf(`192.0.2.7 - - ${REQUEST}`, `192.0.2.7 - - ${REQUEST} "-" "docker/27"`)).toEqual([
    COMBINED,
  ]);
});

test('JSON says what its keys do not hold', async () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const record = {
    time: '2026-11-21T03:09:35Z',
    method: 'GET',
    uri: '/v2/acme/web/manifests/1.0',
    status: 200,
  };
  const whole = {
    ...record,
    remote_addr: '192.0.2.7',
    user_agent: 'docker/27',
    docker_content_digest: digest,
  };
  expect(await missingOf(JSON.stringify(record))).toEqual([NO_AGENT, NO_CLIENT, NO_DIGEST]);
  expect(await missingOf(JSON.stringify(record), JSON.stringify(whole))).toEqual([]);
});

test('where nothing was asked for, nothing is said to be missing', async () => {
  expect(await missingOf('192.0.2.7 - - [21/Nov/2026:03:09:35 +0000] "GET /v2/ HTTP/1.1" 200 2')).toEqual([
    COMBINED,
  ]);
});
