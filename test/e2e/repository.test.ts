import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { logLine } from '../helpers/log-lines.ts';
import { SCREENS, violations } from './axe.ts';
import { chooseFiles, figure, type Opened, PageUnderTest, untilRead } from './open-page.ts';

const START = Date.UTC(2026, 8, 7);
const HOUR = 3_600_000;
const D1 = `sha256:${'1'.repeat(64)}`;
const D2 = `sha256:${'2'.repeat(64)}`;

const rows: { time: number; line: string }[] = [];
function add(
  time: number,
  client: string,
  method: string,
  name: string,
  reference: string,
  agent = 'docker/27.3.1',
) {
  const path = `/v2/${name}/manifests/${reference}`;
  rows.push({ time, line: logLine(START + time, client, method, path, 200, 10, agent) });
}
for (let day = 0; day < 6; day++) {
  const noon = day * 24 * HOUR + 12 * HOUR;
  add(noon, '192.0.2.1', 'GET', 'acme/api', '1.27.1');
  add(noon + 60_000, '192.0.2.2', 'HEAD', 'acme/api', 'latest');
  add(noon + 61_000, '192.0.2.2', 'GET', 'acme/api', day < 3 ? D1 : D2);
  if (day > 1) add(noon + 120_000, '192.0.2.3', 'GET', 'acme/api', '1.27.2');
  if (day > 3) add(noon + 180_000, '192.0.2.3', 'GET', 'acme/api', '1.28.0');
  add(noon + 240_000, '192.0.2.3', 'GET', 'acme/worker', '2.0.0');
}
for (let i = 0; i < 60; i++)
  add(3 * HOUR + i * 60_000, '198.51.100.7', 'GET', 'acme/api', '1.27.1', 'containerd/1.7.2');
for (let i = 0; i < 90; i++)
  add(30 * HOUR + i * 30_000, '198.51.100.8', 'HEAD', 'acme/api', 'latest', 'Watchtower/1.7.1');
rows.sort((a, b) => a.time - b.time);
const LOG = {
  name: 'access.log.gz',
  content: new Uint8Array(gzipSync(rows.map(({ line }) => `${line}\n`).join(''))),
};

let site: PageUnderTest;
beforeAll(async () => (site = await PageUnderTest.start()));
afterAll(() => site.stop());

async function openRepository(options: Parameters<PageUnderTest['open']>[0] = {}): Promise<Opened> {
  const opened = await site.open(options);
  await chooseFiles(opened.page, LOG);
  await untilRead(opened.page);
  await opened.page.getByRole('link', { name: 'acme/api', exact: true }).click();
  await opened.page.getByRole('heading', { name: 'Storms and loops' }).waitFor();
  return opened;
}

const sheet = (page: Page) => page.getByRole('dialog', { name: /^Why this number/ });
const panel = (page: Page, name: string) => page.getByRole('region', { name, exact: true }).first();

test('the page of a repository answers what is asked of it', async () => {
  const { page, errors } = await openRepository();
  expect(await page.title()).toContain('acme/api');
  // 66 of 1.27.1, 6 of latest, 4 of 1.27.2, 2 of 1.28.0.
  expect(await figure(page, 'Pulls by tag')).toBe(78);
  expect(await figure(page, 'Version checks')).toBe(90);
  expect(await page.getByText(/^A flag stands where/).textContent()).toMatch(
    /first asked for: 1\.27\.2 \(9 Sept?\), 1\.28\.0 \(11 Sept?\)\.$/,
  );

  const storms = panel(page, 'Storms and loops');
  expect(await storms.textContent()).toMatch(
    /One client pulls 1\.27\.1 again and again: 60 times from 7 Sept? 2026/,
  );
  expect(await storms.textContent()).toContain('One client asks for latest every 30 s: 90 checks');
  expect(await storms.textContent()).not.toContain('198.51.100');
  await storms.getByRole('button', { name: 'Show its address' }).first().click();
  await storms.getByText('198.51.100.7 · containerd/1.7.2').waitFor();

  const tags = page.getByRole('table', { name: 'Tags and digests' });
  const names = async () => (await tags.locator('tbody th').allTextContents()).map((text) => text.trim());
  expect(await names()).toEqual(['1.27.1', 'latest', '1.27.2', '1.28.0']);
  await page.getByLabel('Group into families').check();
  expect(await names()).toEqual(['1.27.* 2 tags', 'latest', '1.28.*']);
  await page.getByLabel('Search tags').fill('lat');
  expect(await names()).toEqual(['latest']);

  expect(await panel(page, 'Floating or pinned').textContent()).toContain('92.3');
  expect(await panel(page, 'How concentrated').textContent()).toContain('4 addresses make all 78 pulls');
  const grid = page.getByRole('table', { name: 'When in the week: Pulls' });
  expect(await grid.locator('tbody tr').first().locator('td').allTextContents()).toEqual(
    Array.from({ length: 24 }, (_, hour) => (hour === 3 ? '60' : hour === 12 ? '2' : '0')),
  );
  expect(await panel(page, 'Digests and their tags').textContent()).toMatch(
    /Pointed to more than one digest.*latest/,
  );

  // What a storm's link shows is in the address, and Back leaves it.
  await storms.getByRole('link', { name: 'Only this tag and these days' }).first().click();
  await expect.poll(() => figure(page, 'Pulls by tag')).toBe(61);
  expect(page.url()).toContain('r=2026-09-07..2026-09-07');
  await page.goBack();
  await expect.poll(() => figure(page, 'Pulls by tag')).toBe(78);
  expect(errors).toEqual([]);
});

