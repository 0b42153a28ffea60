import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { logLine } from '../helpers/log-lines.ts';
import { SCREENS, violations } from './axe.ts';
import { chooseFiles, figure, type Opened, PageUnderTest, untilRead } from './open-page.ts';

let site: PageUnderTest;
beforeAll(async () => (site = await PageUnderTest.start()));
afterAll(() => site.stop());

const at = (day: number, hour: number, second = 0) => Date.UTC(2026, 8, day, hour) + second * 1000;
let clients = 0;
const pull = (time: number, name: string) =>
  logLine(time, `192.0.2.${clients++ % 250}`, 'GET', `/v2/${name}/manifests/1`, 200, 1, 'docker/27');
const other = (time: number) => logLine(time, '192.0.2.251', 'GET', '/healthz', 200, 1, 'probe');

/** Four weeks from Tuesday, 1 September; the 28th ends at 14:05. One pull is late on the 20th, by UTC. */
function fourWeeks(): string {
  const lines: [number, string][] = [
    [at(1, 0), other(at(1, 0))],
    [at(28, 14, 300), other(at(28, 14, 300))],
    [at(20, 22, 1800), pull(at(20, 22, 1800), 'acme/web')],
  ];
  for (let day = 1; day <= 28; day++) {
    for (let i = 0; i < (day <= 14 ? 20 : 30); i++)
      lines.push([at(day, 12, i * 10), pull(at(day, 12, i * 10), 'acme/web')]);
    for (let i = 0; i < 5; i++) lines.push([at(day, 13, i * 10), pull(at(day, 13, i * 10), 'acme/api')]);
  }
  return `${lines
    .sort(([a], [b]) => a - b)
    .map(([, line]) => line)
    .join('\n')}\n`;
}

async function opened(): Promise<Opened> {
  const open = await site.open({ viewport: { width: 1280, height: 900 }, timezoneId: 'Europe/Berlin' });
  await chooseFiles(open.page, { name: 'access.log', content: fourWeeks() });
  await untilRead(open.page);
  return open;
}

const poll = <T>(ask: () => Promise<T>) => expect.poll(ask, { timeout: 20_000 });
/** Browsers differ in the spaces about a dash and in the short name of September. */
const plain = (text: string | null) =>
  (text ?? '')
    .replaceAll(/\s*–\s*/g, '–')
    .replaceAll('Sept', 'Sep')
    .replaceAll(/\s+/g, ' ')
    .trim();
const main = async (page: Page) => plain(await page.textContent('main'));
const heading = async (page: Page) => plain(await page.locator('#span').textContent());
const choosePeriod = (page: Page, value: string) =>
  page.getByRole('combobox', { name: /^Period/ }).selectOption(value);
const chart = (page: Page) => page.locator('section[aria-labelledby="chart"]');
const figureText = async (page: Page, name: string) =>
  plain(await page.locator(`.figure.${name}`).textContent());
/** Cells of a column of the chart's table. */
const cells = (page: Page, column: number) =>
  chart(page).locator(`tbody tr > :nth-child(${column})`).allTextContents();

test('days are chosen and compared with those before, for figures, chart and rows', async () => {
  const { page, errors } = await opened();
  expect(await figure(page, 'Pulls')).toBe(14 * 25 + 14 * 35 + 1);
  await page.getByLabel('Compare with').selectOption('previous');
  await poll(() => main(page)).toContain('No change shown: none of the 27 days before are covered.');
  await choosePeriod(page, 'last 7');
  await poll(() => figure(page, 'Pulls')).toBe(245);
  await poll(() => figureText(page, 'pulls')).toContain('▲ +3.8 %');
  expect(await main(page)).toContain('Changes are against 14–20 Sep 2026.');
  expect(await figureText(page, 'versionChecks')).toContain('no change');
  await chart(page).getByRole('button', { name: 'Show as table' }).click();
  // Day, kinds, total, covered; what it is beside, and how much that was.
  expect(await cells(page, 5)).toEqual(Array(7).fill('35'));
  expect(await cells(page, 8)).toEqual(['25', '35', '35', '35', '35', '35', '36']);
  const repositories = page.getByRole('table', { name: 'Repositories' });
  await repositories.getByRole('button', { name: /^Change/ }).click();
  const changes = async () =>
    (await repositories.locator('td.change').allTextContents()).map((text) =>
      text.replaceAll(/\s+/g, ' ').trim(),
    );
  expect(await changes()).toEqual(['+9 ▲ +4.5 %', '0 no change']);
  // The day that is not over is left out of both.
  await choosePeriod(page, `week ${Date.UTC(2026, 8, 28) / 86_400_000}`);
  await poll(() => main(page)).toContain('No change shown: no day of these is complete yet.');
  await page.getByLabel('Compare with').selectOption('weeks');
  await page.getByLabel('From', { exact: true }).fill('2026-09-26');
  await poll(() => main(page)).toContain(
    'Changes compare the complete days, 26–27 Sep 2026, with 12–13 Sep 2026. 28 Sep–4 Oct 2026 are left out',
  );
  expect(await main(page)).toContain('So far, until 28 Sep, 14:05 UTC');
  await page.getByRole('link', { name: 'What moved?' }).click();
  await poll(() => main(page)).toContain('26–27 Sep 2026 against 12–13 Sep 2026.');
  expect(await main(page)).toContain('28 Sep–4 Oct 2026 are left out: the data does not cover them whole.');
  await page.getByRole('button', { name: 'All time' }).click();
  await poll(() => main(page)).toContain(
    '27 days before are covered. 28 Sep 2026 is left out: the data does not cover it whole. Choose days',
  );
  expect(errors).toEqual([]);
});

