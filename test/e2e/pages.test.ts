/** Pages beside the figures: data, files, settings, about; and that days and filters stay in sight. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { manifestLine as line } from '../helpers/exported.ts';
import { SCREENS, violations } from './axe.ts';
import { chooseFiles, download, figure, PageUnderTest, untilRead } from './open-page.ts';

let site: PageUnderTest;
beforeAll(async () => (site = await PageUnderTest.start()));
afterAll(() => site.stop());

const LOG = Array.from({ length: 20 }, (_, i) =>
  line(
    `2026-09-${String(i + 1).padStart(2, '0')} 10:00:00`,
    `192.0.2.${i}`,
    'GET',
    `acme/app-${i % 4}`,
    '1.0',
  ),
).join('\n');

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim());
const isHeading = async (page: Page, name: string) => {
  await page.getByRole('heading', { name, level: 1, exact: true }).waitFor();
  await expect.poll(() => focused(page)).toBe(name);
};

test('pages that need no data stand on the empty page; the example counts as it says', async () => {
  const { page, errors, requests, url } = await site.open();
  await page.getByRole('link', { name: 'About', exact: true }).click();
  await isHeading(page, 'About this page');
  expect(await page.title()).toBe('About · Pullscope');
  await page.getByText('Requests to anywhere else since it was opened: 0.').waitFor();
  await page.getByText("connect-src 'none'").waitFor();
  expect(requests.filter((each) => !each.startsWith(url) && !/^(blob|data):/.test(each))).toEqual([]);
  await page.getByRole('button', { name: 'What it reads' }).click();
  expect(await focused(page)).toBe('What it reads');
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await isHeading(page, 'Settings');
  await page.getByRole('switch', { name: 'Keys that are one letter' }).click();
  await page.goBack();
  await isHeading(page, 'About this page');
  await page.keyboard.press('?');
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.getByRole('button', { name: 'Count these lines here' }).click();
  await untilRead(page);
  expect(await figure(page, 'Pulls by tag')).toBe(1);
  expect(await figure(page, 'Pulls by digest')).toBe(2);
  expect(await figure(page, 'Version checks')).toBe(2);
  expect(errors).toEqual([]);
});

test('data, files and settings have pages of their own, with one set of days and filters', async () => {
  const { page, errors } = await site.open();
  await chooseFiles(page, { name: 'access.log', content: LOG });
  await untilRead(page);
  await page.getByRole('link', { name: 'Data', exact: true }).click();
  await isHeading(page, 'Data and its quality');
  expect(await page.title()).toMatch(/^Data · 1\s?–\s?20 Sept 2026 · Pullscope$/);
  await page.getByRole('heading', { name: 'Every line accounted for' }).waitFor();
  await page.getByText('20 read').waitFor();
  await page.getByRole('link', { name: 'Export', exact: true }).click();
  await isHeading(page, 'Files to take along');
  expect(await page.getByLabel('Compare with').count()).toBe(0);
  await page.getByLabel('To', { exact: true }).fill('2026-09-05');
  await page.waitForURL(/#\/export\?r=2026-09-01\.\.2026-09-05/);
  const { name, text } = await download(page, 'Download raw CSV');
  expect(name).toBe('all_raw_span_2026-09-01_2026-09-05_partial.csv');
  expect(text.trim().split('\r\n')).toHaveLength(6);
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await isHeading(page, 'Settings');
  await page.getByLabel('Folding window, in seconds').fill('10');
  await page.getByLabel('Folding window, in seconds').press('Enter');
  await page.getByText('requests up to 10 s apart fold').waitFor();
  await page.getByLabel('Weeks begin on').selectOption('Sunday');
  await page.getByRole('link', { name: 'Overview' }).click();
  expect(await figure(page, 'Pulls')).toBe(5);
  await page.goBack();
  await isHeading(page, 'Settings');
  await page.goBack();
  await isHeading(page, 'Files to take along');
  await page.goto(page.url().replace(/#.*/, '#/storms'));
  await isHeading(page, 'Who asks too often');
  expect(await page.getByLabel('Bars').count()).toBe(0);
  expect(errors).toEqual([]);
});

test.each(SCREENS)(
  'axe finds nothing on these pages at %i px, %s; days and filters stay',
  async (width, colorScheme) => {
    const { page } = await site.open({
      viewport: { width, height: 900 },
      colorScheme,
      reducedMotion: 'reduce',
    });
    for (const view of ['about', 'settings']) {
      await page.evaluate((each) => (location.hash = each), `#/${view}`);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      expect(await violations(page)).toEqual([]);
    }
    await chooseFiles(page, { name: 'access.log', content: LOG });
    await untilRead(page);
    for (const [view, sign] of [
      ['data', 'Every line accounted for'],
      ['export', 'All periods in one zip'],
      ['settings', 'Save session file'],
      ['about', 'Changes to the rules'],
    ] as const) {
      await page.evaluate((each) => (location.hash = each), `#/${view}`);
      await page.getByText(sign).first().waitFor();
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    if (width < 768) return;
    await page.evaluate(() => (location.hash = '#/?x=repository:acme/app-3'));
    await page.getByRole('button', { name: 'Clear all filters' }).waitFor();
    await page.getByRole('table', { name: 'Repositories' }).scrollIntoViewIfNeeded();
    await page.evaluate(() => scrollTo(0, 1500));
    // The choices are in the window, at its top, and leave most of it to what they are of.
    for (const stays of [
      page.getByRole('button', { name: 'All time' }),
      page.getByRole('button', { name: 'Clear all filters' }),
    ]) {
      const box = (await stays.boundingBox())!;
      expect(box.y).toBeGreaterThanOrEqual(0);
      expect(box.y + box.height).toBeLessThan(900 * (width < 1000 ? 0.25 : 0.17));
    }
    // What gets the focus is not behind them.
    const link = page.getByRole('link', { name: 'acme/app-0', exact: true }).first();
    await link.evaluate((element: HTMLElement) => {
      scrollTo(0, scrollY + element.getBoundingClientRect().top - 10);
      element.blur();
    });
    await link.evaluate((element: HTMLElement) => element.focus());
    const held = (await page.locator('.held').boundingBox())!;
    expect((await link.boundingBox())!.y).toBeGreaterThanOrEqual(held.y + held.height);
  },
);
