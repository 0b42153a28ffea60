import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { download, dropFiles, figure, PageUnderTest, untilRead } from './open-page.ts';

let site: PageUnderTest;
beforeAll(async () => (site = await PageUnderTest.start()));
afterAll(() => site.stop());

const LOG = readFileSync('test/fixtures/hubs/nginx-combined.log', 'utf8');
const SECONDS = { timeout: 20_000 };
const daily = (...rows: string[]) =>
  ['repoType,repoName,total,timestamp,downloads', ...rows, ''].join('\r\n');
const day = (date: string) => `2026-09-${date}T00:00:00.000Z`;

test("a hub's log: totals, types, search, a query for one model, HEAD, and the daily CSV", async () => {
  const { page, errors } = await site.open();
  await dropFiles(page, { name: 'access.log', content: LOG });
  await untilRead(page);
  expect(await figure(page, 'All models')).toBe(4);
  expect(await figure(page, 'All datasets')).toBe(2);
  expect(await figure(page, 'All spaces')).toBe(1);
  expect(await figure(page, 'All images')).toBe(1);
  expect(await figure(page, 'Pulls')).toBe(1);

  const repositories = page.getByRole('table', { name: 'Repositories', exact: true });
  const rows = async () =>
    (await repositories.locator('tbody tr.repository').allTextContents()).map((row) =>
      row.replace(/\s+/g, ' ').trim(),
    );
  expect((await rows()).sort()).toEqual([
    expect.stringMatching(/ acme\/bertModel2–––1 /),
    expect.stringMatching(/ acme\/demoSpace1–––1 /),
    expect.stringMatching(/ acme\/llamaModel2–––1 /),
    expect.stringMatching(/ acme\/wordsDataset2–––1 /),
    expect.stringMatching(/ acme\/webImage11001 /),
  ]);
  await page.getByLabel('Search repositories').fill('words');
  await expect.poll(async () => (await rows()).length, SECONDS).toBe(1);
  await repositories.getByRole('button', { name: 'acme/words' }).click();
  await page.getByRole('table', { name: 'Files of acme/words' }).waitFor();
  await page.getByLabel('Search repositories').fill('');

  expect(await download(page, 'Download daily CSV')).toEqual({
    name: 'all_daily_all.csv',
    text: daily(
      `image,acme/web,1,${day('02')},1`,
      `model,acme/bert,2,${day('01')},2`,
      `model,acme/llama,2,${day('01')},1`,
      `model,acme/llama,2,${day('02')},0`,
      `model,acme/llama,2,${day('03')},1`,
      `dataset,acme/words,2,${day('02')},2`,
      `space,acme/demo,1,${day('03')},1`,
    ),
  });

  await page.locator('summary', { hasText: 'How it counts' }).click();
  await page.getByLabel('Model', { exact: true }).fill('acme/bert');
  await page.getByLabel('Query', { exact: true }).fill('path_extension:');
  await page.getByRole('button', { name: 'Count by this query' }).click();
  await page.getByText('This is no part of a query').waitFor();
  await page.getByLabel('Query', { exact: true }).fill('path_extension:"safetensors"');
  await page.getByRole('button', { name: 'Count by this query' }).click();
  await expect.poll(() => figure(page, 'All models'), SECONDS).toBe(3);
  await page.getByRole('button', { name: 'Back to the default query: acme/bert' }).click();
  await expect.poll(() => figure(page, 'All models'), SECONDS).toBe(4);
  await page.getByLabel('Count HEAD requests of hubs').click();
  await expect.poll(() => figure(page, 'All models'), SECONDS).toBe(3);

  await page.getByTitle('Show only Models').click();
  await expect.poll(() => figure(page, 'All datasets'), SECONDS).toBe(0);
  expect(await figure(page, 'All models')).toBe(3);
  expect((await download(page, 'Download daily CSV')).text).toBe(
    daily(
      `model,acme/bert,1,${day('01')},1`,
      `model,acme/llama,2,${day('01')},1`,
      `model,acme/llama,2,${day('02')},0`,
      `model,acme/llama,2,${day('03')},1`,
    ),
  );
  await page.getByRole('button', { name: 'Clear all filters' }).click();
  await expect.poll(() => figure(page, 'All datasets'), SECONDS).toBe(2);
  await page.getByRole('button', { name: 'Last month' }).click();
  await expect.poll(() => page.getByText(/complete days?/).count(), SECONDS).toBeGreaterThan(0);
  expect(await figure(page, 'All datasets')).toBe(2);
  expect(await page.getByText('Something in this page broke').count()).toBe(0);
  expect(errors).toEqual([]);
});
