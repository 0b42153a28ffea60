import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exported, spanOf } from '../helpers/exported.ts';
import { NO_LINES } from '../helpers/no-lines.ts';
import { readLogs } from '../helpers/read-logs.ts';

/** The same requests as five servers log them: see test/fixtures/README.md. */
const HUBS = resolve('test/fixtures/hubs');
const DAYS = spanOf('2026-09-01', '2026-09-03');
const DAILY = [
  'repoType,repoName,total,timestamp,downloads',
  'image,acme/web,1,2026-09-02T00:00:00.000Z,1',
  'model,acme/bert,2,2026-09-01T00:00:00.000Z,2',
  'model,acme/llama,2,2026-09-01T00:00:00.000Z,1',
  'model,acme/llama,2,2026-09-02T00:00:00.000Z,0',
  'model,acme/llama,2,2026-09-03T00:00:00.000Z,1',
  'dataset,acme/words,2,2026-09-02T00:00:00.000Z,2',
  'space,acme/demo,1,2026-09-03T00:00:00.000Z,1',
  '',
].join('\r\n');

test('a log of a hub can be counted by other rules, too', async () => {
  const log = { name: 'hub.log', bytes: readFileSync(join(HUBS, 'nginx-combined.log')) };
  const { analysis } = await readLogs([log]);
  expect(analysis.foldable()).toBe(0);
});

describe.each(['nginx-combined', 'nginx-json', 'uvicorn-cri', 'cloudfront', 's3'])('%s', (name) => {
  const log = { name: `${name}.log`, bytes: readFileSync(join(HUBS, `${name}.log`)) };

  test.each(['wasm', 'javascript'] as const)('gives the same figures (%s)', async (kernel) => {
    const { analysis, tally, actions } = await readLogs([log], { kernel });
    const { figures } = analysis.view(DAYS);
    expect(figures).toEqual({
      pulls: 1,
      pullsByTag: 1,
      pullsByDigest: 0,
      versionChecks: 0,
      models: 4,
      datasets: 2,
      spaces: 1,
      uniqueAddresses: 5,
    });
    expect((await exported(analysis, 'daily')).text).toBe(DAILY);
    const heads = name === 'cloudfront' ? 2 : 0;
    expect(tally).toEqual({
      ...NO_LINES,
      read: 19 + heads,
      counted: 10,
      dropped: [
        [401, 1],
        [404, 1],
      ],
      otherFiles: 1,
      otherRegistry: 1,
      otherPath: 5,
      applicationMessage: heads,
    });
    expect(actions.filter(({ repoType }) => repoType === 'model').map(({ reference }) => reference)).toEqual([
      'main:config.json',
      'main:config.json',
      'refs/pr/4:q4.gguf',
      'main:q4.gguf',
    ]);
  });

  test.skipIf(name === 'uvicorn-cri')('tells libraries and their versions', async () => {
    const { analysis } = await readLogs([log]);
    const { values } = analysis.breakdowns(DAYS).by.client;
    expect(new Map(values.map(({ value, pulls, downloads }) => [value, pulls + downloads]))).toEqual(
      new Map([
        ['transformers', 2],
        ['hf_hub', 2],
        ['datasets', 2],
        ['docker', 1],
        ['curl', 1],
        ['', 0],
      ]),
    );
    const { text } = await exported(analysis, 'raw');
    expect(text).toContain('main:config.json,,,2026-09-01,HEAD,download,,,,transformers,4.44.2\r\n');
    expect(text).toContain('refs/pr/4:q4.gguf,,,2026-09-01,GET,download,,,,hf_hub,0.24.6\r\n');
    expect(text).toContain(
      'datasets/acme,words,main:data/0.parquet,,,2026-09-02,GET,download,,,,datasets,2.20.0\r\n',
    );
  });
});
