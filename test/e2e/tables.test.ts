import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SMALL_LOG } from '../helpers/small-log.ts';
import { violations } from './axe.ts';
import { chooseFiles, download, dropFiles, figure, PageUnderTest, untilRead } from './open-page.ts';

let site: PageUnderTest;
beforeAll(async () => (site = await PageUnderTest.start()));
afterAll(() => site.stop());

const table = (path: string) => readFileSync(`test/fixtures/tables/${path}`, 'utf8');
const HUB = table('hub-daily/documented.csv').replaceAll('\n', '\r\n');

test("Hugging Face's CSV: totals under both spans, search, and the same file again", async () => {
  const { page, errors } = await site.open();
  await dropFiles(page, { name: 'analytics.csv', content: HUB });
  expect(await untilRead(page)).toMatch(
    /^Read 1 file: 7 lines, 6 rows of tables from 22 Jan to 29 Nov 2021 \(UTC\)\.$/,
  );
  expect(await figure(page, 'Model downloads')).toBe(13);
  expect(await figure(page, 'Model downloads in all')).toBe(4362460);
  expect(await figure(page, 'Dataset downloads')).toBe(28);
  expect(await figure(page, 'Dataset downloads in all')).toBe(2167284);

  const repositories = page.getByRole('table', { name: 'Repositories' });
  const rows = () => repositories.locator('tbody tr').allTextContents();
  expect((await rows()).map((row) => row.replace(/\s+/g, ' '))).toEqual([
    expect.stringMatching(/documentation-images ?dataset ?28 ?2,167,284/),
    expect.stringMatching(/CodeBERTa-small-v1 ?model ?13 ?4,362,460/),
  ]);
  await page.getByLabel('Search repositories').fill('codeberta');
  await expect.poll(async () => (await rows()).length).toBe(1);
  await page.getByLabel('Search repositories').fill('');
  await page.getByLabel('Type').selectOption('dataset');
  await expect.poll(async () => (await rows()).join()).not.toContain('CodeBERTa');

  const file = await download(page, 'Download daily CSV');
  expect(file).toEqual({ name: 'all_daily_all.csv', text: HUB });
  expect(await page.getByRole('button', { name: 'Download raw CSV' }).count()).toBe(0);
  expect(await page.textContent('main')).toContain('the tables hold only counts in this span');

  await page.getByRole('button', { name: 'Last month' }).click();
  await expect.poll(() => page.getByText('Model downloads').count()).toBe(0);
  expect(await figure(page, 'Dataset downloads')).toBe(28);
  expect(await page.textContent('main')).toContain('31 Oct');
  expect(errors).toEqual([]);
});

test("Docker Hub's raw CSV is counted as it was classified", async () => {
  const { page, errors } = await site.open();
  await chooseFiles(page, { name: 'raw.csv', content: table('docker-actions/2022-title-case.csv') });
  await untilRead(page);
  expect(await figure(page, 'Pulls')).toBe(3);
  expect(await figure(page, 'Pulls by tag')).toBe(2);
  expect(await figure(page, 'Pulls by digest')).toBe(1);
  expect(await figure(page, 'Version checks')).toBe(2);

  const raw = await download(page, 'Download raw CSV');
  expect([raw.name, raw.text.split('\r\n').length]).toEqual(['all_raw_all.csv', 7]);
  const summary = await download(page, 'Download summary CSV');
  await chooseFiles(page, { name: raw.name, content: `${raw.text}2022-10-11 00:00:00,acme,cut\r\n` });
  await page.getByRole('button', { name: /^Replace/ }).click();
  await page.getByRole('status').filter({ hasText: '1 line could not be read' }).waitFor();
  expect(await figure(page, 'Pulls by tag')).toBe(2);
  expect(await download(page, 'Download raw CSV')).toEqual(raw);
  expect(await download(page, 'Download summary CSV')).toEqual(summary);
  await page.locator('#data > summary').click();
  expect(await page.locator('#data').textContent()).toContain('2022-10-11 00:00:00,acme,cut');
  expect(await download(page, 'Download unreadable rows')).toEqual({
    name: 'all_raw_all.csv_unreadable.txt',
    text: '2022-10-11 00:00:00,acme,cut\n',
  });
  // An empty list of storms, or of what may be deleted, would say something that nobody knows.
  for (const view of ['What moved?', 'Storms', 'Clean up']) {
    await page.getByRole('link', { name: view, exact: true }).click();
    await page.getByRole('heading', { name: 'This needs a log' }).waitFor();
  }
  expect(await page.getByText('All of them were pulled').count()).toBe(0);
  await page.locator('main').getByRole('link', { name: 'Overview', exact: true }).click();
  expect(await figure(page, 'Pulls by tag')).toBe(2);
  expect(errors).toEqual([]);
});

test('what is to be known of many summaries is said once, with the first of them', async () => {
  const { page, errors } = await site.open();
  const head =
    'namespace,repository,reference,unique_ip_addresses,pulls_by_tag,pulls_by_digest,version_checks';
  const files = Array.from({ length: 5 }, (_, i) => ({
    name: `summary-${i + 1}.csv`,
    content: `${head}\r\nacme,web,1.0,1,${i + 1},0,0\r\n`,
  }));
  await chooseFiles(page, ...files);
  await untilRead(page, 5);
  const known = page.getByRole('region', { name: '1 thing to know about these files' });
  expect((await known.getByRole('listitem').textContent())!.replaceAll(/\s+/g, ' ').trim()).toBe(
    'Warning summary-1.csv, summary-2.csv, summary-3.csv and 2 more: The table does not say which days it counts. Say which week or month it is of; until then its figures stand apart.',
  );
  expect(errors).toEqual([]);
});

