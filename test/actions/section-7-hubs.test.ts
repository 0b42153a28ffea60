import { describe, expect, test } from 'vitest';
import { DEFAULT_RULES } from '../../src/model/counting-rules.ts';
import { analyse, bytesOf, exported, spanOf } from '../helpers/exported.ts';
import { logLine } from '../helpers/log-lines.ts';
import { NO_LINES } from '../helpers/no-lines.ts';
import { readLogs, type ReadOptions } from '../helpers/read-logs.ts';

const START = Date.UTC(2026, 8, 1, 10);
const AGENT = 'transformers/4.44.2; python/3.11.9; session_id/0a1b; torch/2.4.0';

/** METHOD path [status] [@client] [+seconds since the one before] */
function lineOf(text: string, seconds: number): string {
  const [method, path, ...rest] = text.split(' ');
  const status = Number(rest.find((each) => /^\d{3}$/.test(each)) ?? 200);
  const client = rest.find((each) => each.startsWith('@'))?.slice(1) ?? '192.0.2.1';
  return logLine(START + seconds * 1000, client, method!, path!, status, 10, AGENT);
}

async function read(texts: string[], options: ReadOptions = {}) {
  let seconds = 0;
  const lines = texts.map((text) => {
    seconds += Number(/\+(\d+)/.exec(text)?.[1] ?? 0);
    return lineOf(text.replace(/ \+\d+/, ''), seconds);
  });
  const result = await readLogs([{ name: 'log', bytes: bytesOf(lines.join('\n'), '\n') }], options);
  const { read, counted, otherFiles, otherPath, otherRegistry } = result.tally;
  const dropped = result.tally.dropped.reduce((sum, [, count]) => sum + count, 0);
  expect(read).toBe(texts.length);
  expect(counted + otherFiles + otherPath + otherRegistry + dropped).toBe(read);
  return result;
}

const shown = async (texts: string[], options?: ReadOptions) =>
  (await read(texts, options)).actions.map(
    ({ repoType, prefix, name, reference }) => `${repoType} ${prefix}|${name} ${reference}`,
  );
const downloads = async (texts: string[], options?: ReadOptions) =>
  (await read(texts, options)).actions.length;

describe('paths', () => {
  test.each([
    ['/acme/bert/resolve/main/config.json', 'model |acme/bert main:config.json'],
    ['/gpt2/resolve/main/config.json', 'model |gpt2 main:config.json'],
    ['/datasets/acme/words/resolve/main/data/a.csv', 'dataset |acme/words main:data/a.csv'],
    ['/datasets/squad/resolve/main/a.csv', 'dataset |squad main:a.csv'],
    ['/spaces/acme/demo/resolve/main/app.py', 'space |acme/demo main:app.py'],
    ['/hub/acme/bert/resolve/main/config.json', 'model /hub|acme/bert main:config.json'],
    [
      '/artifactory/api/huggingfaceml/key/datasets/acme/words/resolve/v1.0/a.csv',
      'dataset /artifactory/api/huggingfaceml/key|acme/words v1.0:a.csv',
    ],
    [
      '/api/huggingfaceml/key/acme/bert/resolve/main/config.json',
      'model /api/huggingfaceml/key|acme/bert main:config.json',
    ],
    ['http://hub.example.org/acme/bert/resolve/main/config.json', 'model |acme/bert main:config.json'],
    ['/acme/bert/resolve/main/config.json?download=true', 'model |acme/bert main:config.json'],
    ['/acme/bert/resolve/refs%2Fpr%2F1/config.json', 'model |acme/bert refs/pr/1:config.json'],
    ['/acme/bert/resolve/refs/pr/1/config.json', 'model |acme/bert refs/pr/1:config.json'],
    ['/acme/bert/resolve/feature%2fx/config.json', 'model |acme/bert feature/x:config.json'],
    ['/acme/bert/resolve/main/q%204.gguf', 'model |acme/bert main:q 4.gguf'],
    // A revision or folder called v2 is no registry.
    ['/acme/bert/resolve/v2/config.json', 'model |acme/bert v2:config.json'],
    ['/datasets/acme/words/resolve/main/v2/a.csv', 'dataset |acme/words main:v2/a.csv'],
    ['/datasets/acme/words/resolve/main/resolve/a.csv', 'dataset |acme/words main:resolve/a.csv'],
    // A file that is called like a digest is none.
    [`/datasets/acme/words/resolve/main/${'a'.repeat(64)}`, `dataset |acme/words main:${'a'.repeat(64)}`],
  ])('%s', async (path, expected) => {
    expect(await shown([`GET ${path}`])).toEqual([expected]);
    expect(await shown([`GET ${path}`], { kernel: 'javascript' })).toEqual([expected]);
  });

  test.each([
    '/api/resolve-cache/models/acme/bert/0123/config.json',
    '/api/models/acme/bert/resolve/main/config.json',
    '/api/datasets/acme/words/resolve/main/a.csv',
    '/hub/api/models/acme/bert/resolve/main/config.json',
    '/hub/api/datasets/acme/words/resolve/main/a.csv',
    '/api/models/acme/bert',
    '/acme/bert/raw/main/config.json',
    '/acme/bert/resolve/main',
    '/acme/bert/resolve/main/',
    '/acme/bert/resolve//config.json',
    '/resolve/main/config.json',
    '/acme/bert.git/info/refs',
    '/acme/bert/resolve/a%3Ab/config.json',
  ])('%s is no download', async (path) => {
    const { actions, tally } = await read([`GET ${path}`]);
    expect(actions).toEqual([]);
    expect(tally).toMatchObject({ otherPath: 1, otherFiles: 0 });
  });

  test('blobs of a repository called resolve stay with the registry', async () => {
    const { tally } = await read([
      'GET /v2/acme/resolve/blobs/sha256:1',
      'GET /key/v2/acme/resolve/main/config.json',
      'GET /v2/acme/resolve/manifests/latest',
    ]);
    expect(tally).toMatchObject({ otherRegistry: 2, counted: 1 });
  });

  test('no name of an image becomes a model', async () => {
    expect(await shown(['GET /v2/%01acme/bert/manifests/latest'])).toEqual([]);
  });
});

