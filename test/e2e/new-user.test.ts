import { afterAll, beforeAll, expect, test } from 'vitest';
import { figure, type Opened, PageUnderTest, untilRead } from './open-page.ts';

let site: PageUnderTest;
let opened: Opened;
beforeAll(async () => {
  site = await PageUnderTest.start();
  opened = await site.open({ viewport: { width: 1280, height: 900 } });
});
afterAll(() => site.stop());

/** From the empty page, by what can be read on it, to answers. The sample: three months of an invented registry. */
test('a new user comes to an answer for each question', async () => {
  const { page, errors } = opened;
  const main = page.getByRole('main');
  const views = page.getByRole('navigation', { name: 'Views' });
  await page.getByRole('button', { name: 'Try with sample data' }).click();
  await untilRead(page);

  // Which images are really used? The table begins with the most pulled, look-ups apart.
  const repositories = page.getByRole('table', { name: 'Repositories' });
  await repositories.getByRole('link').first().waitFor();
  const names = await repositories.locator('tbody tr').getByRole('link').allTextContents();
  expect(names.slice(0, 3).map((name) => name.trim())).toEqual(['acme/web', 'acme/api', 'tools/ci-runner']);
  await main.getByText('A name leads to a page of its own: who hammers the repository').waitFor();

  // Did the 1.28 release get adopted?
  await repositories.getByRole('link', { name: 'acme/web' }).click();
  await page.getByRole('heading', { name: 'Adoption of releases' }).waitFor();
  await main
    .getByText(
      /^In its days 21 to 27, 1\.28\.\* had 4\d\.\d\s% of all pulls .* At the same age: 1\.27\.\* 5\d/,
    )
    .waitFor();
  const adoption = page.getByRole('region', { name: 'Adoption of releases' }).first();
  await adoption.getByRole('button', { name: 'Show as table' }).click();
  const shares = page.getByRole('table', { name: 'Adoption of releases, as a table' });
  expect(await shares.getByRole('columnheader').allTextContents()).toEqual(['Day', '1.28.*', '1.27.*']);
  await adoption.getByLabel('Add a release').selectOption({ label: '1.26.* (day 0 unknown)' });
  await adoption.getByRole('button', { name: 'Pulls since day 0' }).click();
  await adoption.getByText('its day 0 may be earlier').waitFor();
  expect(await shares.getByRole('columnheader').count()).toBe(4);
  await adoption.getByRole('button', { name: 'Each tag' }).click();
  await expect.poll(async () => (await shares.getByRole('columnheader').allTextContents())[1]).toBe('1.28.0');

  // Who hammers us? The peak of the chart is one day of one repository.
  await page.getByRole('link', { name: 'All repositories' }).click();
  await main.getByText('Most on Sun, 11 Oct 2026: 332 pulls.').waitFor();
  await repositories.getByRole('link', { name: 'tools/ci-runner' }).click();
  await main.getByText(/^One client pulls latest again and again: 29\d times from 11 Oct 2026/).waitFor();
  await page.getByRole('button', { name: 'Show its address' }).first().click();
  await main.getByText('198.51.100.250 · kaniko/v1.23.2').waitFor();

  // The same is said for all repositories together.
  await views.getByRole('link', { name: 'Storms' }).click();
  await page
    .getByRole('table', { name: 'Storms and loops' })
    .getByRole('row', { name: /^Pull storm tools\/ci-runner/ })
    .first()
    .waitFor();

  // What may I delete?
  await views.getByRole('link', { name: 'Clean up' }).click();
  await page.getByRole('button', { name: 'Tags', exact: true }).click();
  await page.getByLabel('Not pulled for').fill('10');
  await page.getByLabel('Not pulled for').press('Enter');
  await page.getByRole('table', { name: 'What is no longer pulled' }).getByRole('row').nth(1).waitFor();

  // How many of last month's numbers were update checks?
  await views.getByRole('link', { name: 'Overview' }).click();
  await page.getByRole('button', { name: 'Last month' }).click();
  await main.getByText('30 days, UTC').waitFor();
  await expect.poll(() => figure(page, 'Version checks')).toBe(583);
  await main.getByText('A tag was looked up, nothing was fetched.').first().waitFor();
  expect(errors).toEqual([]);
});

test('what is printed holds no buttons, and nothing is cut off', async () => {
  const { page } = opened;
  await page.evaluate(() => (location.hash = '#/repo/acme%2Fweb'));
  await page.getByRole('heading', { name: 'Adoption of releases' }).waitFor();
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 720, height: 1000 });
  expect(await page.getByRole('button', { name: 'Copy' }).count()).toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(720);
});