test('time is shown as it was chosen, and a bar is asked or dragged', async () => {
  const { page, errors } = await openRepository({ timezoneId: 'Asia/Tokyo' });
  await page.getByLabel('Clock').selectOption('local');
  const grid = page.getByRole('table', { name: 'When in the week: Pulls' });
  const monday = async () =>
    (await grid.locator('tbody tr').first().locator('td').allTextContents()).map(Number);
  // Nine hours later than by UTC.
  await expect.poll(async () => (await monday())[12]).toBe(60);
  await page.getByLabel('Compare with').selectOption('previous');
  await page.getByText(/^No change shown/).waitFor();
  await page.getByLabel('To', { exact: true }).fill('2026-09-07');
  await page.getByLabel('Bars').selectOption('hour');
  const slider = page.getByRole('slider', { name: /^Walk through the chart/ });
  await page.getByRole('heading', { name: 'Actions per hour' }).waitFor();
  await slider.focus();
  await page.keyboard.press('Home');
  for (let hour = 0; hour < 12; hour++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  // All of the hour, and nothing of others: the storm began at 03:00 by UTC.
  await sheet(page).getByText('60 pulls', { exact: true }).waitFor();
  expect(await sheet(page).textContent()).toMatch(
    /acme\/api · 7 Sept? 2026,? 12:00 – 7 Sept? 2026,? 12:59 \(Asia\/Tokyo\)/,
  );
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'All time' }).click();
  await page.getByLabel('Bars').selectOption('day');
  await page.getByRole('heading', { name: 'Actions per day' }).waitFor();
  const canvas = page.locator('canvas').first();
  await canvas.scrollIntoViewIfNeeded();
  const box = (await canvas.boundingBox())!;
  const at = (share: number) => [box.x + box.width * share, box.y + box.height * 0.8] as const;
  await page.mouse.move(...at(0.2));
  await page.mouse.down();
  await page.mouse.move(...at(0.9), { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => page.url()).toContain('r=2026-09-0');
  expect(await sheet(page).count()).toBe(0);
  // Where a double click leads back, a click alone still asks.
  await page.mouse.click(...at(0.5));
  await sheet(page).waitFor();
  expect(errors).toEqual([]);
});

test('a number says why, down to the line in the gzip file', async () => {
  const { page, errors } = await openRepository();
  const opener = page.getByRole('button', { name: 'Why this number? Pulls by tag' });
  await opener.click();
  const dialog = sheet(page);
  await dialog.getByText('78 actions from 84 requests').waitFor();
  const rules = dialog.getByRole('table', { name: 'Rules that applied' }).locator('tbody tr');
  expect(await rules.allTextContents()).toEqual([
    expect.stringMatching(/^GET by tag\s*72\s*72$/),
    expect.stringMatching(/^HEAD by tag \+ GET of its digest within 5 s\s*6\s*12$/),
  ]);
  const first = rows.find(({ line }) => line.includes('"HEAD /v2/acme/api/manifests/latest'))!;
  await dialog.getByText(first.line, { exact: true }).waitFor();
  await dialog.getByText('access.log.gz, byte 0').first().waitFor();
  // Every GET, and every request, would give more.
  await expect.poll(() => dialog.locator('dd').allTextContents()).toEqual(['78', '78', '84', '78', '78']);
  await page.keyboard.press('Escape');
  await expect.poll(() => dialog.count()).toBe(0);
  expect(await opener.evaluate((button) => button === document.activeElement)).toBe(true);

  // By keyboard from a cell of a table, and from a bar.
  const cells = page.getByRole('table', { name: 'Tags and digests' }).locator('[data-why]');
  await cells.first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await sheet(page).getByText('90 version checks', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('slider', { name: /^Walk through the chart/ }).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await sheet(page).getByText('4 pulls', { exact: true }).waitFor();
  expect(errors).toEqual([]);
});

test.each(SCREENS)('axe at %i px, %s', async (width, colorScheme) => {
  const { page } = await openRepository({ viewport: { width, height: 900 }, colorScheme });
  const closed = page.getByRole('button', { name: 'Show as table' });
  while ((await closed.count()) > 0) await closed.first().click();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Show its requests' }).first().click();
  await sheet(page).locator('pre').first().waitFor();
  expect(await violations(page)).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
