import { afterAll, beforeAll, expect, test } from 'vitest';
import { manifestLine as line } from '../helpers/exported.ts';
import { SCREENS, violations } from './axe.ts';
import { chooseFiles, download, figure, PageUnderTest, untilRead } from './open-page.ts';

let site: PageUnderTest;
beforeAll(async () => (site = await PageUnderTest.start()));
afterAll(() => site.stop());

const two = (number: number) => String(number).padStart(2, '0');
/** Two covered weeks: acme/old is pulled in the first alone, acme/new in the second, acme/web every day. */
const LOG = Array.from({ length: 14 }, (_, i) => {
  const day = `2026-09-${two(i + 1)}`;
  return [
    line(`${day} 00:00:00`, '192.0.2.1', 'GET', 'acme/web', '1.0'),
    line(`${day} 10:00:00`, '192.0.2.2', 'GET', i < 7 ? 'acme/old' : 'acme/new', '1.0'),
    line(`${day} 11:00:00`, '192.0.2.2', 'GET', i < 7 ? 'acme/old' : 'acme/new', '1.1'),
    line(`${day} 23:59:59`, '192.0.2.3', 'HEAD', 'acme/web', '1.0'),
  ];
})
  .flat()
  .join('\n');

test('what is no longer pulled is listed, explained and handed out', async () => {
  const { page, errors } = await site.open();
  await chooseFiles(page, { name: 'access.log', content: LOG });
  await untilRead(page);
  await page.getByRole('link', { name: 'Clean up' }).click();
  await page.getByRole('heading', { name: 'What is no longer pulled', level: 1 }).waitFor();
  await page.getByText('The files cover 14 days', { exact: false }).waitFor();
  await page.getByLabel('Not pulled for').fill('7');
  await page.getByLabel('Not pulled for').press('Enter');
  const table = page.getByRole('table', { name: 'What is no longer pulled' });
  await table.getByRole('rowheader', { name: 'acme/old' }).waitFor();
  expect(await table.getByRole('rowheader').allTextContents()).toEqual(['acme/old']);
  await page.getByRole('button', { name: 'Tags' }).click();
  await page.getByText('2 of 5 tags').waitFor();
  const { text } = await download(page, 'CSV: Clean up Tags 7');
  expect(text.split('\r\n').slice(0, 3)).toEqual([
    'repository,tag,last_pull,days_since_last_pull,pulls,version_checks,last_action,last_client',
    'acme/old,1.0,2026-09-07T10:00:00Z,7,7,0,2026-09-07T10:00:00Z,docker 27.3.1',
    'acme/old,1.1,2026-09-07T11:00:00Z,7,7,0,2026-09-07T11:00:00Z,docker 27.3.1',
  ]);
  expect(errors).toEqual([]);
});

test('what moved between two weeks is ranked and said; back goes back', async () => {
  const { page, url, errors } = await site.open();
  await page.goto(`${url}#/what-moved?r=2026-09-08..2026-09-14&cmp=previous`);
  await page.getByRole('heading', { name: 'This link shows' }).waitFor();
  await chooseFiles(page, { name: 'access.log', content: LOG });
  await untilRead(page);
  await page.getByText('Repositories: acme/new +14, acme/old -14.', { exact: false }).waitFor();
  const rows = page.getByRole('table', { name: 'Repositories' }).getByRole('row');
  expect((await rows.nth(1).innerText()).trim().split(/\s+/)).toEqual(['acme/new', '0', '14', '+14']);
  await page.getByRole('link', { name: 'acme/new' }).click();
  await page.getByRole('heading', { name: 'acme/new', level: 1 }).waitFor();
  await page.goBack();
  await page.getByText('Repositories: acme/new +14', { exact: false }).waitFor();
  await page.getByRole('link', { name: 'Overview' }).click();
  expect(await figure(page, 'Pulls')).toBe(21);
  expect(errors).toEqual([]);
});

test('who asks too often is listed for all repositories, without an address until it is asked for', async () => {
  const { page, errors } = await site.open();
  const seconds = (i: number) => `2026-09-15 10:${two(Math.floor(i / 6))}:${two((i % 6) * 10)}`;
  const storm = Array.from({ length: 100 }, (_, i) =>
    line(seconds(i), '192.0.2.77', 'GET', 'acme/ci', '2.0', 'kaniko/v1.9.1'),
  );
  const loop = Array.from({ length: 60 }, (_, i) =>
    line(seconds(i), '192.0.2.78', 'HEAD', 'acme/web', '1.0'),
  );
  await chooseFiles(page, { name: 'access.log', content: [LOG, ...storm, ...loop].join('\n') });
  await untilRead(page);
  await page.getByRole('link', { name: 'Storms' }).click();
  await page.getByRole('heading', { name: 'Who asks too often', level: 1 }).waitFor();
  await page.getByText('1 pull storm and 1 check loop in these days.').waitFor();
  const table = page.getByRole('table', { name: 'Storms and loops' });
  expect(await table.getByRole('link', { name: /^acme/ }).allTextContents()).toEqual(['acme/ci', 'acme/web']);
  const { text } = await download(page, 'CSV: Storms and loops');
  expect(text.split('\r\n').slice(1, 3)).toEqual([
    'pull_storm,acme/ci,image,2.0,,2026-09-15T10:00:00Z,2026-09-15T10:16:30Z,100,100,,kaniko 1.9.1,ci,(documentation),(documentation)',
    'check_loop,acme/web,image,1.0,,2026-09-15T10:00:00Z,2026-09-15T10:09:50Z,60,,10,docker 27.3.1,,(documentation),(documentation)',
  ]);
  expect(await page.textContent('main')).not.toContain('192.0.2');
  await table.getByRole('button', { name: 'Show its address: acme/ci' }).click();
  await table.getByText('192.0.2.77 · kaniko/v1.9.1').waitFor();
  await page.getByRole('table', { name: 'Busiest addresses' }).getByRole('row').nth(1).waitFor();
  await page.getByRole('button', { name: 'Check loops' }).click();
  await expect.poll(() => table.getByRole('rowheader').count()).toBe(1);
  await table.getByRole('link', { name: /^Only this tag/ }).click();
  await page.getByRole('heading', { name: 'acme/web', level: 1 }).waitFor();
  expect(page.url()).toContain('r=2026-09-15..2026-09-15&f=tag:1.0');
  expect(errors).toEqual([]);
});

test.each(SCREENS)('axe finds nothing on both views at %i px, %s', async (width, colorScheme) => {
  const { page } = await site.open({
    viewport: { width, height: 900 },
    colorScheme,
    reducedMotion: 'reduce',
  });
  await chooseFiles(page, { name: 'access.log', content: LOG });
  await untilRead(page);
  for (const [hash, sign] of [
    ['#/clean-up', 'All of them were pulled'],
    ['#/storms', 'Busiest addresses'],
    ['#/what-moved?r=2026-09-08..2026-09-14&cmp=previous', 'acme/new +14'],
  ] as const) {
    await page.evaluate((each) => (location.hash = each), hash);
    await page.getByText(sign, { exact: false }).first().waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
});
