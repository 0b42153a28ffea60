/** What can be said of files, and formats that a person defines. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from './axe.ts';
import { chooseFiles, figure, PageUnderTest, untilRead } from './open-page.ts';

let site: PageUnderTest;
beforeAll(async () => (site = await PageUnderTest.start()));
afterAll(() => site.stop());

const CONFIGURATION = `log_format main '$remote_addr - $remote_user [$time_local] "$request" $status';
log_format odd '$time_iso8601|$remote_addr|$request_method|$request_uri|$status|$http_user_agent';`;
/** One pull by tag at half past eleven at night. */
const ZONELESS = `2026-11-20 12:00:00|192.0.2.7|GET|/v2/acme/web/manifests/1.0|200|docker/24
2026-11-20 23:30:00|192.0.2.8|GET|/v2/acme/web/manifests/1.0|200|docker/24
`;
const COMBINED = `192.0.2.9 - - [20/Nov/2026:10:00:00 +0000] "GET /v2/acme/api/manifests/2.0 HTTP/1.1" 200 506 "-" "docker/24.0.7" "203.0.113.5"
`;

/** On a machine with other work. */
const SOON = { timeout: 20_000 };

async function openPanel(page: Page): Promise<void> {
  await page.locator('#data > summary').click();
}

/** A row of the chart's table: the day, and its numbers. */
async function days(page: Page): Promise<string[]> {
  // So few days are shown by the hour.
  await page.getByLabel('Bars').selectOption('day');
  await page.getByRole('heading', { name: 'Actions per day' }).waitFor();
  const show = page.getByRole('button', { name: 'Show as table' });
  if (await show.count()) await show.click();
  const rows = page.getByRole('table', { name: /^Actions per day/ }).locator('tbody tr');
  return (await rows.allTextContents()).map((row) => row.replace(/\s+/g, ' ').trim());
}