describe('statuses and methods', () => {
  const files = ['/acme/bert/resolve/main/config.json', '/datasets/acme/words/resolve/main/a.csv'];
  test.each([200, 206, 302, 307, 304])('%i counts', async (status) => {
    for (const file of files) expect(await downloads([`GET ${file} ${status}`])).toBe(1);
  });
  test.each([201, 204, 301, 303, 308, 401, 403, 404, 416, 429, 499, 500, 503])(
    '%i does not',
    async (status) => {
      for (const file of files) {
        const { actions, tally } = await read([`GET ${file} ${status}`]);
        expect(actions).toEqual([]);
        expect(tally.dropped).toEqual([[status, 1]]);
      }
    },
  );
  test('only GET and HEAD ask for files', async () => {
    const { tally } = await read(
      ['PUT', 'POST', 'DELETE', 'OPTIONS'].map((method) => `${method} ${files[0]}`),
    );
    expect(tally).toEqual({ ...NO_LINES, read: 4, otherPath: 4 });
  });
});

describe('models', () => {
  test('each GET or HEAD of a counted file is one download', async () => {
    const texts = [
      'config.json',
      'config.yaml',
      'hyperparams.yaml',
      'params.json',
      'meta.yaml',
      'q4.gguf',
      'sub/q8.gguf',
    ].flatMap((file) => [`HEAD /acme/bert/resolve/main/${file}`, `GET /acme/bert/resolve/main/${file}`]);
    const { actions, tally } = await read(texts);
    expect(actions.map(({ method }) => method)).toEqual(texts.map((text) => text.split(' ')[0]));
    expect(actions.every(({ action, requests }) => action === 'download' && requests.length === 1)).toBe(
      true,
    );
    expect(tally.counted).toBe(14);
  });

  test('other files are none', async () => {
    const files = [
      'model.safetensors',
      'unet/config.json',
      'config.json.bak',
      'gguf',
      '.gguf',
      'q4.gguf.txt',
      'README.md',
    ];
    const { actions, tally } = await read(files.map((file) => `GET /acme/bert/resolve/main/${file}`));
    expect(actions).toEqual([]);
    expect(tally).toEqual({ ...NO_LINES, read: 7, otherFiles: 7 });
  });

  test('a query of its own changes what counts of one repository, and nothing else', async () => {
    const texts = ['acme/bert', 'acme/other'].flatMap((name) =>
      ['config.json', 'adapter_config.json', 'q4.gguf'].map((file) => `GET /${name}/resolve/main/${file}`),
    );
    const rules = { countedFiles: [['acme/bert', 'path:"adapter_config.json"']] as const };
    expect(await shown(texts, { rules })).toEqual([
      'model |acme/bert main:adapter_config.json',
      'model |acme/bert main:q4.gguf',
      'model |acme/other main:config.json',
      'model |acme/other main:q4.gguf',
    ]);
    // A dataset of the same name has no query.
    expect(await downloads(['GET /datasets/acme/bert/resolve/main/a.csv'], { rules })).toBe(1);
  });
});