test('bars can be hours, and days those of the local clock', async () => {
  const { page } = await opened();
  await choosePeriod(page, 'last 7');
  await poll(() => figure(page, 'Pulls')).toBe(245);
  await page.getByLabel('Bars').selectOption('hour');
  await poll(() => chart(page).locator('h2').textContent()).toBe('Actions per hour');
  await chart(page).getByRole('button', { name: 'Show as table' }).click();
  await poll(async () => (await cells(page, 5)).slice(11, 15)).toEqual(['0', '30', '5', '0']);
  expect(await cells(page, 1)).toHaveLength(168);
  await page.getByLabel('Clock').selectOption('local');
  // 22:30 UTC is 00:30 of the next day there.
  await poll(() => figure(page, 'Pulls')).toBe(246);
  await poll(async () => (await cells(page, 5)).slice(0, 1)).toEqual(['1']);
  expect(plain((await cells(page, 1))[0]!)).toBe('Mon, 21 Sep 2026, 00:00–01:00');
  expect(await main(page)).toContain('Hours (Europe/Berlin)');
  expect(await main(page)).toContain('downloaded files always hold days by UTC');
  expect(page.url()).toContain('#/?r=2026-09-21..2026-09-27&g=hour&tz=local');
  await page.getByLabel('Bars').selectOption('week');
  await poll(() => cells(page, 5)).toEqual(['246']);
  await page.goBack();
  await poll(() => chart(page).locator('h2').textContent()).toBe('Actions per hour');
  await page.goBack();
  await poll(() => figure(page, 'Pulls')).toBe(245);
  expect(await page.getByLabel('Clock').inputValue()).toBe('utc');
  await page.goForward();
  await poll(() => figure(page, 'Pulls')).toBe(246);
});

test('bars are marked by dragging or with keys, and there is a way back', async () => {
  const { page } = await opened();
  await choosePeriod(page, 'last 7');
  await poll(() => figure(page, 'Pulls')).toBe(245);
  const canvas = chart(page).locator('canvas');
  await canvas.scrollIntoViewIfNeeded();
  const box = (await canvas.boundingBox())!;
  await poll(() => canvas.evaluate((element) => getComputedStyle(element).cursor)).toBe('crosshair');
  const drag = async () => {
    await page.mouse.move(box.x + box.width * 0.45, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 60, { steps: 4 });
    await page.mouse.up();
  };
  await drag();
  await poll(() => heading(page)).toBe('23–25 Sep 2026');
  await poll(() => figure(page, 'Pulls')).toBe(105);
  await canvas.dblclick({ position: { x: 200, y: 60 } });
  await poll(() => heading(page)).toBe('21–27 Sep 2026');
  const slider = page.getByRole('slider', { name: 'Walk through the chart, day by day' });
  await slider.focus();
  for (const key of ['Home', 'ArrowRight']) await page.keyboard.press(key);
  expect(plain(await slider.getAttribute('aria-valuetext'))).toBe(
    'Tue, 22 Sep 2026 UTC: 35 by tag, 0 by digest, 0 version checks',
  );
  await page.keyboard.press('Shift+ArrowRight');
  await poll(() => main(page)).toContain('Marked: 22–23 Sep 2026.');
  await page.keyboard.press('Enter');
  await poll(() => heading(page)).toBe('22–23 Sep 2026');
  await slider.or(page.getByRole('slider')).first().focus();
  await page.keyboard.press('Escape');
  await poll(() => heading(page)).toBe('21–27 Sep 2026');
});

test('repositories come onto one chart from the table, and go off it', async () => {
  const { page } = await opened();
  await choosePeriod(page, 'last 7');
  const box = (name: string) => page.getByRole('checkbox', { name: `On the chart: ${name}` });
  await box('acme/web').check();
  await box('acme/api').check();
  await poll(() => chart(page).locator('h2').textContent()).toBe('Pulls per day, by repository');
  await chart(page).getByRole('button', { name: 'Show as table' }).click();
  await poll(async () => (await cells(page, 3)).map((cell) => cell.trim())).toEqual(Array(7).fill('5'));
  expect(page.url()).toContain('with=acme/web&with=acme/api');
  await page.getByRole('button', { name: 'Take acme/web off the chart' }).click();
  await poll(() => box('acme/web').isChecked()).toBe(false);
  await page.getByRole('button', { name: 'Back to all repositories in one' }).click();
  await poll(() => chart(page).locator('h2').textContent()).toBe('Actions per day');
});

describe.each(SCREENS)('axe at %i px, %s', (width, colorScheme) => {
  test('finds nothing on the control, comparison and common chart', async () => {
    const { page } = await site.open({ viewport: { width, height: 900 }, colorScheme });
    await page.getByRole('button', { name: 'Try with sample data' }).click();
    await untilRead(page);
    if (width < 640) await page.getByRole('button', { name: 'Dates and filters' }).click();
    await page.getByLabel('Bars').selectOption('hour');
    await poll(() => main(page)).toContain('more than 800 cannot be told apart');
    await page.getByRole('combobox', { name: /^Period/ }).selectOption({ index: 1 });
    await page.getByLabel('Compare with').selectOption('previous');
    expect(await violations(page)).toEqual([]);
    if (width < 640) await page.getByRole('button', { name: 'Done' }).click();
    await poll(() => figureText(page, 'pulls')).toMatch(/[▲▼]/);
    for (const i of [0, 1, 2, 3, 4])
      await page
        .getByRole('checkbox', { name: /^On the chart/ })
        .nth(i)
        .check();
    await poll(() => main(page)).toContain('5 repositories are on the chart');
    await page.getByLabel('Same scale').check();
    await poll(() => chart(page).locator('h2').textContent()).toBe('Pulls per hour, by repository');
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
});