async function defineFormat(page: Page): Promise<void> {
  await openPanel(page);
  // Pasted at once, before lines to try it on have come.
  await page.getByRole('button', { name: /^Own formats/ }).evaluate(async (button, configuration) => {
    (button as HTMLButtonElement).click();
    const field = () => document.querySelector<HTMLTextAreaElement>('#paste');
    for (let i = 0; i < 1000 && !field(); i++) await Promise.resolve();
    field()!.value = configuration;
    field()!.dispatchEvent(new Event('input', { bubbles: true }));
  }, CONFIGURATION);
  // Of the two the one that reads these lines is chosen.
  await page.getByText('odd (nginx log_format)').waitFor();
  await page.getByText('All 2 lines tried are read.').waitFor();
  const preview = page.getByRole('table', { name: 'How your unreadable lines are read with it' });
  expect(await preview.textContent()).toContain('/v2/acme/web/manifests/1.0');
  await page.getByRole('button', { name: 'Save and count again' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

test('a pasted format makes unreadable lines count, and a zone moves them', async () => {
  const { page, errors } = await site.open();
  await chooseFiles(page, { name: 'odd.log', content: ZONELESS });
  expect(await untilRead(page)).toContain('2 lines could not be read.');
  await defineFormat(page);
  expect(await untilRead(page)).toMatch(/^Read 1 file: 2 lines, 2 manifest requests/);
  expect(await figure(page, 'Pulls')).toBe(2);
  expect((await days(page)).length).toBe(1);

  await page.getByLabel('Times without a zone are read as').selectOption('America/New_York');
  await expect.poll(async () => (await days(page)).length, SOON).toBe(2);
  expect(await figure(page, 'Pulls')).toBe(2);
  // The card stays open, so that the choice can be seen.
  expect(await page.getByLabel('Times without a zone are read as').inputValue()).toBe('America/New_York');
  await page.getByLabel('Times without a zone are read as').selectOption('UTC');
  await expect.poll(async () => (await days(page)).length, SOON).toBe(1);
  expect(errors).toEqual([]);

  // It is there after a reload, and used for what is dropped then.
  await page.reload();
  await chooseFiles(page, { name: 'odd.log', content: ZONELESS });
  expect(await untilRead(page)).toMatch(/^Read 1 file: 2 lines, 2 manifest requests/);
  await openPanel(page);
  await page.getByRole('button', { name: /^Own formats/ }).click();
  await page.getByLabel('Name of the format odd').fill('Frontend');
  await page.getByLabel('Name of the format odd').blur();
  await page.getByRole('button', { name: 'Delete the format Frontend' }).click();
  await page.getByText('None yet.').waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  expect(await untilRead(page)).toContain('2 lines could not be read.');
  expect(errors).toEqual([]);
});

test('a format is made of the parts of a line', async () => {
  const { page, errors } = await site.open();
  await chooseFiles(page, { name: 'odd.log', content: ZONELESS });
  await untilRead(page);
  await openPanel(page);
  await page.getByRole('button', { name: 'Define their format' }).click();
  await page.getByRole('button', { name: 'From a line' }).click();
  await page.getByLabel('Your unreadable lines').selectOption({ index: 1 });
  // What it is already guessed to be.
  expect(await page.getByLabel('What “192.0.2.7” is').inputValue()).toBe('client');
  await page.getByText('All 2 lines tried are read.').waitFor();
  await page.getByLabel('Name of this format').fill('By hand');
  await page.getByRole('button', { name: 'Save and count again' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await untilRead(page)).toMatch(/^Read 1 file: 2 lines, 2 manifest requests/);
  expect(errors).toEqual([]);
});

test('a file is removed, and the rest is counted as if it had never been there', async () => {
  const { page, errors } = await site.open();
  await chooseFiles(
    page,
    { name: 'access.log', content: COMBINED },
    { name: 'other.log', content: COMBINED.replace('192.0.2.9', '192.0.2.10').replace('20/Nov', '21/Nov') },
  );
  await untilRead(page, 2);
  expect(await figure(page, 'Pulls')).toBe(2);
  await openPanel(page);
  await page.getByRole('heading', { name: 'other.log' }).click();
  await page.getByRole('button', { name: 'Remove this file' }).click();
  await untilRead(page, 1);
  expect(await figure(page, 'Pulls')).toBe(1);
  expect(await page.locator('#data').getByRole('heading', { name: 'access.log' }).count()).toBe(1);
  expect(await page.locator('#data').getByRole('heading', { name: 'other.log' }).count()).toBe(0);
  // The same file may be dropped again.
  expect(errors).toEqual([]);
});

test('whose address counts is a switch, and unreadable lines can be taken away', async () => {
  const { page, errors } = await site.open();
  const forwarded = COMBINED + COMBINED.replace('203.0.113.5', '203.0.113.6').replace('10:00', '11:00');
  await chooseFiles(page, { name: 'access.log', content: `${forwarded}no log at all\n` });
  await untilRead(page);
  expect(await figure(page, 'Unique IP addresses')).toBe(2);
  await openPanel(page);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download unreadable lines' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('access.log_unreadable.txt');
  expect(readFileSync(await file.path(), 'utf8')).toBe('no log at all\n');
  await page.getByText('access.log_unreadable.txt: 1 line.').waitFor();
  await page.getByRole('switch', { name: 'Take the client from X-Forwarded-For' }).click();
  await expect.poll(() => figure(page, 'Unique IP addresses'), SOON).toBe(1);
  await page.getByRole('switch', { name: 'Take the client from X-Forwarded-For' }).click();
  await expect.poll(() => figure(page, 'Unique IP addresses'), SOON).toBe(2);
  expect(errors).toEqual([]);
});

test('a link carries a format, and it is used only when the person says so', async () => {
  const { page } = await site.open();
  await chooseFiles(page, { name: 'odd.log', content: ZONELESS });
  await untilRead(page);
  await defineFormat(page);
  await page.getByRole('button', { name: /^Own formats/ }).click();
  await page.getByRole('button', { name: 'Copy a link with the format odd' }).click();
  const link = await page.getByLabel(/^Copy this link/).inputValue();
  expect(link).toContain('#format=odd:');
  expect(link).not.toContain('192.0.2');

  const other = await site.open();
  await chooseFiles(other.page, { name: 'odd.log', content: ZONELESS });
  await untilRead(other.page);
  await other.page.evaluate((hash) => (location.hash = hash), new URL(link).hash);
  await other.page.getByText('named “odd”').waitFor();
  expect(other.page.url()).not.toContain('#');
  await other.page.getByRole('button', { name: 'Leave it' }).click();
  expect(await untilRead(other.page)).toContain('2 lines could not be read.');
  await other.page.evaluate((hash) => (location.hash = hash), new URL(link).hash);
  await other.page.getByText('All 2 lines tried are read.').waitFor();
  await other.page.getByRole('button', { name: 'Use this format' }).click();
  await other.page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await untilRead(other.page)).toMatch(/^Read 1 file: 2 lines, 2 manifest requests/);
  await other.page.evaluate(() => (location.hash = '#format=x:nonsense'));
  await other.page.getByText('The format in this link cannot be read.').waitFor();
  expect(other.errors).toEqual([]);
});

test('a recount that is stopped, or cannot be, leaves all as it was', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'pullscope-data-')), 'large.log');
  // Long enough to be stopped on a fast machine.
  writeFileSync(path, COMBINED.replace('docker/24.0.7', 'docker/24.0.7 '.repeat(40)).repeat(500_000));
  const { page, errors } = await site.open();
  await page.getByLabel('Choose files').setInputFiles(path);
  await untilRead(page);
  const pulls = await figure(page, 'Pulls');
  await openPanel(page);
  const ofClient = page.getByRole('switch', { name: 'Take the client from X-Forwarded-For' });
  await ofClient.click();
  // At once: a fast machine is done soon, and a person's click would wait for the button to stand still.
  await page.getByRole('button', { name: 'Cancel' }).dispatchEvent('click');
  await page.getByText(/^Counting again:/).waitFor({ state: 'detached' });
  expect(await figure(page, 'Pulls')).toBe(pulls);
  await expect.poll(() => ofClient.isChecked(), SOON).toBe(true);

  rmSync(path);
  await ofClient.click();
  await page.getByText('large.log can no longer be read').waitFor();
  await expect.poll(() => ofClient.isChecked(), SOON).toBe(true);
  expect(await figure(page, 'Pulls')).toBe(pulls);
  expect(errors.filter((each) => !each.includes('ERR_FILE_NOT_FOUND'))).toEqual([]);
}, 120_000);