describe('datasets and spaces', () => {
  const words = '/datasets/acme/words/resolve/main/';
  test.each([
    [1, ['GET a', 'GET b +299']],
    [2, ['GET a', 'GET b +300']],
    // The window is fixed: a request does not make it longer.
    [2, ['GET a', 'GET b +200', 'GET c +200']],
    [2, ['GET a', 'GET b +200', 'GET c +200', 'GET d +199']],
    [1, ['HEAD a', 'GET a +1', 'GET a 206 +1', 'HEAD b 302 +1']],
    [2, ['GET a', 'GET b @192.0.2.2']],
    // What does not count opens no window.
    [1, ['GET a 404', 'GET a +250', 'GET b +299']],
    [2, ['GET a @unix:', 'GET b @unix:']],
  ])('%i of %j', async (expected, texts) => {
    for (const path of [words, '/spaces/acme/words/resolve/main/'])
      expect(await downloads(texts.map((text) => text.replace(' ', ` ${path}`)))).toBe(expected);
  });

  test('a download points to all of its lines, and is a GET if one of them is', async () => {
    const { actions } = await read([`HEAD ${words}a`, `GET ${words}b +1`]);
    expect(actions).toMatchObject([{ method: 'GET', reference: 'main:a', requests: [{ offset: 0 }, {}] }]);
  });

  test('models, datasets and spaces of one name are three repositories', async () => {
    const texts = ['/', '/datasets/', '/spaces/'].map((path) => `GET ${path}acme/x/resolve/main/config.json`);
    const { analysis } = await read([...texts, 'GET /v2/acme/x/manifests/1']);
    const view = analysis.view(spanOf('2026-09-01', '2026-09-01'));
    expect(view.figures).toMatchObject({ models: 1, datasets: 1, spaces: 1, pulls: 1, uniqueAddresses: 1 });
    expect(view.repositories.names).toEqual(['acme/x', 'acme/x', 'acme/x', 'acme/x']);
    const only = (type: string) =>
      analysis.view(view.span, { repositoryType: { included: [type], excluded: [] } }).repositories.length;
    expect(['image', 'model', 'dataset', 'space', 'none'].map(only)).toEqual([1, 1, 1, 1, 0]);
    const named = { repository: { included: ['acme/x'], excluded: [] } };
    expect(analysis.view(view.span, named).repositories.length).toBe(4);
  });
});

describe('switches', () => {
  test('HEAD counts, or not', async () => {
    const texts = [
      'HEAD /acme/bert/resolve/main/config.json',
      'GET /acme/bert/resolve/main/config.json',
      'HEAD /datasets/acme/words/resolve/main/a',
    ];
    expect(await downloads(texts)).toBe(3);
    const { actions, tally, analysis } = await read(texts, { rules: { countHubHeads: false } });
    expect(actions.map(({ name }) => name)).toEqual(['acme/bert']);
    expect(tally.otherFiles).toBe(2);
    analysis.setRules(DEFAULT_RULES);
    expect(analysis.report().total).toMatchObject({ counted: 3, otherFiles: 0 });
    expect(analysis.view(spanOf('2026-09-01', '2026-09-01')).figures).toMatchObject({
      models: 2,
      datasets: 1,
    });
  });

  test('clients separated by user agent have windows of their own', async () => {
    const lines = ['a/1', 'b/1', 'a/1'].map((agent, i) =>
      logLine(START + i, '192.0.2.1', 'GET', '/datasets/acme/words/resolve/main/a', 200, 1, agent),
    );
    const analysis = await analyse([lines]);
    const span = spanOf('2026-09-01', '2026-09-01');
    expect(analysis.view(span).figures.datasets).toBe(1);
    analysis.setRules({ ...DEFAULT_RULES, separateByAgent: true });
    expect(analysis.view(span).figures.datasets).toBe(2);
  });
});

test('files of mixed logs', async () => {
  const { analysis } = await read([
    'GET /v2/acme/web/manifests/1.0',
    'GET /acme/bert/resolve/main/config.json +1',
    'GET /datasets/acme/words/resolve/main/data/a.csv +1',
  ]);
  const { text: daily } = await exported(analysis, 'daily');
  expect(daily.split('\r\n')).toEqual([
    'repoType,repoName,total,timestamp,downloads',
    'image,acme/web,1,2026-09-01T00:00:00.000Z,1',
    'model,acme/bert,1,2026-09-01T00:00:00.000Z,1',
    'dataset,acme/words,1,2026-09-01T00:00:00.000Z,1',
    '',
  ]);
  const { text: raw } = await exported(analysis, 'raw');
  expect(raw.split('\r\n').slice(1, -1)).toEqual([
    '2026-09-01 10:00:00,acme,web,1.0,,1.0,2026-09-01,GET,pull_by_tag,,,,transformers,4.44.2',
    '2026-09-01 10:00:01,acme,bert,main:config.json,,,2026-09-01,GET,download,,,,transformers,4.44.2',
    '2026-09-01 10:00:02,datasets/acme,words,main:data/a.csv,,,2026-09-01,GET,download,,,,transformers,4.44.2',
  ]);
  const { text: summary } = await exported(analysis, 'summary', { level: 'repository' });
  expect(summary.split('\r\n').slice(1, -1)).toEqual([
    'acme,bert,1,0,0,0',
    'acme,web,1,1,0,0',
    'datasets/acme,words,1,0,0,0',
  ]);
  const breakdowns = analysis.breakdowns(spanOf('2026-09-01', '2026-09-01'));
  expect(breakdowns).toMatchObject({ pulls: 1, downloads: 2, versionChecks: 0 });
  expect(breakdowns.by.client.values[0]).toEqual({
    value: 'transformers',
    pulls: 1,
    downloads: 2,
    versionChecks: 0,
  });
  expect(
    analysis.detail(
      analysis.view(spanOf('2026-09-01', '2026-09-01')).repositories.index[2]!,
      spanOf('2026-09-01', '2026-09-01'),
    ),
  ).toMatchObject({
    name: 'acme/words',
    repoType: 'dataset',
    references: [{ reference: 'main:data/a.csv', downloads: 1, pullsByTag: 0 }],
  });
});
