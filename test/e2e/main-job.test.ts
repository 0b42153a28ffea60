import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SMALL_LOG } from '../helpers/small-log.ts';
import {
  chooseFiles,
  download,
  dropFiles,
  figure,
  type Opened,
  PageUnderTest,
  untilRead,
} from './open-page.ts';

let site: PageUnderTest;
beforeAll(async () => (site = await PageUnderTest.start()));
afterAll(() => site.stop());

const EXPECTED = (name: string) => readFileSync(`test/fixtures/exports/${name}.csv`, 'utf8');
const TOTALS = {
  Pulls: 3,
  'Pulls by tag': 2,
  'Pulls by digest': 1,
  'Version checks': 2,
  'Unique IP addresses': 3,
};

async function opened(...files: Parameters<typeof chooseFiles>[1][]): Promise<Opened> {
  const open = await site.open();
  await chooseFiles(open.page, ...files);
  await untilRead(open.page, files.length);
  return open;
}

async function figures(open: Opened): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const name of Object.keys(TOTALS)) found[name] = await figure(open.page, name);
  return found;
}

test('a chosen log gives figures, repositories and one sentence', async () => {
  const open = await site.open();
  await chooseFiles(open.page, { name: 'access.log', content: SMALL_LOG });
  expect(await untilRead(open.page)).toMatch(
    /^Read 1 file: 12 lines, 9 manifest requests .*1 line could not be read\.$/,
  );
  expect(await figures(open)).toEqual(TOTALS);
  const table = open.page.getByRole('table', { name: 'Repositories' });
  await expect.poll(() => table.textContent()).toContain('acme/web');
  expect(await table.textContent()).toContain('busybox');
  expect(open.errors).toEqual([]);
});