test('the data view and the dialog fit a telephone, keyboards and screen readers', async () => {
  const { page } = await site.open({ viewport: { width: 360, height: 800 } });
  await chooseFiles(
    page,
    { name: 'access.log', content: COMBINED },
    { name: 'odd.log', content: `${ZONELESS}2026-11-20 no request\n` },
  );
  await untilRead(page, 2);
  await openPanel(page);
  for (const file of await page.locator('#data li summary').all()) await file.click();
  expect(await violations(page)).toEqual([]);
  // Days for those who listen.
  const table = page.getByRole('table', { name: 'Days that access.log covers' });
  expect((await table.textContent())!.replace(/\s+/g, ' ')).toContain('20 Nov 2026');

  const opener = page.getByRole('button', { name: /^Own formats/ });
  await opener.focus();
  await page.keyboard.press('Enter');
  await page.getByLabel(/^Paste an nginx/).fill(CONFIGURATION);
  await page.getByText('2 of the 3 lines tried are read.').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'From a line' }).click();
  await page.getByLabel('Your unreadable lines').selectOption({ index: 1 });
  await page.getByText('2 of the 3 lines tried are read.').waitFor();
  expect(await violations(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await opener.evaluate((button) => button === document.activeElement)).toBe(true);
  // 1280 px at a zoom of 400 %.
  await page.setViewportSize({ width: 320, height: 640 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  // What is chosen can be told where the system chooses the colours.
  await page.emulateMedia({ forcedColors: 'active' });
  const views = page.getByRole('navigation', { name: 'Views' }).getByRole('link');
  const borders = await views.evaluateAll((links) =>
    links.map((link) => getComputedStyle(link).borderBlockEndColor),
  );
  expect(new Set(borders).size).toBe(2);
});
