import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { logLine } from '../helpers/log-lines.ts';
import { violations } from './axe.ts';
import { chooseFiles, download, type Opened, PageUnderTest, untilRead } from './open-page.ts';

let site: PageUnderTest;
beforeAll(async () => (site = await PageUnderTest.start()));
afterAll(() => site.stop());

const HOUR = 3_600_000;
const DAYS = 125;
const FIRST = Date.UTC(2026, 2, 2);
/** Ten programs besides docker. */
const OTHERS = [
  ...[
    'podman',
    'skopeo',
    'crane',
    'kaniko',
    'buildkit',
    'oras',
    'regclient',
    'containerd',
    'cri-o',
    'watchtower',
  ],
];
const VERSIONS = ['24.0.7', '27.3.1', '27.3.0'];

/** A pull by docker each day at 09:00, of three versions in turn; and in the first days one of every other program. */
function log(): string {
  const lines: string[] = [];
  const add = (at: number, agent: string) =>
    lines.push(logLine(at, '192.0.2.1', 'GET', '/v2/acme/api/manifests/1.0', 200, 10, agent));
  for (let day = 0; day < DAYS; day++) {
    const at = FIRST + day * 24 * HOUR;
    add(at + 9 * HOUR, `docker/${VERSIONS[Math.floor(day / 50)]}`);
    if (day < OTHERS.length) add(at + 15 * HOUR, `${OTHERS[day]}/1.${day}.0`);
  }
  return `${lines.join('\n')}\n`;
}

async function opened(options = {}): Promise<Opened> {
  const open = await site.open(options);
  await chooseFiles(open.page, { name: 'access.log', content: log() });
  await untilRead(open.page);
  await open.page.getByRole('list', { name: 'Clients' }).waitFor();
  return open;
}

const hours = (page: Page) => page.getByRole('table', { name: 'When in the week: Pulls' });

/** Cells of the grid that are not 0, by weekday and hour. */
async function busyHours(page: Page): Promise<Map<string, string>> {
  const rows = await hours(page).locator('tbody tr').all();
  const found = new Map<string, string>();
  for (const row of rows) {
    const day = await row.locator('th').textContent();
    for (const [hour, value] of (await row.locator('td').allTextContents()).entries())
      if (value !== '0') found.set(`${day} ${hour}`, value);
  }
  return found;
}

const slider = (page: Page) => page.getByRole('slider', { name: /^Walk through the chart/ }).first();

test('hours of the week follow the filter', async () => {
  const { page, errors } = await opened();
  await page.getByRole('heading', { name: 'When in the week' }).scrollIntoViewIfNeeded();
  await hours(page).waitFor();
  const all = await busyHours(page);
  expect([...all.values()].map(Number).reduce((a, b) => a + b, 0)).toBe(DAYS + OTHERS.length);
  expect([all.get('Mon 9'), all.get('Sun 9'), all.get('Tue 15'), all.get('Sun 15')]).toEqual([
    ...['18', '17', '2', '1'],
  ]);
  const docker = page.getByRole('list', { name: 'Clients' }).getByRole('button', { name: /^docker 1/ });
  await docker.click();
  await expect.poll(async () => (await busyHours(page)).size).toBe(7);
  expect((await busyHours(page)).get('Mon 9')).toBe('18');
  expect(errors).toEqual([]);
});

