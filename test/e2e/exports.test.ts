import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SMALL_LOG } from '../helpers/small-log.ts';
import { violations } from './axe.ts';
import { chooseFiles, PageUnderTest, untilRead } from './open-page.ts';

let site: PageUnderTest;
beforeAll(async () => (site = await PageUnderTest.start()));
afterAll(() => site.stop());

/** The page with the small log, its panel open; without the dialog that no test can answer. */
async function opened(options: Parameters<PageUnderTest['open']>[0] = {}): Promise<Page> {
  const { page } = await site.open(options);
  await page.evaluate(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  await chooseFiles(page, { name: 'access.log', content: SMALL_LOG });
  await untilRead(page);
  await page.locator('summary', { hasText: 'Exports by week and month' }).click();
  return page;
}

async function saved(page: Page, press: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [file] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), press()]);
  const path = join(mkdtempSync(join(tmpdir(), 'pullscope-export-')), 'file');
  await file.saveAs(path);
  return { name: file.suggestedFilename(), bytes: readFileSync(path) };
}

/** Machines are slow and shared. */
const soon = <T>(ask: () => T) => expect.poll(ask, { timeout: 30_000 });

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

test('a week is looked at and saved, for programs and for Excel', async () => {
  const page = await opened();
  const periods = page.getByRole('table', { name: 'Weeks and months' });
  expect(await periods.locator('tbody tr').count()).toBe(3);
  await button(page, /^Look at Week 36/).click();
  const first = page.getByRole('table', { name: 'First rows' });
  await soon(() => first.locator('tbody tr').count()).toBe(5);
  const main = () => page.textContent('main');
  expect(await main()).toContain('all_raw_week_2026-08-31_partial.csv');
  expect(await main()).toMatch(/5 rows · 779\sbytes before compression/);
  expect(await main()).toContain('No filters.');
  await page.getByText('Read this file in pandas, DuckDB or BigQuery').click();
  expect(await page.getByText(/^SELECT \* FROM/).textContent()).toBe(
    "SELECT * FROM read_csv('all_raw_week_2026-08-31_partial.csv', types = {'namespace': 'VARCHAR', 'repository': 'VARCHAR', 'reference': 'VARCHAR', 'tag': 'VARCHAR', 'user_agent_version': 'VARCHAR'});",
  );
  const whole = readFileSync('test/fixtures/exports/small-raw.csv', 'utf8');
  const plain = await saved(page, () => page.getByRole('button', { name: 'Save', exact: true }).click());
  expect(plain.name).toBe('all_raw_week_2026-08-31_partial.csv');
  expect(plain.bytes.toString()).toBe(whole);
  await soon(main).toContain('all_raw_week_2026-08-31_partial.csv is saved: 5 rows');
  await page.getByRole('combobox', { name: 'For', exact: true }).selectOption('Excel');
  await soon(() => first.locator('thead').textContent()).toContain('image_ref');
  const excel = await saved(page, () => page.getByRole('button', { name: 'Save', exact: true }).click());
  expect(excel.bytes.toString('utf8', 0, 16)).toBe('\ufefftimestamp_utc');
}, 60_000);

test('all periods are one zip, written to the disk as it comes where the browser can', async () => {
  const page = await opened();
  // The browser's own handle of a file, without the dialog.
  await page.evaluate(() => {
    Object.assign(window, {
      async showSaveFilePicker({ suggestedName }: { suggestedName: string }) {
        const folder = await navigator.storage.getDirectory();
        return folder.getFileHandle(suggestedName, { create: true });
      },
    });
  });
  await button(page, 'Save all as one zip').click();
  const name = 'all_periods_2026-09-01_2026-09-03.zip';
  await soon(() => page.textContent('main')).toContain(`${name} is saved: 10 files`);
  const numbers = await page.evaluate(async (file) => {
    const folder = await navigator.storage.getDirectory();
    const blob = await (await folder.getFileHandle(file)).getFile();
    return [...new Uint8Array(await blob.arrayBuffer())];
  }, name);
  const entries = unzipSync(Uint8Array.from(numbers));
  const { files } = JSON.parse(Buffer.from(entries['manifest.json']!).toString()) as {
    files: { path: string; sha256: string; rows: number }[];
  };
  expect(files).toHaveLength(10);
  for (const { path, sha256 } of files)
    expect(createHash('sha256').update(entries[path]!).digest('hex')).toBe(sha256);
  expect(Buffer.from(entries['raw/all_raw_month_2026-09_partial.csv']!).toString()).toBe(
    readFileSync('test/fixtures/exports/small-raw.csv', 'utf8'),
  );
}, 60_000);

test('the Data API is saved as files, and a file that nobody wants is no failure', async () => {
  const page = await opened();
  const { name, bytes } = await saved(page, () => button(page, 'Save Data API as files').click());
  expect(name).toBe('all_data-api_2026-09-01_2026-09-03.zip');
  const entries = unzipSync(bytes);
  expect(JSON.parse(Buffer.from(entries['index.html']!).toString())).toEqual({ namespaces: ['_', 'acme'] });
  const leaf = 'namespaces/acme/pulls/exports/years/2026/weeks/36/raw';
  expect(JSON.parse(Buffer.from(entries[leaf]!).toString())).toEqual({
    data: [{ url: 'files/raw/acme_raw_week_2026-08-31_partial.csv', size: expect.any(Number) as number }],
  });
  await page.evaluate(() => {
    Object.assign(window, {
      showSaveFilePicker: () => Promise.reject(new DOMException('The user aborted a request.', 'AbortError')),
    });
  });
  await button(page, 'Save all as one zip').click();
  await soon(() => page.textContent('main')).toContain('Nothing was saved: no place was chosen.');
}, 60_000);

test('writing stops when it is told to, and leaves nothing', async () => {
  const page = await opened();
  await page.evaluate(() => {
    const seen = { ends: [] as string[], go: () => {} };
    Object.assign(window, {
      seen,
      showSaveFilePicker: () =>
        Promise.resolve({
          createWritable: () =>
            Promise.resolve({
              // A slow disk.
              write: () => new Promise<void>((done) => (seen.go = done)),
              close: () => Promise.resolve(void seen.ends.push('closed')),
              abort: () => Promise.resolve(void seen.ends.push('aborted')),
            }),
        }),
    });
  });
  await button(page, 'Save Data API as files').click();
  await page.getByText(/^Writing all_data-api_/).waitFor();
  await button(page, 'Cancel').click();
  await page.evaluate(() => (window as unknown as { seen: { go(): void } }).seen.go());
  await soon(() => page.textContent('main')).toContain('Stopped. Nothing was saved.');
  expect(await page.evaluate(() => (window as unknown as { seen: { ends: string[] } }).seen.ends)).toEqual([
    'aborted',
  ]);
}, 60_000);

test('axe finds nothing in the panel, wide and light or narrow and dark', async () => {
  // Colours that are still changing have no contrast of their own.
  const page = await opened({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  });
  await button(page, /^Look at September 2026/).click();
  await page.getByRole('table', { name: 'First rows' }).waitFor();
  for (const [width, colorScheme] of [
    [1440, 'light'],
    [360, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  }
}, 60_000);
