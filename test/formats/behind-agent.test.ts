import { expect, test } from 'vitest';
import { readRequests } from '../helpers/read-requests.ts';

/** What administrators add to an access line: X-Forwarded-For and the answer's digest are found, other things are not taken for them. */
const HEX = 'ab'.repeat(32);
const HEAD_LINE =
  '192.0.2.1 - - [22/Nov/2026:03:13:13 +0000] "GET /v2/a/manifests/1 HTTP/1.1" 200 5 "-" "crane"';

test.each([
  ['a list right behind the agent', ' "203.0.113.9, 10.0.0.1" rt=0.1', '203.0.113.9', ''],
  ['a list behind numbers', ' 3108 0.003 "203.0.113.9"', '203.0.113.9', ''],
  ['another server behind numbers', ' 0.003 "203.0.113.9:5000"', '192.0.2.1', ''],
  ['no list behind words', ' rt=0.003 "203.0.113.9"', '192.0.2.1', ''],
  ['a digest with a name', ` "-" digest="sha256:${HEX}" rt=1`, '192.0.2.1', `sha256:${HEX}`],
  ['a digest in quotes', ` 17 "-" "sha256:${HEX}"`, '192.0.2.1', `sha256:${HEX}`],
  ['a digest as a word', ` sha256:${HEX}`, '192.0.2.1', `sha256:${HEX}`],
  ['a digest in a path', ` "/v2/a/manifests/sha256:${HEX}"`, '192.0.2.1', ''],
  ['a digest in a header’s own quotes', ` - "\\"sha256:${HEX}\\""`, '192.0.2.1', ''],
  ['digits that are too many', ` "sha256:${HEX}00"`, '192.0.2.1', ''],
  ['digits that are too few', ` "sha256:${HEX.slice(2)}"`, '192.0.2.1', ''],
])('behind an agent: %s', async (_, tail, client, digest) => {
  for (const kernel of ['wasm', 'javascript'] as const) {
    const { requests } = await readRequests(`${HEAD_LINE}${tail}\n`, { kernel });
    expect(requests).toMatchObject([{ client, digest, agent: 'crane' }]);
  }
});
