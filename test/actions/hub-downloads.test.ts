import { expect, test } from 'vitest';
import { hubDownloads } from '../../src/actions/hub-downloads.ts';
import { RowBuilder, wordOf } from '../../src/lib/column-builder.ts';
import { REPO_TYPES, type RepoType } from '../../src/model/action-rows.ts';
import { REQUEST_COLUMNS } from '../../src/model/request-rows.ts';

/** [seconds, client, repository, type, method, status] → [seconds, repository] of downloads */
function downloads(...rows: [number, string, string, RepoType?, string?, number?][]) {
  const requests = new RowBuilder(REQUEST_COLUMNS);
  for (const [seconds, client, repository, type = 'dataset', method = 'GET', status = 200] of rows) {
    const row = requests.next();
    requests.columns.time[row] = seconds * 1000;
    requests.columns.client[row] = requests.word(client);
    requests.columns.repository[row] = requests.word(repository);
    requests.columns.repoType[row] = REPO_TYPES.indexOf(type);
    requests.columns.method[row] = requests.word(method);
    requests.columns.status[row] = status;
  }
  const { columns, length, words } = hubDownloads(requests.finish());
  return Array.from({ length }, (_, row) => [
    columns.time[row]! / 1000,
    wordOf(words, columns.repository[row]!),
  ]);
}

test('the window is fixed: it begins with its first request and lasts 300 s', () => {
  expect(
    downloads([0, 'a', 'x'], [299, 'a', 'x'], [300, 'a', 'x'], [599, 'a', 'x'], [600, 'a', 'x']),
  ).toEqual([
    [0, 'x'],
    [300, 'x'],
    [600, 'x'],
  ]);
});

test('clients, repositories and types stand apart; rows come in any order', () => {
  expect(downloads([2, 'b', 'x'], [1, 'a', 'y'], [0, 'a', 'x'], [3, 'a', 'x', 'model'])).toEqual([
    [0, 'x'],
    [1, 'y'],
    [2, 'x'],
    [3, 'x'],
  ]);
});

test('requests without a client stand alone', () => {
  expect(downloads([0, '', 'x'], [1, '', 'x'])).toHaveLength(2);
});

test('only GET and HEAD with a status that counts', () => {
  const by = (method: string, status: number) => downloads([0, 'a', 'x', 'model', method, status]).length;
  expect([200, 206, 302, 304, 307, 0].map((status) => by('GET', status))).toEqual([1, 1, 1, 1, 1, 1]);
  expect([301, 401, 403, 404, 416, 500].map((status) => by('HEAD', status))).toEqual([0, 0, 0, 0, 0, 0]);
  expect(by('HEAD', 200)).toBe(1);
  expect(by('POST', 200)).toBe(0);
});