test('the other values are one row, versions are told over time, an open row has a chart', async () => {
  const { page, errors } = await opened();
  const clients = page.getByRole('list', { name: 'Clients' });
  const other = clients.getByRole('button', { name: /^Other \(3\) 3 2\.2\s%$/ });
  await other.click();
  expect(await clients.locator('> li').count()).toBe(OTHERS.length + 1);
  // What is pressed goes away; the focus does not.
  const isFocused = (each: Locator) => each.evaluate((button) => document.activeElement === button);
  await expect.poll(() => isFocused(clients.locator('> li').nth(8).locator('[data-row]'))).toBe(true);
  await page.getByRole('button', { name: 'Show fewer' }).click();
  await expect.poll(() => isFocused(other)).toBe(true);

  await page.getByRole('button', { name: 'Versions of docker', exact: true }).click();
  const select = page.getByLabel('Which versions are old');
  await page.getByText(/^40\s% of the pulls by docker come from versions older than 27\./).waitFor();
  await select.selectOption('Older than 24');
  await page.getByText('None of the pulls by docker come from versions older than 24.').waitFor();
  const opener = page.getByRole('button', { name: 'Versions of docker over time' });
  await opener.click();
  const panel = page.getByRole('region', { name: 'Versions of docker over time' });
  await panel
    .getByRole('listitem')
    .filter({ hasText: /27\.3\s+60\s%/ })
    .waitFor();
  await panel
    .getByRole('listitem')
    .filter({ hasText: /24\.0\s+40\s%/ })
    .waitFor();
  await panel.getByRole('button', { name: 'Show as table' }).click();
  const rows = panel.locator('tbody tr');
  expect(await rows.first().locator('td').allTextContents()).toEqual(['7', '0']);
  const csv = await download(page, 'CSV: Versions of docker over time');
  expect(csv.text.split('\r\n').slice(0, 2)).toEqual([
    'first_day,last_day,covered,24.0,27.3',
    '2026-03-02,2026-03-08,partly,7,0',
  ]);
  await panel.getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => opener.evaluate((button) => document.activeElement === button)).toBe(true);

  await page.getByRole('button', { name: 'Tags and digests of acme/api' }).click();
  await page.getByText(/^Pulls per (day|\d+ days)\. Highest/).waitFor();
  expect(errors).toEqual([]);
});

test('a note to a day stands in chart, table and report, in no link, and is forgotten', async () => {
  const { page, errors } = await opened();
  await page.getByLabel('Bars').selectOption('day');
  await page.getByRole('heading', { name: 'Actions per day' }).waitFor();
  await slider(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('n');
  expect(await page.getByLabel('Day', { exact: true }).inputValue()).toBe('2026-03-02');
  await page.keyboard.type('1.28 announced');
  await page.keyboard.press('Enter');
  const written = page.getByRole('list', { name: 'Notes on these days' });
  await written.getByText('1.28 announced').waitFor();
  await expect.poll(() => slider(page).evaluate((each) => document.activeElement === each)).toBe(true);
  expect(await slider(page).getAttribute('aria-valuetext')).toContain('Note: 1.28 announced');
  // What is typed for one day does not go over the note of another.
  await page.getByRole('button', { name: 'Write a note to a day' }).click();
  await page.keyboard.type('for the last day');
  await page.getByLabel('Day', { exact: true }).fill('2026-03-05');
  expect(await page.getByLabel('Note', { exact: true }).inputValue()).toBe('for the last day');
  await page.getByRole('button', { name: 'Change the note of 2 Mar 2026' }).click();
  expect(await page.getByLabel('Note', { exact: true }).inputValue()).toBe('1.28 announced');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Show as table' }).first().click();
  const first = page.getByRole('table', { name: 'Actions per day, as a table' }).locator('tbody tr').first();
  expect((await first.locator('td').allTextContents()).at(-1)).toBe('1.28 announced');
  expect((await download(page, 'CSV: Actions per day')).text.split('\r\n')[1]).toMatch(/,1\.28 announced$/);
  expect(await page.evaluate(() => localStorage.getItem('pullscope-day-notes'))).toContain('announced');
  expect(decodeURIComponent(page.url())).not.toContain('announced');
  expect((await download(page, 'Save report')).text).not.toContain('announced');
  await page.getByLabel('Your notes to days').check();
  expect((await download(page, 'Save report')).text).toContain('1.28 announced');
  await page.getByRole('button', { name: 'Forget my data' }).first().click();
  await page.getByRole('button', { name: 'Forget', exact: true }).click();
  const stored = () => page.evaluate(() => localStorage.getItem('pullscope-day-notes'));
  await expect.poll(stored).toBeNull();
  expect(errors).toEqual([]);
});

for (const [width, colorScheme] of [
  [1440, 'light'],
  [360, 'dark'],
] as const)
  test(`axe finds nothing on them at ${width} px, ${colorScheme}`, async () => {
    const { page } = await opened({ viewport: { width, height: 900 }, colorScheme });
    await page.getByRole('button', { name: 'Versions of docker', exact: true }).click();
    await page.getByRole('button', { name: 'Versions of docker over time' }).click();
    await page.getByRole('region', { name: 'Versions of docker over time' }).locator('canvas').waitFor();
    await page.getByRole('heading', { name: 'When in the week' }).scrollIntoViewIfNeeded();
    await hours(page).waitFor();
    await page.getByRole('button', { name: 'Tags and digests of acme/api' }).click();
    await page.getByRole('button', { name: 'Write a note to a day' }).click();
    expect(await violations(page)).toEqual([]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  });
