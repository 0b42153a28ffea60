import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SMALL_LOG } from '../helpers/small-log.ts';
import { chooseFiles, figure, PageUnderTest, untilRead } from './open-page.ts';

let site: PageUnderTest;
beforeAll(async () => (site = await PageUnderTest.start()));
afterAll(() => site.stop());

/** As if the person had copied it elsewhere. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((lines) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', lines);
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);
}

test('keys do what the sheet says, and not while a person writes', async () => {
  const { page, errors } = await site.open();
  await chooseFiles(page, { name: 'access.log', content: SMALL_LOG });
  await untilRead(page);
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keys' });
  await sheet.getByText('The chart as a table').waitFor();
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await page.keyboard.press('t');
  await page.getByRole('table', { name: /^Actions per day/ }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('t/');
  expect(await page.getByLabel('Search repositories').inputValue()).toBe('t/');
  expect(await page.getByRole('table', { name: /^Actions per day/ }).count()).toBe(1);
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Keys' }).click();
  await sheet.getByLabel(/one letter or sign/).uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('t');
  expect(await page.getByRole('table', { name: /^Actions per day/ }).count()).toBe(1);
  expect(errors).toEqual([]);
});

test('pasted lines are read', async () => {
  const { page, errors } = await site.open();
  await paste(page, SMALL_LOG);
  await untilRead(page);
  const pulls = await figure(page, 'Pulls');
  const { page: other } = await site.open();
  await chooseFiles(other, { name: 'access.log', content: SMALL_LOG });
  await untilRead(other);
  expect(pulls).toBe(await figure(other, 'Pulls'));
  expect(pulls).toBeGreaterThan(0);
  await page.getByLabel('Search repositories').focus();
  await page.getByLabel('Search repositories').evaluate((box) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'acme');
    box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(errors).toEqual([]);
});