test('an unknown CSV asks for its columns once, and remembers them', async () => {
  const { page, errors } = await site.open();
  const unknown = { name: 'tickets.csv', content: table('mapped/tickets.csv') };
  await chooseFiles(page, unknown);
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  expect(await dialog.textContent()).toContain('192.0.2.10');
  expect(await dialog.getByLabel('Repository').inputValue()).toBe('0');
  await dialog.getByRole('button', { name: 'Read the table' }).click();
  await untilRead(page);
  expect(await figure(page, 'Pulls')).toBe(12);
  expect(await page.textContent('main')).toContain('acme/web');
  expect(await page.textContent('main')).not.toContain('192.0.2.10');

  await page.reload();
  await chooseFiles(page, unknown);
  await untilRead(page);
  expect(await figure(page, 'Pulls')).toBe(12);

  await page.locator('#data > summary').click();
  await page.getByRole('button', { name: 'Change the columns of tickets.csv' }).click();
  expect(await dialog.textContent()).toContain('192.0.2.10');
  const counts = dialog.locator('label', { hasText: /^\s*Count/ }).locator('select');
  await counts.selectOption({ label: 'no column: each row counts as one' });
  await dialog.getByRole('button', { name: 'Use these columns' }).click();
  await page.getByLabel('Downloads', { exact: true }).and(page.locator('data')).waitFor();
  expect(await figure(page, 'Downloads')).toBe(3);
  await page.getByRole('button', { name: 'Forget the columns of tickets.csv' }).click();
  await expect.poll(() => page.getByText('Columns that you chose').count()).toBe(0);
  expect(await page.evaluate(() => localStorage.getItem('pullscope-columns'))).toBeNull();

  await page.getByRole('button', { name: 'Forget my data' }).click();
  await page.getByRole('button', { name: 'Forget', exact: true }).click();
  await page.getByRole('button', { name: 'Try with sample data' }).waitFor();
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  await chooseFiles(page, unknown);
  await dialog.getByRole('button', { name: 'Leave it out' }).click();
  await untilRead(page);
  expect(await page.textContent('main')).toContain('its columns were not chosen');
  expect(errors).toEqual([]);
});

test('a log and a CSV of the same days count once, and lie side by side', async () => {
  const { page, errors } = await site.open();
  const daily = readFileSync('test/fixtures/exports/small-daily.csv', 'utf8');
  await chooseFiles(
    page,
    { name: 'access.log', content: SMALL_LOG },
    { name: 'hub.csv', content: daily.replace('2026-09-01T00:00:00.000Z,1', '2026-09-01T00:00:00.000Z,3') },
  );
  await untilRead(page, 2);
  expect(await figure(page, 'Pulls')).toBe(3);
  expect(await figure(page, 'Pulls, all files')).toBe(3);
  await page.locator('summary', { hasText: 'Side by side' }).click();
  const side = page.getByRole('table', { name: 'Side by side' });
  await side.waitFor();
  expect(await side.locator('tbody').textContent()).toContain('acme/web');
  expect(await side.locator('tbody').textContent()).toContain('+2');
  expect(errors).toEqual([]);
});

test('requests that a query exported are counted like those of a log', async () => {
  const { page, errors } = await site.open();
  await chooseFiles(page, { name: 'athena.csv', content: table('request-table/athena-alb.csv') });
  expect(await untilRead(page)).toContain('2 manifest requests');
  expect(await figure(page, 'Pulls by tag')).toBe(1);
  expect(errors).toEqual([]);
});

test('a table without dates shows its counts, and is not replaced in silence', async () => {
  const { page, errors } = await site.open();
  await chooseFiles(page, { name: 'counts.csv', content: table('docker-summary/reference-level.csv') });
  await untilRead(page);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Totals');
  expect(await page.textContent('main')).toContain('Without dates.');
  await chooseFiles(page, { name: 'access.log', content: SMALL_LOG });
  expect(await page.getByRole('dialog').textContent()).toContain('You already have data without dates.');
  await page.getByRole('button', { name: /^Add these/ }).click();
  await untilRead(page, 2);
  expect(await figure(page, 'Pulls')).toBe(3);
  expect(errors).toEqual([]);
});

test.each([
  [1280, 'light'],
  [390, 'dark'],
] as const)('axe at %i px, %s', async (width, colorScheme) => {
  const { page } = await site.open({ colorScheme, viewport: { width, height: 800 } });
  await chooseFiles(page, { name: 'tickets.csv', content: table('mapped/tickets.csv') });
  await page.getByRole('dialog').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Read the table' }).click();
  await untilRead(page);
  expect(await violations(page)).toEqual([]);
  await page.getByText('Remembered on this device: ').waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Open', exact: true }).waitFor();
  expect(await violations(page)).toEqual([]);
  await chooseFiles(
    page,
    { name: 'access.log', content: SMALL_LOG },
    { name: 'hub.csv', content: readFileSync('test/fixtures/exports/small-daily.csv', 'utf8') },
    { name: 'analytics.csv', content: HUB },
  );
  await page.getByRole('button', { name: 'Replace everything' }).click();
  await untilRead(page, 3);
  await page.locator('summary', { hasText: 'Side by side' }).click();
  await page.getByLabel('Differences only').uncheck();
  await page.getByRole('table', { name: 'Side by side' }).waitFor();
  expect(await violations(page)).toEqual([]);
});
