import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { logLine } from '../helpers/log-lines.ts';
import { SMALL_LOG } from '../helpers/small-log.ts';
import { SCREENS, violations } from './axe.ts';
import { chooseFiles, download, figure, type Opened, PageUnderTest, untilRead } from './open-page.ts';

let site: PageUnderTest;
beforeAll(async () => (site = await PageUnderTest.start()));
afterAll(() => site.stop());

const NAMES = ['Pulls', 'Pulls by tag', 'Pulls by digest', 'Version checks', 'Unique IP addresses'];
const ALL = [3, 2, 1, 2, 3];

async function opened(content: string, options = {}): Promise<Opened> {
  const open = await site.open(options);
  await chooseFiles(open.page, { name: 'access.log', content });
  await untilRead(open.page);
  return open;
}

async function figures({ page }: Opened): Promise<number[]> {
  const found: number[] = [];
  for (const name of NAMES) found.push(await figure(page, name));
  return found;
}

const clients = (page: Page) => page.getByRole('list', { name: 'Clients' });
const only = (page: Page, client: string) =>
  clients(page).getByRole('button', { name: new RegExp(`^${client} [\\d,]+ \\S+.%$`) });

/** Cells of a row of the chart's table: by tag, by digest, version checks. */
async function chartDays(page: Page): Promise<string[]> {
  const table = page.getByRole('table', { name: 'Actions per day, as a table' });
  const rows = await table.locator('tbody tr').all();
  return Promise.all(
    rows.map(async (row) => (await row.locator('td').allTextContents()).slice(0, 3).join(' ')),
  );
}

test('a click on a client changes every figure, the chart, the table and the files; its chip undoes it', async () => {
  const open = await opened(SMALL_LOG);
  const { page } = open;
  await page.getByRole('button', { name: 'Show as table' }).click();
  expect(await chartDays(page)).toEqual(['1 0 1', '0 0 1', '1 1 0']);
  await only(page, 'docker').click();
  await expect.poll(() => figures(open)).toEqual([1, 1, 0, 0, 1]);
  expect(await chartDays(page)).toEqual(['1 0 0', '0 0 0', '0 0 0']);
  const table = page.getByRole('table', { name: 'Repositories' });
  expect(await table.textContent()).toContain('acme/web');
  expect(await table.textContent()).not.toContain('busybox');
  await table.getByRole('button', { name: /acme\/web/ }).click();
  const detail = page.getByRole('table', { name: /^Tags and digests/ });
  await expect.poll(() => detail.textContent()).toContain('1.0');
  expect(await detail.textContent()).not.toContain('latest');
  const raw = await download(page, 'Download raw CSV');
  expect(raw.name).toBe('all_raw_all.csv');
  expect(raw.text.trimEnd().split('\r\n').slice(1)).toEqual([
    expect.stringMatching(/^2026-09-01 00:00:01,acme,web,1\.0,sha256:1a.*,pull_by_tag,,,,docker,27\.3\.1$/),
  ]);
  const daily = await download(page, 'Download daily CSV');
  expect(daily.text.trimEnd().split('\r\n').slice(1)).toEqual([
    'image,acme/web,1,2026-09-01T00:00:00.000Z,1',
  ]);
  expect(await page.textContent('main')).toMatch(/1 of 5 actions shown\. Hidden: 4 \(80\s%\)\./);

  await page.getByRole('button', { name: 'Remove filter Client: docker' }).click();
  await expect.poll(() => figures(open)).toEqual(ALL);
  expect(await chartDays(page)).toEqual(['1 0 1', '0 0 1', '1 1 0']);
  expect(await page.getByRole('button', { name: 'Clear all filters' }).count()).toBe(0);
  expect((await download(page, 'Download raw CSV')).text.trimEnd().split('\r\n')).toHaveLength(6);
  expect(open.errors).toEqual([]);
});

test('a value can be left out, several filters are cleared at once, and an empty result says why', async () => {
  const open = await opened(SMALL_LOG);
  const { page } = open;
  await clients(page).getByRole('button', { name: 'Leave out docker' }).click();
  await expect.poll(() => figures(open)).toEqual([2, 1, 1, 2, 3]);
  await page
    .getByRole('list', { name: 'Actions' })
    .getByRole('button', { name: /^Version checks / })
    .click();
  await expect.poll(() => figures(open)).toEqual([0, 0, 0, 2, 1]);
  const chip = page.locator('.chip', { hasText: 'Exclude client: docker' });
  // It hides one pull, but so does the other filter.
  expect(await chip.textContent()).toContain('alone hides 0');
  await page.getByRole('button', { name: 'Remove filter Action: Version checks' }).click();
  // It has no pulls, and so is not among them.
  await page.getByRole('button', { name: 'Both' }).click();
  await only(page, 'watchtower').click();
  await page
    .getByRole('list', { name: 'Actions' })
    .getByRole('button', { name: 'Leave out Version checks' })
    .click();
  await expect.poll(() => page.textContent('main')).toContain('passes all filters');
  await page.getByRole('button', { name: 'Clear all filters' }).click();
  await expect.poll(() => figures(open)).toEqual(ALL);
});

test('clients open to their versions, and unknown ones to their user agents', async () => {
  const { page } = await opened(SMALL_LOG);
  await page.getByRole('button', { name: 'Versions of docker' }).click();
  const versions = page.getByRole('list', { name: 'Versions of docker' });
  expect(await versions.textContent()).toContain('docker 27.3.1');
  expect(await page.textContent('main')).toContain(
    'None of the pulls by docker come from versions older than 27.',
  );
  await page.getByRole('button', { name: 'User agents of unknown clients' }).click();
  const agents = page.getByRole('list', { name: 'User agents of unknown clients' });
  expect(await agents.textContent()).toContain('=HYPERLINK("x")');
});