test('who is told that all is read finds figures, repositories and the account of lines at once', async () => {
  const { page, errors } = await site.open();
  await page.evaluate(() => {
    const found: string[] = [];
    Object.assign(window, { foundAtOnce: found });
    new MutationObserver(() => {
      const said = document.querySelector('[role=status]')!.textContent!.trim().startsWith('Read ');
      if (!said || found.length > 0) return;
      const named = (name: string) => document.getElementById(name)?.textContent ?? name;
      for (const each of document.querySelectorAll('main :is(data, tr)'))
        found.push(named(each.getAttribute('aria-labelledby') ?? '') || each.textContent!);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await chooseFiles(page, { name: 'access.log', content: SMALL_LOG });
  await untilRead(page);
  const found = await page.evaluate(() => (window as unknown as { foundAtOnce: string[] }).foundAtOnce);
  for (const wanted of ['Pulls by tag', 'acme/web', 'Other registry traffic'])
    expect(found.some((each) => each.includes(wanted))).toBe(true);
  // It is said once, and seen all the time.
  expect(await page.getByText('Read 1 file: 12 lines').count()).toBe(1);
  expect(errors).toEqual([]);
});

test('a drop anywhere does the same, for several files at once, plain and gzip', async () => {
  const lines = SMALL_LOG.split('\n');
  const open = await site.open();
  await dropFiles(
    open.page,
    { name: 'access.log', content: lines.slice(5).join('\n') },
    // No .gz in the name: it is recognised by its content.
    { name: 'access.log.1', content: gzipSync(lines.slice(0, 5).join('\n') + '\n') },
  );
  expect(await untilRead(open.page, 2)).toMatch(/^Read 2 files: 12 lines/);
  expect(await figures(open)).toEqual(TOTALS);
});

test('the three files are exactly what is expected, byte for byte', async () => {
  const open = await opened({ name: 'access.log', content: SMALL_LOG });
  for (const kind of ['raw', 'summary', 'daily']) {
    const file = await download(open.page, `Download ${kind} CSV`);
    expect(file.name).toBe(`all_${kind}_all.csv`);
    expect(file.text).toBe(EXPECTED(`small-${kind}`));
  }
});

test('a span of days changes the figures and the files', async () => {
  const open = await opened({ name: 'access.log', content: SMALL_LOG });
  await open.page.getByLabel('From', { exact: true }).fill('2026-09-02');
  await open.page.getByLabel('To', { exact: true }).fill('2026-09-03');
  await expect
    .poll(() => figures(open))
    .toEqual({
      Pulls: 2,
      'Pulls by tag': 1,
      'Pulls by digest': 1,
      'Version checks': 1,
      'Unique IP addresses': 3,
    });
  const file = await download(open.page, 'Download daily CSV');
  expect(file.name).toBe('all_daily_span_2026-09-02_2026-09-03.csv');
  expect(file.text).toBe(
    'repoType,repoName,total,timestamp,downloads\r\nimage,busybox,2,2026-09-03T00:00:00.000Z,2\r\n',
  );
  await open.page.getByRole('button', { name: 'All time' }).click();
  await expect.poll(() => figures(open)).toEqual(TOTALS);
  await open.page.getByRole('button', { name: 'Last month' }).click();
  await expect
    .poll(() => open.page.getByRole('button', { name: 'Last month' }).getAttribute('aria-pressed'))
    .toBe('true');
  expect(await figures(open)).toEqual(TOTALS);
});

test('search finds repositories and leaves the figures alone', async () => {
  const open = await opened({ name: 'access.log', content: SMALL_LOG });
  const table = open.page.getByRole('table', { name: 'Repositories' });
  await open.page.getByLabel('Search repositories').fill('acme/*');
  await expect.poll(() => table.textContent()).not.toContain('busybox');
  expect(await table.textContent()).toContain('acme/web');
  expect(await figures(open)).toEqual(TOTALS);
  await open.page.getByLabel('Search repositories').fill('no such thing');
  await expect.poll(() => open.page.textContent('main')).toContain('No repository matches');
});

test('a repository opens into its tags and digests', async () => {
  const open = await opened({ name: 'access.log', content: SMALL_LOG });
  const table = open.page.getByRole('table', { name: 'Repositories' });
  await table.getByRole('button', { name: /busybox/ }).click();
  await expect.poll(() => table.textContent()).toContain('1.36');
});

test('counting by other rules recounts what is held', async () => {
  const open = await opened({ name: 'access.log', content: SMALL_LOG });
  await open.page.locator('summary', { hasText: 'How it counts' }).click();
  const body = () => open.page.textContent('main');
  await expect.poll(body).toContain('It would fold 0 actions');
  await open.page.getByRole('switch', { name: 'Count signature look-ups' }).click();
  await expect.poll(() => figure(open.page, 'Pulls')).toBe(4);
  await open.page.getByLabel('Folding window, in seconds').fill('0');
  await open.page.getByLabel('Folding window, in seconds').press('Tab');
  // HEAD at :01 and GET at :02 no longer fold, the two GETs in the same second still do.
  await expect.poll(() => figure(open.page, 'Version checks')).toBe(3);
  expect(await figure(open.page, 'Pulls by digest')).toBe(2);
});

test('folding further manifests says what it folds, before and after', async () => {
  const open = await site.open();
  await open.page.getByRole('button', { name: 'Try with sample data' }).click();
  await untilRead(open.page);
  const strictly = await figure(open.page, 'Pulls');
  await open.page.locator('summary', { hasText: 'How it counts' }).click();
  const main = () => open.page.textContent('main');
  await expect.poll(main).toMatch(/It would fold \d+ actions/);
  const folded = Number(/It would fold (\d+) actions/.exec((await main())!)![1]);
  expect(folded).toBeGreaterThan(50);
  await open.page.getByRole('switch', { name: 'Fold further manifests' }).click();
  await expect.poll(() => figure(open.page, 'Pulls')).toBe(strictly - folded);
});

test('the same file dropped twice counts once and says so', async () => {
  const open = await site.open();
  await chooseFiles(
    open.page,
    { name: 'access.log', content: SMALL_LOG },
    { name: 'copy.log', content: SMALL_LOG },
  );
  expect(await untilRead(open.page, 2)).toMatch(/^Read 2 files: .* from 1 .*3 Sept? 2026 \(UTC\)/);
  expect(await figures(open)).toEqual(TOTALS);
  expect(await open.page.textContent('body')).toMatch(
    /(copy|access)\.log has the same content as (copy|access)\.log\. It was not counted again\./,
  );
});

test('more files can be added, or put in place of what is there', async () => {
  const lines = SMALL_LOG.split('\n');
  const open = await opened({ name: 'one.log', content: lines.slice(0, 5).join('\n') });
  expect(await figure(open.page, 'Pulls')).toBe(1);
  await chooseFiles(open.page, { name: 'two.log', content: lines.slice(5).join('\n') });
  await open.page.getByRole('button', { name: /^Add these/ }).click();
  await expect.poll(() => figures(open), { timeout: 10_000 }).toEqual(TOTALS);
  await chooseFiles(open.page, { name: 'three.log', content: lines.slice(0, 3).join('\n') });
  await open.page.getByRole('button', { name: /^Replace/ }).click();
  await expect.poll(() => figure(open.page, 'Version checks'), { timeout: 10_000 }).toBe(0);
});

test('the sample is a click away and shows every feature', async () => {
  const open = await site.open();
  await open.page.getByRole('button', { name: 'Try with sample data' }).click();
  expect(await untilRead(open.page)).toMatch(/^Read 1 file: 2\d,\d{3} lines/);
  expect(await figure(open.page, 'Pulls')).toBeGreaterThan(4000);
  expect(await figure(open.page, 'Version checks')).toBeGreaterThan(1000);
  expect(await open.page.textContent('body')).toContain('Sample data');
  expect(await open.page.textContent('body')).toMatch(/set aside/);
  // Ten pushes of a tag that was there.
  const pushes = open.page.getByRole('region', { name: 'Hide noise' }).getByRole('listitem').last();
  await expect.poll(() => pushes.textContent()).toMatch(/Own pushes\s+10 actions \(0\.\d+\s%\)/);
  // On a tablet as well every row shows its trend, without scrolling sideways.
  await open.page.setViewportSize({ width: 768, height: 900 });
  const trend = open.page.locator('table.repositories .trend svg').first();
  const [drawn, around] = await trend.evaluate((svg) => [
    svg.getBoundingClientRect().right,
    svg.closest('.scroll')!.getBoundingClientRect().right,
  ]);
  expect(drawn).toBeLessThanOrEqual(around!);
  expect(open.errors).toEqual([]);
});

test('what was read is shown from its beginning, wherever the button stood', async () => {
  const { page, errors } = await site.open({ viewport: { width: 360, height: 740 } });
  const sample = page.getByRole('button', { name: 'Try with sample data' });
  await sample.scrollIntoViewIfNeeded();
  await page.mouse.wheel(0, 200);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(150);
  await sample.click();
  await untilRead(page);
  await page.getByRole('button', { name: 'Save report' }).waitFor();
  expect(await page.evaluate(() => scrollY)).toBe(0);
  expect(errors).toEqual([]);
});

test('Forget my data empties the page', async () => {
  const open = await opened({ name: 'access.log', content: SMALL_LOG });
  await open.page.getByRole('button', { name: 'Forget my data' }).click();
  const confirm = open.page.getByRole('button', { name: 'Forget', exact: true });
  if (await confirm.count()) await confirm.click();
  await open.page.getByRole('button', { name: 'Try with sample data' }).waitFor();
  expect(await open.page.locator('data').count()).toBe(0);
  expect(await open.page.textContent('body')).not.toContain('acme/web');
});
