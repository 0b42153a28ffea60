import { describe, expect, test } from 'vitest';
import { NO_FILTER, withValue } from '../../src/model/filter.ts';
import { tagOf } from '../../src/model/last-use.ts';
import { analyse, manifestLine as line } from '../helpers/exported.ts';

const D1 = `sha256:${'1'.repeat(64)}`;
const D2 = `sha256:${'2'.repeat(64)}`;
const time = (text: string) => Date.parse(`${text.replace(' ', 'T')}Z`);
const LOG = [
  line('2026-09-01 10:00:00', '192.0.2.1', 'GET', 'acme/web', '1.0'),
  // The HEAD shows what 1.1 stands for: the GET of the same digest belongs to it.
  line('2026-09-02 10:00:00', '192.0.2.1', 'HEAD', 'acme/web', '1.1'),
  line('2026-09-02 10:00:01', '192.0.2.1', 'GET', 'acme/web', D1),
  line('2026-09-03 10:00:00', '192.0.2.1', 'HEAD', 'acme/web', 'latest'),
  // Pinned by somebody else, weeks later; and what no tag was seen to stand for.
  line('2026-09-20 10:00:00', '192.0.2.2', 'GET', 'acme/web', D1),
  line('2026-09-21 10:00:00', '192.0.2.3', 'GET', 'acme/web', D2),
  line('2026-09-22 10:00:00', '192.0.2.3', 'HEAD', 'acme/web', '1.0'),
  line('2026-09-04 10:00:00', '192.0.2.1', 'GET', 'acme/old', '__proto__'),
];

async function rows(filter = NO_FILTER) {
  const analysis = await analyse([LOG]);
  const use = analysis.lastUse(filter);
  return Array.from({ length: use.length }, (_, i) => [
    use.names[use.nameOf[i]!],
    tagOf(use, i),
    use.pulls[i],
    use.versionChecks[i],
    use.lastPull[i],
    use.lastAction[i],
  ]);
}

describe('when things were pulled last', () => {
  test('a pinned digest keeps its tag in use, a check does not', async () => {
    const old = time('2026-09-04 10:00:00');
    expect(await rows()).toEqual([
      ['acme/old', '', 1, 0, old, old],
      ['acme/old', '__proto__', 1, 0, old, old],
      ['acme/web', '', 4, 2, time('2026-09-21 10:00:00'), time('2026-09-22 10:00:00')],
      ['acme/web', '1.0', 1, 1, time('2026-09-01 10:00:00'), time('2026-09-22 10:00:00')],
      ['acme/web', '1.1', 2, 0, time('2026-09-20 10:00:00'), time('2026-09-20 10:00:00')],
      ['acme/web', 'latest', 0, 1, NaN, time('2026-09-03 10:00:00')],
    ]);
  });

  test('what the filter hides did not happen, but still tells what a tag stands for', async () => {
    const found = await rows(withValue(NO_FILTER, 'action', 'pull_by_digest', 'include'));
    expect(found).toEqual([
      ['acme/web', '', 2, 0, time('2026-09-21 10:00:00'), time('2026-09-21 10:00:00')],
      ['acme/web', '1.1', 1, 0, time('2026-09-20 10:00:00'), time('2026-09-20 10:00:00')],
    ]);
  });

  test('the client is that of the last pull, else of the last check', async () => {
    const agents = [
      'docker/24.0.7 go/go1.20 UpstreamClient(Docker-Client/24.0.7 \\(linux\\))',
      'something of mine',
      'skopeo/1.13.3',
    ];
    const log = [
      line('2026-09-01 10:00:00', '192.0.2.1', 'GET', 'a', '1'),
      line('2026-09-02 10:00:00', '192.0.2.1', 'HEAD', 'a', '1'),
      line('2026-09-03 10:00:00', '192.0.2.1', 'HEAD', 'b', '1'),
    ].map((each, i) => each.replace(/"[^"]*"$/, `"${agents[i]}"`));
    const use = (await analyse([log])).lastUse(NO_FILTER);
    expect(Array.from(use.clientOf, (client) => use.clients[client])).toEqual([
      'docker 24.0.7',
      'docker 24.0.7',
      'skopeo 1.13.3',
      'skopeo 1.13.3',
    ]);
  });
});