test('a panel is also a table, a text to paste and a CSV; without data it says why', async () => {
  const { page } = await opened(SMALL_LOG, { permissions: ['clipboard-read', 'clipboard-write'] });
  const rows = [
    ['client', 'version', 'pulls', 'version_checks'],
    ['watchtower', '1.7.1', '0', '2'],
    ['containers', '5.34.2', '1', '0'],
    ['docker', '27.3.1', '1', '0'],
    ['', '', '1', '0'],
  ];
  await page.getByRole('button', { name: 'Table: Clients' }).click();
  const table = page.getByRole('table', { name: 'Clients' });
  expect(await table.locator('tbody tr').count()).toBe(4);
  await page.getByRole('button', { name: 'Copy: Clients' }).click();
  await expect.poll(() => page.textContent('main')).toContain('Copied 4 rows.');
  const pasted = await page.evaluate(() => navigator.clipboard.readText());
  expect(pasted).toBe(rows.map((row) => `${row.join('\t')}\n`).join(''));
  const csv = await download(page, 'CSV: Clients');
  expect(csv.name).toBe('clients_2026-09-01_2026-09-03.csv');
  expect(csv.text).toBe(rows.map((row) => `${row.join(',')}\r\n`).join(''));
  expect(await page.textContent('main')).toContain('Documentation address');
  // No address is unknown: that is no line of the list.
  expect(await page.getByRole('list', { name: 'Countries' }).textContent()).not.toContain('Unknown');
});

test('the search and an open repository can become filters', async () => {
  const open = await opened(SMALL_LOG);
  const { page } = open;
  await page.getByLabel('Search repositories').fill('acme/*');
  await page.getByRole('button', { name: 'Filter the page by this' }).click();
  await expect.poll(() => figures(open)).toEqual([1, 1, 0, 2, 2]);
  expect((await download(page, 'Download daily CSV')).name).toBe('acme_daily_all.csv');
  await page.getByRole('button', { name: 'Clear all filters' }).click();
  await page.getByLabel('Search repositories').fill('');
  const table = page.getByRole('table', { name: 'Repositories' });
  await table.getByRole('button', { name: /acme\/web/ }).click();
  await page.getByRole('button', { name: 'Leave it out' }).click();
  await expect.poll(() => figures(open)).toEqual([2, 1, 1, 0, 2]);
});

test('one private address behind everything is told, with a format that is read', async () => {
  const lines = Array.from({ length: 120 }, (_, i) =>
    logLine(
      Date.UTC(2026, 8, 1) + i * 60_000,
      '10.0.0.7',
      'GET',
      `/v2/a/b/manifests/${i}`,
      200,
      1,
      'docker/27',
    ),
  );
  const { page } = await opened(`${lines.join('\n')}\n`);
  const note = page.locator('details', { hasText: 'One address stands before your clients' });
  expect(await note.textContent()).toContain('100 % of the requests come from one private address.');
  expect(await note.textContent()).toContain('log_format registry');
  const { page: other } = await opened(SMALL_LOG);
  expect(await other.textContent('main')).not.toContain('One address stands before');
});

test('rows are left out with Shift or x, Escape takes back the last choice', async () => {
  const open = await opened(SMALL_LOG);
  const { page } = open;
  const chip = (name: string) => page.getByRole('button', { name: `Remove filter ${name}` });
  await only(page, 'docker').click({ modifiers: ['Shift'] });
  await chip('Exclude client: docker').waitFor();
  await expect.poll(() => figures(open)).toEqual([2, 1, 1, 2, 3]);
  // Down to the row that follows, and leave it out: the one behind it has the focus then.
  const row = page.getByRole('list', { name: 'Countries' }).locator('[data-row]').first();
  await row.focus();
  await page.keyboard.press('x');
  await expect
    .poll(() => page.getByRole('button', { name: /^Remove filter Exclude country/ }).count())
    .toBe(1);
  const link = page.getByRole('table', { name: 'Repositories' }).locator('[data-row]');
  await page.keyboard.press('Escape');
  await expect
    .poll(() => page.getByRole('button', { name: /^Remove filter Exclude country/ }).count())
    .toBe(0);
  const names = (await link.allTextContents()).map((name) => name.trim());
  await link.first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('x');
  await chip(`Exclude repository: ${names[1]}`).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('button', { name: /^Remove filter/ }).count()).toBe(1);
  await page.keyboard.press('Escape');
  await expect.poll(() => figures(open)).toEqual(ALL);
  await page.getByRole('link', { name: 'Clean up' }).click();
  await page.getByRole('heading', { name: 'What is no longer pulled', level: 1 }).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => figures(open)).toEqual(ALL);
  expect(open.errors).toEqual([]);
});

describe.each(SCREENS)('axe at %i px, %s', (width, colorScheme) => {
  test('finds nothing on panels, chips, versions and tables', async () => {
    const { page } = await site.open({ viewport: { width, height: 900 }, colorScheme });
    await page.getByRole('button', { name: 'Try with sample data' }).click();
    await untilRead(page);
    await page.getByRole('button', { name: 'Versions of docker' }).click();
    await page.getByRole('button', { name: 'Table: Use' }).click();
    await clients(page).getByRole('button', { name: 'Leave out kaniko' }).click();
    await only(page, 'docker').click();
    // On a telephone chips stand in a sheet, and the button that opens it says how many there are.
    if (width < 640) await page.getByRole('button', { name: 'Dates and filters 2 filters' }).click();
    await page.getByRole('button', { name: 'Clear all filters' }).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
});
